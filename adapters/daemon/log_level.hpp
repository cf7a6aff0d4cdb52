// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "adapters/cli/program.hpp"

namespace raccordo {

inline constexpr LogLevel kUsualLogLevel = LogLevel::kInfo;  // of a hub that stays
inline constexpr LogLevel kUsualLogLevelOnce = LogLevel::kWarning;

// What the command line says, else the configuration, else what is usual.
[[nodiscard]] inline LogLevel log_level_of(std::optional<LogLevel> asked, const Configuration& configuration,
                                           LogLevel usual) {
  return asked.value_or(configuration.hub.log.level.value_or(usual));
}

}  // namespace raccordo
