// SPDX-License-Identifier: EUPL-1.2
// Opens a plugin's library and finds its description. Runs the library's constructors: in a worker, or in
// process.
#pragma once

#include <string>

#include "core/ports/plugin_runner.hpp"
#include "raccordo/abi.h"

namespace raccordo {

struct PluginLibrary {
  PluginDescription description;
  const raccordo_plugin* plugin = nullptr;  // static in the library, which is never unloaded
};

// Opened with all symbols resolved at once. Never closed again: unloading a C++ library is not reliable.
// Errors: as check_plugin_file and read_description, and kInvalid with the loader's words. [any]
[[nodiscard]] Result<PluginLibrary> open_plugin(const std::string& path);

}  // namespace raccordo
