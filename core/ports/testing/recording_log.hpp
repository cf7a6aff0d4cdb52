// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "core/ports/log.hpp"

namespace raccordo::testing {

// Keeps what was written, so that a test asserts it word for word.
class RecordingLog final : public Log {
 public:
  struct Line {
    LogLevel level = LogLevel::kInfo;
    std::string connector;
    std::string record;
    std::string event;
    std::string message;
  };

  void write(LogLevel level, const LogSubject& subject, std::string_view message) override {
    const std::scoped_lock lock(mutex_);
    lines_.push_back({level, std::string(subject.connector), std::string(subject.record),
                      std::string(subject.event), std::string(message)});
  }

  [[nodiscard]] std::vector<Line> lines() const {
    const std::scoped_lock lock(mutex_);
    return lines_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Line> lines_;
};

}  // namespace raccordo::testing
