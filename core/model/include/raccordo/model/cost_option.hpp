// SPDX-License-Identifier: Apache-2.0
// A price as a source words it (HSDS 3.0 `cost_option`); what one can be booked at is an Offer.
#pragma once

#include "raccordo/model/attribute.hpp"

namespace raccordo {

struct CostOption {
  std::optional<double> amount;
  std::optional<std::string> amount_description;
  std::vector<Attribute> attributes;
  std::optional<std::string> currency;
  std::optional<std::string> id;
  std::optional<std::string> option;
  std::optional<std::string> valid_from;
  std::optional<std::string> valid_to;

  static constexpr auto describe() {
    using T = CostOption;
    return part("cost_option", {"Opzione di costo", "Cost option"},
                field("amount", &T::amount, "Importo", "Amount"),
                field("amount_description", &T::amount_description, "Che cosa comprende", "What it is for"),
                field("attributes", &T::attributes, "Attributi", "Attributes"),
                field("currency", &T::currency, "Valuta", "Currency").as(FieldType::kCurrency),
                field("id", &T::id, "Identificativo", "Identifier"),
                field("option", &T::option, "Condizioni", "Conditions"),
                field("valid_from", &T::valid_from, "Valida dal", "Valid from").as(FieldType::kDate),
                field("valid_to", &T::valid_to, "Valida fino al", "Valid to").as(FieldType::kDate));
  }
};

}  // namespace raccordo
