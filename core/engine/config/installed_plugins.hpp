// SPDX-License-Identifier: EUPL-1.2
// The plugins that are there, by name.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ports/environment.hpp"
#include "core/ports/plugin_runner.hpp"

namespace raccordo {

struct RefusedPlugin {
  std::string path;
  Error error;
};

struct InstalledPlugins {
  std::vector<PluginDescription> plugins;  // sorted by name; of two with one name the one met first
  std::vector<RefusedPlugin> refused;      // libraries that are no usable plugin, and why

  [[nodiscard]] const PluginDescription* find(std::string_view name) const;
  // The library that would be this plugin by its file's name, or nullptr.
  [[nodiscard]] const RefusedPlugin* find_refused(std::string_view name) const;
  // Why there is no such plugin: refused, or the nearest name. Errors: kInvalid.
  [[nodiscard]] Error missing(std::string_view name) const;
};

// Describes every library (*.so) in the folders, which are looked at in their order. A folder that is not
// there holds none: so everywhere below. [any]
[[nodiscard]] InstalledPlugins look_for_plugins(std::span<const std::string> folders, PluginHost& host,
                                                const Environment& environment);

// Describes the libraries that could be the plugins of these names, for one that hangs costs its deadline:
// those called so (NAME.so, libNAME.so), then those whose file's name holds the name. Only where a name is
// found in neither, and no file called so was refused, all the others too, until each name is found. [any]
[[nodiscard]] InstalledPlugins find_plugins(std::span<const std::string> names,
                                            std::span<const std::string> folders, PluginHost& host,
                                            const Environment& environment);

}  // namespace raccordo
