// SPDX-License-Identifier: Apache-2.0
// What something costs, for which unit, and who pays how much of it.
#pragma once

#include "raccordo/model/entity.hpp"

namespace raccordo {

struct Price {
  std::int64_t cents = 0;  // euro cents where the currency is EUR: the currency's smallest unit
  std::string currency = "EUR";
  std::optional<std::string> unit;  // hour, access, day, ...: without it nobody knows what the price is for

  static constexpr auto describe() {
    using P = Price;
    return part("price", {"Prezzo", "Price"}, field("cents", &P::cents, "Centesimi", "Cents").at_least(0),
                field("currency", &P::currency, "Valuta", "Currency").as(FieldType::kCurrency),
                field("unit", &P::unit, "Unità", "Unit").code_of("price_unit").advised());
  }
};

// `cents` of the price for one unit, or `percent` of the price, hundredths at most: one of the two.
struct SplitShare {
  std::optional<std::int64_t> cents;
  std::string party;
  std::optional<double> percent;

  static constexpr auto describe() {
    using S = SplitShare;
    return part("split_share", {"Quota del prezzo", "Share of a price"},
                field("cents", &S::cents, "Centesimi", "Cents").at_least(0),
                field("party", &S::party, "A carico di", "Paid by").code_of("split_party"),
                field("percent", &S::percent, "Per cento del prezzo", "Percent of the price")
                    .at_least(0)
                    .at_most(100))
        .rule({"", "", {}, {"cents", "percent"}});
  }
};

}  // namespace raccordo
