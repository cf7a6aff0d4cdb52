// SPDX-License-Identifier: EUPL-1.2
// States an entity of a kind that it never declared, for a record that says so.
#include "zoo.hpp"

namespace {
raccordo_verdict handle(void*, const raccordo_input* input) {
  const auto json = zoo::content(input);
  if (!zoo::is_bad(input)) return zoo::publish(input);
  zoo::host->publish(zoo::host->self, zoo::text("spaceship"), {json.data(), json.size()});
  return RACCORDO_DONE;
}
}  // namespace

ZOO_PLUGIN("undeclared_kind", handle)
