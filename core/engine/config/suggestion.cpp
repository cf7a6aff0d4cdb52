// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/config/suggestion.hpp"

#include <string>

namespace raccordo {

Text suggestion(std::string_view word, std::span<const std::string_view> candidates) {
  constexpr std::size_t kMostListed = 40;
  if (const auto best = nearest(word, candidates); !best.empty())
    return say("forse {}?", "did you mean {}?", best);
  if (candidates.empty() || candidates.size() > kMostListed) return {};
  std::string names;
  for (const auto candidate : candidates) names += (names.empty() ? "" : ", ") + std::string(candidate);
  return say("si conoscono: {}", "known: {}", names);
}

}  // namespace raccordo
