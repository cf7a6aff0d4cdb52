// SPDX-License-Identifier: EUPL-1.2
// "Did you mean": the known name that a person most likely meant.
#pragma once

#include <span>
#include <string_view>

#include "raccordo/model/text.hpp"

namespace raccordo {

// Letters to insert, remove, change or swap with their neighbour to make one word of the other. Words longer
// than 64 bytes are compared by their first 64.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

// The candidate at the least distance, the first of equals; empty when none is near (more than a third of the
// letters would change).
[[nodiscard]] std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

// "did you mean X?", else "known: A, B, C", else nothing.
[[nodiscard]] Text suggestion(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace raccordo
