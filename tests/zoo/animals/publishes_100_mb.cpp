// SPDX-License-Identifier: EUPL-1.2
// States an entity of a hundred million bytes, for a record that says so.
#include "zoo.hpp"

namespace {
raccordo_verdict handle(void*, const raccordo_input* input) {
  if (!zoo::is_bad(input)) return zoo::publish(input);
  std::string json = R"({"id":"bad","name":")";
  json.resize(100'000'000, 'x');
  zoo::host->publish(zoo::host->self, zoo::text("service"), {json.data(), json.size()});
  return RACCORDO_DONE;
}
}  // namespace

ZOO_PLUGIN("publishes_100_mb", handle)
