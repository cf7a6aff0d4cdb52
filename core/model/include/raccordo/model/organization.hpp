// SPDX-License-Identifier: Apache-2.0
// Who offers, funds or governs services: a provider, a municipality, a social district, a mutual, an
// employer.
#pragma once

#include "raccordo/model/entity.hpp"

namespace raccordo {

struct Organization {
  std::string id;
  std::string name;
  std::optional<std::string> description;
  std::optional<std::string> email;
  std::optional<std::string> fiscal_code;
  std::optional<std::string> kind;
  std::optional<std::string> phone;
  std::optional<std::string> source_id;  // set by the hub
  std::optional<std::string> vat_number;
  std::optional<std::string> website;

  static constexpr auto describe() {
    using O = Organization;
    return entity(
        "organization", "organizations", {"Organizzazione", "Organization"},
        field("description", &O::description, "Descrizione", "Description"),
        field("email", &O::email, "Posta elettronica", "E-mail").as(FieldType::kEmail),
        field("fiscal_code", &O::fiscal_code, "Codice fiscale", "Tax code").as(FieldType::kFiscalCode),
        field("id", &O::id, "Identificativo", "Identifier").as(FieldType::kId),
        field("kind", &O::kind, "Tipo", "Kind").code_of("organization_kind"),
        field("name", &O::name, "Denominazione", "Name"), field("phone", &O::phone, "Telefono", "Telephone"),
        field("source_id", &O::source_id, "Identificativo presso la fonte", "Identifier at its source")
            .as(FieldType::kSourceId),
        field("vat_number", &O::vat_number, "Partita IVA", "VAT number").as(FieldType::kVatNumber),
        field("website", &O::website, "Sito web", "Web site").as(FieldType::kUrl));
  }
};

}  // namespace raccordo
