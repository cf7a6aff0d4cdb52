// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/cases/rules.hpp"

namespace raccordo::cases {

std::string_view name_of(Party party) {
  switch (party) {
    case Party::kCustomer:
      return "customer";
    case Party::kProvider:
      return "provider";
    case Party::kPayer:
      return "payer";
    case Party::kHub:
      return "hub";
  }
  return {};
}

std::optional<Party> party_of(std::string_view name) {
  for (const auto party : kParties)
    if (name_of(party) == name) return party;
  return std::nullopt;
}

Label label_of(Party party) {
  switch (party) {
    case Party::kCustomer:
      return {"chi ha chiesto", "whoever asked"};
    case Party::kProvider:
      return {"chi eroga", "the provider"};
    case Party::kPayer:
      return {"chi paga", "the payer"};
    case Party::kHub:
      return {"l'hub", "the hub"};
  }
  return {};
}

Text words_of(Parties parties) {
  Text out;
  for (const auto party : kParties) {
    if (!parties.has(party)) continue;
    const auto label = label_of(party);
    if (!out.empty()) out.it += " o ", out.en += " or ";
    out.it += label.it;
    out.en += label.en;
  }
  return out;
}

}  // namespace raccordo::cases
