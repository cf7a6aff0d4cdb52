// SPDX-License-Identifier: EUPL-1.2
// A plugin's options as a person wrote them, checked against the plugin's own declaration and brought into
// the form that the contract gives them: durations in milliseconds, sizes in bytes, files read, secrets
// found.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/engine/config/configuration.hpp"
#include "core/ports/environment.hpp"
#include "core/ports/plugin_runner.hpp"

namespace raccordo {

struct CheckedOptions {
  std::vector<std::pair<std::string, std::string>> values;
  ConfigurationFindings findings;
  bool complete = true;  // without findings, here and where they were read: a plugin can be started with them
};

inline constexpr std::size_t kMaxOptionFileBytes = 16u << 20;

// Bounds of durations are milliseconds, of sizes bytes, as in the contract. Options with a default are always
// there.
[[nodiscard]] CheckedOptions check_options(const PluginDescription& plugin,
                                           const ConnectorConfiguration& connector,
                                           const SecretsConfiguration& secrets,
                                           const Environment& environment);

// One written value in the form of the contract, without files and secrets. Errors: kInvalid.
[[nodiscard]] Result<std::string> option_value(const PluginOption& option, const std::string& written);

// "duration", "durata": for people.
[[nodiscard]] Label label_of(OptionType type);

}  // namespace raccordo
