// SPDX-License-Identifier: EUPL-1.2
// How commands say what went wrong, and small things that several of them share.
#pragma once

#include <string>
#include <string_view>

#include "adapters/cli/program.hpp"

namespace raccordo {

// One line on standard error: "raccordo: message: hint".
void report(const Error& error, Terminal& terminal);

// "2026-03-01 08:15:30Z", of milliseconds since the epoch.
[[nodiscard]] std::string print_time(std::int64_t milliseconds);

// The findings on standard error, a line each, and the error that sums them up. There is at least one.
[[nodiscard]] Error refuse(const ConfigurationFindings& findings, Terminal& terminal);

// The hub that a configuration means. Errors: what is wrong with the configuration; what the hub says.
[[nodiscard]] Result<std::unique_ptr<Operations>> open_hub(const ProgramParts& program,
                                                           const std::string& path, Terminal& terminal);

}  // namespace raccordo
