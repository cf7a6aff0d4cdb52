// SPDX-License-Identifier: Apache-2.0
// "Did you mean": the known name that differs least from one that is not known.
#pragma once

#include <cstddef>
#include <string_view>

namespace raccordo {

// How many letters must be put in, taken out, changed or swapped with their neighbour. Long names are cut at
// 64 bytes.
[[nodiscard]] std::size_t distance(std::string_view a, std::string_view b);

// The nearest of `known` (any range of things that become a std::string_view through `name_of`), or an empty
// view when none is near: at most a third of the letters may differ.
template <typename Known, typename NameOf>
[[nodiscard]] std::string_view nearest(std::string_view name, const Known& known, NameOf name_of) {
  std::string_view best;
  std::size_t least = name.size() / 3 + 2;
  for (const auto& candidate : known) {
    const std::string_view text = name_of(candidate);
    if (const auto d = distance(name, text); d < least && d < text.size()) best = text, least = d;
  }
  return best;
}

template <typename Known>
[[nodiscard]] std::string_view nearest(std::string_view name, const Known& known) {
  return nearest(name, known, [](const auto& text) { return std::string_view(text); });
}

}  // namespace raccordo
