// SPDX-License-Identifier: EUPL-1.2
#include "adapters/plugin_worker/log_lines.hpp"

#include "adapters/plugin_worker/readable.hpp"
#include "raccordo/abi.h"

namespace raccordo {
namespace {

LogLevel level_of(std::uint32_t level) {
  switch (level) {
    case RACCORDO_LOG_DEBUG:
      return LogLevel::kDebug;
    case RACCORDO_LOG_INFO:
      return LogLevel::kInfo;
    case RACCORDO_LOG_WARNING:
      return LogLevel::kWarning;
    default:
      return LogLevel::kError;
  }
}

}  // namespace

void log_plugin_line(Log& log, std::string_view connector, std::uint32_t level, std::string_view text) {
  log.write(level_of(level), {.connector = connector}, readable(text));
}

}  // namespace raccordo
