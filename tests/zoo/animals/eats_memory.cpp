// SPDX-License-Identifier: EUPL-1.2
// Takes memory without end, for a record that says so; forgets a megabyte at each that says "leak".
#include <vector>

#include "zoo.hpp"

namespace {

std::vector<std::vector<char>>& taken() {
  static std::vector<std::vector<char>> all;
  return all;
}

raccordo_verdict handle(void*, const raccordo_input* input) {
  const auto content = zoo::content(input);
  while (content.find("bad") != std::string_view::npos) taken().emplace_back(1u << 20, 'x');
  if (content.find("leak") != std::string_view::npos) taken().emplace_back(1u << 20, 'x');
  return zoo::publish(input);
}
}  // namespace

ZOO_PLUGIN("eats_memory", handle)
