// SPDX-License-Identifier: EUPL-1.2
// Lets an exception out of `handle` for a record that says so.
#include <stdexcept>

#include "zoo.hpp"

namespace {
raccordo_verdict handle(void*, const raccordo_input* input) {
  zoo::publish(input);
  if (zoo::content(input).find("bad") != std::string_view::npos)
    throw std::runtime_error("this record is bad");
  return RACCORDO_DONE;
}
}  // namespace

ZOO_PLUGIN("throws_in_handle", handle)
