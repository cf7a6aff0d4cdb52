// SPDX-License-Identifier: EUPL-1.2
// What to say to a person who wrote a name that is not known.
#pragma once

#include <span>
#include <string_view>

#include "raccordo/model/nearest.hpp"
#include "raccordo/model/text.hpp"

namespace raccordo {

// "did you mean X?" when one is near, else "known: A, B, C" when they are not too many, else nothing.
[[nodiscard]] Text suggestion(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace raccordo
