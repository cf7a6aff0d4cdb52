// SPDX-License-Identifier: EUPL-1.2
// What a plugin asks to be logged about an input that it was handed.
#pragma once

#include <span>

#include "core/ports/log.hpp"
#include "core/ports/plugin_runner.hpp"

namespace raccordo {

// True when there is something to tell, so that the place of its subject is worth writing down.
[[nodiscard]] bool has_words(std::span<const Effect> effects);

// A plugin's debug lines may hold a record's content: the log drops them above debug.
void log_words(std::span<const Effect> effects, const LogSubject& subject, Log& log);

}  // namespace raccordo
