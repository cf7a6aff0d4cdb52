// SPDX-License-Identifier: Apache-2.0
// Who offers, funds or governs services: a provider, a municipality, a social district, a mutual, an
// employer. Aligned with HSDS 3.0 `organization`.
#pragma once

#include "raccordo/model/funding.hpp"
#include "raccordo/model/location.hpp"
#include "raccordo/model/program.hpp"
#include "raccordo/model/recorded_change.hpp"
#include "raccordo/model/register_entry.hpp"

namespace raccordo {

struct Organization {
  std::string id;
  std::string name;
  std::optional<std::string> alternate_name;
  std::vector<Attribute> attributes;
  std::vector<Contact> contacts;
  std::optional<std::string> description;
  std::optional<std::string> email;
  std::optional<std::string> fiscal_code;
  std::vector<Funding> funding;
  std::vector<RegisterEntry> identifiers;
  std::optional<std::string> kind;
  std::optional<std::string> legal_status;
  std::vector<Location> locations;
  std::optional<std::string> logo;
  std::vector<RecordedChange> metadata;
  std::optional<std::string> parent;
  std::optional<std::string> parent_source_id;  // set by the hub
  std::optional<std::string> phone;
  std::vector<Phone> phones;
  std::vector<Program> programs;
  std::optional<std::string> source_id;  // set by the hub
  std::optional<std::string> tax_id;
  std::optional<std::string> tax_status;
  std::optional<std::string> uri;
  std::optional<std::string> vat_number;
  std::optional<std::string> website;
  std::optional<std::int64_t> year_incorporated;

  static constexpr auto describe() {
    using T = Organization;
    return entity(
        "organization", "organizations", {"Organizzazione", "Organization"},
        field("alternate_name", &T::alternate_name, "Altro nome", "Alternate name"),
        field("attributes", &T::attributes, "Attributi", "Attributes"),
        field("contacts", &T::contacts, "Contatti", "Contacts"),
        field("description", &T::description, "Descrizione", "Description").at_most_bytes(65'536),
        field("email", &T::email, "Posta elettronica", "E-mail").as(FieldType::kEmail),
        field("fiscal_code", &T::fiscal_code, "Codice fiscale", "Tax code").as(FieldType::kFiscalCode),
        field("funding", &T::funding, "Finanziamenti", "Funding"),
        field("id", &T::id, "Identificativo", "Identifier").as(FieldType::kId),
        field("identifiers", &T::identifiers, "Identificativi nei registri", "Identifiers in registers"),
        field("kind", &T::kind, "Tipo", "Kind").code_of("organization_kind"),
        field("legal_status", &T::legal_status, "Forma giuridica", "Legal status"),
        field("locations", &T::locations, "Luoghi", "Locations"),
        field("logo", &T::logo, "Logo", "Logo").as(FieldType::kUrl),
        field("metadata", &T::metadata, "Modifiche registrate", "Recorded changes"),
        field("name", &T::name, "Denominazione", "Name"),
        field("parent", &T::parent, "Organizzazione superiore", "Parent organization")
            .refers_to("organization"),
        field("parent_source_id", &T::parent_source_id, "Organizzazione superiore, come la chiama la fonte",
              "Parent organization, as its source calls it")
            .source_id_of("parent"),
        field("phone", &T::phone, "Telefono", "Telephone"),
        field("phones", &T::phones, "Telefoni", "Telephones"),
        field("programs", &T::programs, "Programmi", "Programs"),
        field("source_id", &T::source_id, "Identificativo presso la fonte", "Identifier at its source")
            .as(FieldType::kSourceId),
        field("tax_id", &T::tax_id, "Identificativo fiscale estero", "Foreign tax identifier"),
        field("tax_status", &T::tax_status, "Regime fiscale", "Tax status"),
        field("uri", &T::uri, "Identificativo in rete", "Identifier on the web").as(FieldType::kUrl),
        field("vat_number", &T::vat_number, "Partita IVA", "VAT number").as(FieldType::kVatNumber),
        field("website", &T::website, "Sito web", "Web site").as(FieldType::kUrl),
        field("year_incorporated", &T::year_incorporated, "Anno di costituzione", "Year of incorporation"));
  }
};

}  // namespace raccordo
