// SPDX-License-Identifier: Apache-2.0
// A sum of money.
#pragma once

#include "raccordo/model/entity.hpp"

namespace raccordo {

struct Amount {
  std::int64_t cents = 0;  // the currency's smallest unit
  std::string currency = "EUR";

  static constexpr auto describe() {
    using A = Amount;
    return part("amount", {"Importo", "Amount"}, field("cents", &A::cents, "Centesimi", "Cents").at_least(0),
                field("currency", &A::currency, "Valuta", "Currency").as(FieldType::kCurrency));
  }
};

}  // namespace raccordo
