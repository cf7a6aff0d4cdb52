// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "core/ports/clock.hpp"

namespace raccordo {

// It is always 2026-11-22T17:00:00Z.
class StandingClock final : public Clock {
 public:
  [[nodiscard]] WallTime now() const override { return WallTime(std::chrono::seconds(1'795'366'800)); }
  [[nodiscard]] Duration monotonic() const override { return {}; }
  bool wait(Duration /*duration*/, const std::stop_token& stop) override { return !stop.stop_requested(); }
};

// A folder of its own for each test, gone with it.
class Scratch {
 public:
  Scratch() {
    std::string name = (std::filesystem::temp_directory_path() / "raccordo-control-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] const Clock& clock() const { return clock_; }

 private:
  std::filesystem::path path_;
  StandingClock clock_;
};

}  // namespace raccordo
