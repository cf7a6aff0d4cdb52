// SPDX-License-Identifier: EUPL-1.2
// Writes into the record that it was lent, for one that says so.
#include "zoo.hpp"

namespace {
raccordo_verdict handle(void*, const raccordo_input* input) {
  const auto borrowed = zoo::content(input);
  if (zoo::is_bad(input)) std::memset(const_cast<char*>(borrowed.data()), 'x', borrowed.size());
  return zoo::publish(input);
}
}  // namespace

ZOO_PLUGIN("changes_borrowed", handle)
