// SPDX-License-Identifier: EUPL-1.2
// A line of a plugin in the hub's log, under its connector's name.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/ports/log.hpp"

namespace raccordo {

// `level` is a raccordo_log_level; the text is made readable first.
void log_plugin_line(Log& log, std::string_view connector, std::uint32_t level, std::string_view text);

}  // namespace raccordo
