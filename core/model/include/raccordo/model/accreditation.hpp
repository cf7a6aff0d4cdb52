// SPDX-License-Identifier: Apache-2.0
// Why a provider works for a public body (affidamento): accredited, by tender, in co-design ...
#pragma once

#include "raccordo/model/act.hpp"
#include "raccordo/model/amount.hpp"
#include "raccordo/model/covered_service.hpp"

namespace raccordo {

struct Accreditation {
  std::optional<Act> act;
  std::optional<std::string> body;
  std::optional<std::string> body_source_id;  // set by the hub
  std::optional<Amount> ceiling;
  std::optional<std::string> cig;
  std::string id;
  std::string kind;
  std::string provider;
  std::optional<std::string> provider_source_id;  // set by the hub
  std::vector<CoveredService> services;
  std::optional<std::string> source_id;  // set by the hub
  std::optional<std::string> state;      // granted when missing
  std::vector<std::string> territory;
  std::vector<std::string> unit_types;
  std::optional<std::string> valid_from;
  std::optional<std::string> valid_to;

  static constexpr auto describe() {
    using A = Accreditation;
    return entity(
        "accreditation", "accreditations", {"Affidamento", "Award"}, field("act", &A::act, "Atto", "Act"),
        field("body", &A::body, "Ente che affida", "Body").refers_to("organization"),
        field("body_source_id", &A::body_source_id, "Ente che affida, come lo chiama la fonte",
              "Body, as its source calls it")
            .source_id_of("body"),
        field("ceiling", &A::ceiling, "Importo massimo", "Ceiling"),
        field("cig", &A::cig, "CIG", "CIG (tender code)").at_most_bytes(10),
        field("id", &A::id, "Identificativo", "Identifier").as(FieldType::kId),
        field("kind", &A::kind, "Tipo", "Kind").code_of("award_kind"),
        field("provider", &A::provider, "Ente erogatore", "Provider").refers_to("organization"),
        field("provider_source_id", &A::provider_source_id, "Ente erogatore, come lo chiama la fonte",
              "Provider, as its source calls it")
            .source_id_of("provider"),
        field("services", &A::services, "Servizi", "Services"),
        field("source_id", &A::source_id, "Identificativo presso la fonte", "Identifier at its source")
            .as(FieldType::kSourceId),
        field("state", &A::state, "Stato", "State").code_of("accreditation_state"),
        field("territory", &A::territory, "Comuni", "Municipalities").as(FieldType::kMunicipality),
        field("unit_types", &A::unit_types, "Tipi di unità", "Types of units").code_of("unit_type"),
        field("valid_from", &A::valid_from, "Valido dal", "Valid from").as(FieldType::kDate),
        field("valid_to", &A::valid_to, "Valido fino al", "Valid to").as(FieldType::kDate));
  }
};

}  // namespace raccordo
