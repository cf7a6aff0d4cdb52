// SPDX-License-Identifier: EUPL-1.2
#include "adapters/plugin_worker/output_lines.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include <fmt/format.h>

#include "adapters/plugin_worker/log_lines.hpp"
#include "raccordo/abi.h"

namespace raccordo {

bool OutputLines::read_from(int fd) {
  char bytes[64u << 10];
  const auto got = ::read(fd, bytes, sizeof bytes);
  if (got > 0) take({bytes, static_cast<std::size_t>(got)});
  return got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
}

void OutputLines::take(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto end = bytes.find('\n');
    const auto part = bytes.substr(0, end);
    line_.append(part.substr(0, kMaxLine - std::min(line_.size(), kMaxLine)));
    if (end == std::string_view::npos) return;
    line();
    bytes.remove_prefix(end + 1);
  }
}

void OutputLines::line() {
  if (const auto now = clock_.monotonic(); now - second_ >= std::chrono::seconds(1)) {
    report_dropped();
    second_ = now;
    lines_ = 0;
  }
  if (lines_++ < kMaxLines)
    log_plugin_line(log_, connector_, RACCORDO_LOG_INFO, line_);
  else
    ++dropped_;
  line_.clear();
}

void OutputLines::report_dropped() {
  if (dropped_ == 0) return;
  log_.write(LogLevel::kWarning, {.connector = connector_},
             say("il plugin scrive troppo: {} righe tralasciate",
                 "the plugin prints too much: {} lines left out", dropped_)
                 .in(language_));
  dropped_ = 0;
}

void OutputLines::finish() {
  if (!line_.empty()) line();
  report_dropped();
}

}  // namespace raccordo
