// SPDX-License-Identifier: EUPL-1.2
// Why the system refused something, in both languages.
#pragma once

#include "raccordo/model/text.hpp"

namespace raccordo {

// The meaning of an errno: "permesso negato", "Permission denied". Those that hardly occur are in the
// system's own words in both. [any]
[[nodiscard]] Text system_words(int number);

}  // namespace raccordo
