// SPDX-License-Identifier: Apache-2.0
// A count and what is counted, in both languages: "1 finding", "2 findings".
#pragma once

#include "raccordo/model/text.hpp"

namespace raccordo {

template <typename Count>
[[nodiscard]] Text counted(Count count, Label one, Label several) {
  const auto& word = count == 1 ? one : several;
  return {fmt::format("{} {}", count, word.it), fmt::format("{} {}", count, word.en)};
}

}  // namespace raccordo
