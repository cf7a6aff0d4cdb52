// SPDX-License-Identifier: EUPL-1.2
// What a plugin declares, in words: for `raccordo plugins` and for the reference.
#pragma once

#include <string>
#include <vector>

#include "core/ports/plugin_runner.hpp"

namespace raccordo {

[[nodiscard]] std::string joined(const std::vector<std::string>& names);

// "record", "event": the words of --json.
[[nodiscard]] std::vector<const char*> input_names_of(const PluginDescription& plugin);
// "records, events"
[[nodiscard]] std::string inputs_of(const PluginDescription& plugin, Language language);
// "CSV". What a plugin with options asks for when it starts is not known before.
[[nodiscard]] std::string format_of(const PluginDescription& plugin, Language language);

// "a duration, from 1s, up to 10m", "low, high"
[[nodiscard]] std::string shape_of(const PluginOption& option, Language language);
// "2s", "(required)"
[[nodiscard]] std::string default_of(const PluginOption& option, Language language);

}  // namespace raccordo
