// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/ports/clock.hpp"
#include "raccordo/model/text.hpp"

namespace raccordo {

// How far long work has come.
struct Progress {
  std::uint64_t records = 0;
  std::uint64_t bytes = 0;                   // read of what there is
  std::optional<std::uint64_t> bytes_total;  // none: not known
};

// A line that is written over: "12.345 record, 8.230/s, 37 %, mancano 12 s". One owner. [control]
class ProgressLine {
 public:
  using Output = std::function<void(std::string_view)>;

  // `clock` stays longer. Lines are cut to `width` columns.
  ProgressLine(const Clock& clock, Language language, std::size_t width, Output output);

  // On the terminal behind `file` (borrowed); null when that is none.
  [[nodiscard]] static std::unique_ptr<ProgressLine> on_terminal(std::FILE* file, const Clock& clock,
                                                                 Language language);

  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  // Wipes the line.
  ~ProgressLine();

  // Writes the line, at most five times a second: to be called as often as one likes.
  void show(const Progress& progress);
  // Wipes the line, for other output; the next `show` brings it back.
  void wipe();

 private:
  [[nodiscard]] std::string line(const Progress& progress, Duration now);
  void measure(const Progress& progress, Duration now);

  const Clock& clock_;
  Language language_;
  std::size_t width_;
  Output output_;
  std::optional<Duration> begun_;
  Duration shown_at_{};
  bool shown_ = false;
  Progress first_;              // where the work stood at the first call
  std::uint64_t measured_ = 0;  // records at the last measurement
  Duration measured_at_{};
  double rate_ = 0;  // records a second, of late
};

}  // namespace raccordo
