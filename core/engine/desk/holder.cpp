// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/holder.hpp"

#include "raccordo/model/italian_identifiers.hpp"

namespace raccordo::cases {

std::optional<std::string> holder_of(const Seals& seals, const nlohmann::json& people) {
  for (const char* role : {"payer", "applicant", "beneficiary"}) {
    const auto person = people.find(role);
    if (person == people.end() || !person->is_object() || !person->contains("fiscal_code")) continue;
    return seals.pseudonym("fiscal_code", normal_fiscal_code((*person)["fiscal_code"].get<std::string>()));
  }
  return std::nullopt;
}

Error no_keys() {
  return error(ErrorCode::kDenied,
               say("questo hub non ha chiavi per sigillare i dati delle persone: people.keys",
                   "this hub has no keys to seal what is said about people: people.keys"));
}

}  // namespace raccordo::cases
