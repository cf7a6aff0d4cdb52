// SPDX-License-Identifier: Apache-2.0
// Whether shares are the whole of a price.
#pragma once

#include <string_view>

namespace raccordo {

// Canonical JSON: a price (`cents`), or empty for none, and a list of shares, each with `cents` or `percent`.
// To the cent; percents are of the price, in hundredths of a percent at most. Without a price only percents
// can add up.
[[nodiscard]] bool shares_add_up(std::string_view price, std::string_view shares);

}  // namespace raccordo
