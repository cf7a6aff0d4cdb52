// SPDX-License-Identifier: EUPL-1.2
// Wants a hundred million bytes remembered, for a record that says so.
#include "zoo.hpp"

namespace {
raccordo_verdict handle(void*, const raccordo_input* input) {
  if (zoo::is_bad(input)) {
    const std::string cursor(100'000'000, 'x');
    zoo::host->save_cursor(zoo::host->self, {cursor.data(), cursor.size()});
  }
  return zoo::publish(input);
}
}  // namespace

ZOO_PLUGIN("cursor_of_100_mb", handle)
