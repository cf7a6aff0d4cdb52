// SPDX-License-Identifier: EUPL-1.2
// Uses the bytes of the record before, which it was lent and no longer has.
#include <utility>

#include "zoo.hpp"

namespace {
std::string_view kept;

raccordo_verdict handle(void*, const raccordo_input* input) {
  const auto before = std::exchange(kept, zoo::content(input));
  if (before.empty()) {
    zoo::host->filter(zoo::host->self, zoo::text("nothing kept yet"));
    return RACCORDO_DONE;
  }
  zoo::host->publish(zoo::host->self, zoo::text("service"), {before.data(), before.size()});
  return RACCORDO_DONE;
}
}  // namespace

ZOO_PLUGIN("keeps_borrowed", handle)
