// SPDX-License-Identifier: Apache-2.0
// That a provider meets a scheme (UNI/PdR 58:2019 and the like), and what shows it. It holds only while every
// required group of requirements does.
#pragma once

#include "raccordo/model/covered_service.hpp"
#include "raccordo/model/entity.hpp"

namespace raccordo {

// What an offer or a plan asks of a provider.
struct RequiredQualification {
  std::vector<std::string> areas;  // any when missing
  std::string scheme;

  static constexpr auto describe() {
    using R = RequiredQualification;
    return part("required_qualification", {"Qualificazione richiesta", "Required qualification"},
                field("areas", &R::areas, "Aree", "Areas").code_of("qualification_area"),
                field("scheme", &R::scheme, "Schema", "Scheme").code_of("qualification_scheme"));
  }
};

struct Evidence {
  std::optional<std::string> checked_by;
  std::optional<std::string> document;
  std::string outcome;
  std::string requirement_group;
  std::optional<std::string> valid_to;

  static constexpr auto describe() {
    using E = Evidence;
    return part(
        "evidence", {"Evidenza", "Evidence"},
        field("checked_by", &E::checked_by, "Verificata da", "Checked by"),
        field("document", &E::document, "Documento", "Document"),
        field("outcome", &E::outcome, "Esito", "Outcome").code_of("evidence_outcome"),
        field("requirement_group", &E::requirement_group, "Gruppo di requisiti", "Group of requirements")
            .code_of("requirement_group"),
        field("valid_to", &E::valid_to, "Valida fino al", "Valid to").as(FieldType::kDate));
  }
};

struct Qualification {
  std::optional<std::string> area;
  std::optional<std::string> assessed_by;
  std::vector<Evidence> evidences;
  std::string id;
  std::optional<std::string> kind;
  std::string provider;
  std::optional<std::string> provider_source_id;  // set by the hub
  std::string scheme;
  std::vector<CoveredService> services;  // all of the provider when missing
  std::optional<std::string> source_id;  // set by the hub
  std::optional<std::string> valid_from;
  std::optional<std::string> valid_to;

  static constexpr auto describe() {
    using Q = Qualification;
    return entity(
        "qualification", "accreditations", {"Qualificazione", "Qualification"},
        field("area", &Q::area, "Area", "Area").code_of("qualification_area"),
        field("assessed_by", &Q::assessed_by, "Valutata da", "Assessed by"),
        field("evidences", &Q::evidences, "Evidenze", "Evidences"),
        field("id", &Q::id, "Identificativo", "Identifier").as(FieldType::kId),
        field("kind", &Q::kind, "Tipo di valutazione", "Kind of assessment").code_of("qualification_kind"),
        field("provider", &Q::provider, "Ente erogatore", "Provider").refers_to("organization"),
        field("provider_source_id", &Q::provider_source_id, "Ente erogatore, come lo chiama la fonte",
              "Provider, as its source calls it")
            .source_id_of("provider"),
        field("scheme", &Q::scheme, "Schema", "Scheme").code_of("qualification_scheme"),
        field("services", &Q::services, "Servizi", "Services"),
        field("source_id", &Q::source_id, "Identificativo presso la fonte", "Identifier at its source")
            .as(FieldType::kSourceId),
        field("valid_from", &Q::valid_from, "Valida dal", "Valid from").as(FieldType::kDate),
        field("valid_to", &Q::valid_to, "Valida fino al", "Valid to").as(FieldType::kDate));
  }
};

}  // namespace raccordo
