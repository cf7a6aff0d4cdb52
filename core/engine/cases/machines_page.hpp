// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

namespace raccordo::cases {

// docs/reference/machines.md: every machine as tables and as a diagram, in both languages.
[[nodiscard]] std::string machines_page();

}  // namespace raccordo::cases
