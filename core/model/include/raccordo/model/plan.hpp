// SPDX-License-Identifier: Apache-2.0
// A company-welfare plan: for whom, for what, until when.
#pragma once

#include "raccordo/model/qualification.hpp"

namespace raccordo {

struct Plan {
  std::optional<std::string> audience;
  std::optional<std::string> employer;
  std::optional<std::string> employer_source_id;  // set by the hub
  std::string id;
  std::vector<std::string> letters;
  std::string name;
  std::vector<std::string> relations;  // that a beneficiary may have to the worker; only `self` when missing
  std::optional<RequiredQualification> required_qualification;
  std::optional<std::string> source_id;  // set by the hub
  std::optional<std::string> valid_from;
  std::optional<std::string> valid_to;

  static constexpr auto describe() {
    using P = Plan;
    return entity(
        "plan", "accreditations", {"Piano di welfare aziendale", "Company-welfare plan"},
        field("audience", &P::audience, "Destinatari", "Audience"),
        field("employer", &P::employer, "Datore di lavoro", "Employer").refers_to("organization"),
        field("employer_source_id", &P::employer_source_id, "Datore di lavoro, come lo chiama la fonte",
              "Employer, as its source calls it")
            .source_id_of("employer"),
        field("id", &P::id, "Identificativo", "Identifier").as(FieldType::kId),
        field("letters", &P::letters, "Lettere del TUIR", "TUIR letters").code_of("tuir_letter"),
        field("name", &P::name, "Nome", "Name"),
        field("relations", &P::relations, "Beneficiari ammessi", "Beneficiaries that it covers")
            .code_of("relation"),
        field("required_qualification", &P::required_qualification, "Qualificazione richiesta agli enti",
              "Qualification asked of providers"),
        field("source_id", &P::source_id, "Identificativo presso la fonte", "Identifier at its source")
            .as(FieldType::kSourceId),
        field("valid_from", &P::valid_from, "Valido dal", "Valid from").as(FieldType::kDate),
        field("valid_to", &P::valid_to, "Valido fino al", "Valid to").as(FieldType::kDate));
  }
};

}  // namespace raccordo
