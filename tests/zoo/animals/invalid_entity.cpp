// SPDX-License-Identifier: EUPL-1.2
// States a service that lacks everything, and one of a kind that it never declared for a record that says
// "kind".
#include "zoo.hpp"

namespace {
raccordo_verdict handle(void*, const raccordo_input* input) {
  const bool undeclared = zoo::content(input).find("kind") != std::string_view::npos;
  zoo::host->publish(zoo::host->self, zoo::text(undeclared ? "spaceship" : "service"),
                     zoo::text(R"({"nonsense":1})"));
  return RACCORDO_DONE;
}
}  // namespace

ZOO_PLUGIN("invalid_entity", handle)
