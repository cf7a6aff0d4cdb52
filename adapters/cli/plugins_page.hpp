// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <span>

#include "core/engine/config/reference.hpp"
#include "core/ports/plugin_runner.hpp"

namespace raccordo {

// What each plugin reads, says and can be told, in both languages.
[[nodiscard]] ReferencePage plugins_page(std::span<const PluginDescription> plugins);

}  // namespace raccordo
