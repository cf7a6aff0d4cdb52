// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/config/nearest.hpp"

#include <algorithm>
#include <array>

namespace raccordo {
namespace {

constexpr std::size_t kLongest = 64;
constexpr std::size_t kMostListed = 40;

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  a = a.substr(0, kLongest);
  b = b.substr(0, kLongest);
  using Row = std::array<std::size_t, kLongest + 1>;
  Row before_last{}, last{}, row{};
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    before_last = last;
    last = row;
  }
  return last[b.size()];
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
  std::string_view best;
  std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const auto candidate : candidates) {
    const auto distance = edit_distance(word, candidate);
    if (distance < least) best = candidate, least = distance;
  }
  return best;
}

Text suggestion(std::string_view word, std::span<const std::string_view> candidates) {
  if (const auto best = nearest(word, candidates); !best.empty())
    return say("forse {}?", "did you mean {}?", best);
  if (candidates.empty() || candidates.size() > kMostListed) return {};
  std::string names;
  for (const auto candidate : candidates) names += (names.empty() ? "" : ", ") + std::string(candidate);
  return say("si conoscono: {}", "known: {}", names);
}

}  // namespace raccordo
