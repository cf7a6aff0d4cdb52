// SPDX-License-Identifier: EUPL-1.2
// What the log is told of an input in its plugin's words: its log lines, and why it filtered the input.
#pragma once

#include <span>

#include "core/ports/log.hpp"
#include "core/ports/plugin_runner.hpp"
#include "raccordo/model/text.hpp"

namespace raccordo {

// True when there is something to tell, so that the place of its subject is worth writing down.
[[nodiscard]] bool has_words(std::span<const Effect> effects);

// A plugin's debug lines and its reasons to filter may hold a record's content: the log drops them above
// debug.
void log_words(std::span<const Effect> effects, const LogSubject& subject, Language language, Log& log);

}  // namespace raccordo
