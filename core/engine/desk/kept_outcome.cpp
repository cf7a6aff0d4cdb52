// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/kept_outcome.hpp"

#include <nlohmann/json.hpp>

#include "core/ports/sealed.hpp"

namespace raccordo::cases {

std::string kept_outcome(const CaseOutcome& outcome, std::string_view about, const Seals* seals) {
  const auto text = nlohmann::json{{"accepted", outcome.accepted}, {"revision", outcome.revision},
                                   {"code", outcome.code},         {"it", outcome.reason.it},
                                   {"en", outcome.reason.en},      {"legal_now", outcome.legal_now},
                                   {"data", outcome.data}}
                        .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return sealed_text(seals == nullptr ? Sealed{"none", "", text} : seals->seal_bytes(text, about));
}

Result<CaseOutcome> outcome_kept(std::string_view kept, std::string_view about, const Seals* seals) {
  const auto corrupt = [&] {
    return error(ErrorCode::kCorrupt,
                 say("la risposta conservata non è leggibile", "the kept answer cannot be read"));
  };
  const auto sealed = from_sealed_text(kept);
  if (!sealed) return corrupt();
  std::string text = sealed->bytes;
  if (seals != nullptr) {
    RACCORDO_TRY(text, seals->open_bytes(*sealed, about));
  } else if (sealed->alg != "none") {
    return error(ErrorCode::kDenied, say("la risposta conservata è sigillata, e people.keys manca",
                                         "the kept answer is sealed, and people.keys is missing"));
  }
  try {
    const auto json = nlohmann::json::parse(text);
    CaseOutcome outcome;
    outcome.accepted = json.at("accepted");
    outcome.revision = json.at("revision");
    outcome.code = json.at("code");
    outcome.reason = {json.at("it"), json.at("en")};
    outcome.legal_now = json.at("legal_now");
    outcome.data = json.at("data");
    return outcome;
  } catch (const nlohmann::json::exception&) {
    return corrupt();
  }
}

}  // namespace raccordo::cases
