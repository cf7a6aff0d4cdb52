// SPDX-License-Identifier: EUPL-1.2
// Says ten thousand things to the hub's log, for a record that says so.
#include "zoo.hpp"

namespace {
raccordo_verdict handle(void*, const raccordo_input* input) {
  if (zoo::is_bad(input))
    for (int i = 0; i < 10'000; ++i)
      zoo::host->log(zoo::host->self, RACCORDO_LOG_INFO, zoo::text("and another thing"));
  return zoo::publish(input);
}
}  // namespace

ZOO_PLUGIN("floods_log", handle)
