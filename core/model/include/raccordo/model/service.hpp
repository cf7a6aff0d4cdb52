// SPDX-License-Identifier: Apache-2.0
// What is offered, where and for whom. Aligned with Open Referral HSDS 3.0 `service`.
#pragma once

#include "raccordo/model/cost_option.hpp"
#include "raccordo/model/funding.hpp"
#include "raccordo/model/program.hpp"
#include "raccordo/model/recorded_change.hpp"
#include "raccordo/model/required_document.hpp"
#include "raccordo/model/service_area.hpp"
#include "raccordo/model/service_location.hpp"

namespace raccordo {

struct Service {
  std::string id;
  std::string name;
  std::optional<std::string> accreditations;
  std::optional<Address> address;
  std::optional<std::string> alert;
  std::optional<std::string> alternate_name;
  std::optional<std::string> application_process;
  std::optional<std::string> assured_date;
  std::optional<std::string> assurer_email;
  std::vector<Attribute> attributes;
  std::vector<Contact> contacts;
  std::vector<CostOption> cost_options;
  std::optional<std::string> description;
  std::optional<std::string> eligibility_description;
  std::optional<std::string> email;
  std::optional<std::string> fees;
  std::optional<std::string> fees_description;
  std::vector<Funding> funding;
  std::optional<std::string> interpretation_services;
  std::vector<SpokenLanguage> languages;
  std::optional<std::string> last_modified;
  std::optional<std::string> licenses;
  std::vector<ServiceLocation> locations;
  std::optional<double> maximum_age;
  std::vector<RecordedChange> metadata;
  std::optional<double> minimum_age;
  std::vector<std::string> need_areas;
  std::vector<std::string> operator_kinds;
  std::optional<std::string> organization;
  std::optional<std::string> organization_source_id;  // set by the hub
  std::optional<std::string> phone;
  std::vector<Phone> phones;
  std::optional<Program> program;
  std::optional<std::string> program_id;
  std::vector<RequiredDocument> required_documents;
  std::vector<Schedule> schedules;
  std::vector<ServiceArea> service_areas;
  std::optional<std::string> source_id;  // set by the hub
  std::optional<std::string> status;
  std::optional<std::string> unit_type;
  std::optional<std::string> wait_time;
  std::optional<std::string> website;

  static constexpr auto describe() {
    using T = Service;
    return entity(
        "service", "services", {"Servizio", "Service"},
        field("accreditations", &T::accreditations, "Accreditamenti", "Accreditations"),
        field("address", &T::address, "Indirizzo", "Address"), field("alert", &T::alert, "Avviso", "Alert"),
        field("alternate_name", &T::alternate_name, "Altro nome", "Alternate name"),
        field("application_process", &T::application_process, "Come si chiede", "How to apply")
            .at_most_bytes(65'536),
        field("assured_date", &T::assured_date, "Verificato il", "Assured on").as(FieldType::kDate),
        field("assurer_email", &T::assurer_email, "Posta elettronica di chi ha verificato",
              "E-mail of the assurer")
            .as(FieldType::kEmail),
        field("attributes", &T::attributes, "Attributi", "Attributes"),
        field("contacts", &T::contacts, "Contatti", "Contacts"),
        field("cost_options", &T::cost_options, "Opzioni di costo", "Cost options"),
        field("description", &T::description, "Descrizione", "Description").at_most_bytes(65'536),
        field("eligibility_description", &T::eligibility_description, "Chi vi ha diritto", "Who is eligible")
            .at_most_bytes(65'536),
        field("email", &T::email, "Posta elettronica", "E-mail").as(FieldType::kEmail),
        field("fees", &T::fees, "Costi", "Fees"),
        field("fees_description", &T::fees_description, "Descrizione dei costi", "Description of the fees")
            .at_most_bytes(65'536),
        field("funding", &T::funding, "Finanziamenti", "Funding"),
        field("id", &T::id, "Identificativo", "Identifier").as(FieldType::kId),
        field("interpretation_services", &T::interpretation_services, "Interpretariato",
              "Interpretation services"),
        field("languages", &T::languages, "Lingue", "Languages"),
        field("last_modified", &T::last_modified, "Modificato alla fonte il", "Modified at its source")
            .as(FieldType::kDateTime),
        field("licenses", &T::licenses, "Autorizzazioni", "Licences"),
        field("locations", &T::locations, "Luoghi del servizio", "Locations of the service"),
        field("maximum_age", &T::maximum_age, "Età massima", "Maximum age").at_least(0).at_most(150),
        field("metadata", &T::metadata, "Modifiche registrate", "Recorded changes"),
        field("minimum_age", &T::minimum_age, "Età minima", "Minimum age").at_least(0).at_most(150),
        field("name", &T::name, "Nome", "Name"),
        field("need_areas", &T::need_areas, "Aree di bisogno", "Need areas").code_of("need_area"),
        field("operator_kinds", &T::operator_kinds, "Figure professionali", "Kinds of operators")
            .code_of("operator_kind"),
        field("organization", &T::organization, "Ente erogatore", "Provider").refers_to("organization"),
        field("organization_source_id", &T::organization_source_id, "Ente erogatore, come lo chiama la fonte",
              "Provider, as its source calls it")
            .source_id_of("organization"),
        field("phone", &T::phone, "Telefono", "Telephone"),
        field("phones", &T::phones, "Telefoni", "Telephones"),
        field("program", &T::program, "Programma", "Program"),
        field("program_id", &T::program_id, "Identificativo del programma", "Identifier of the program"),
        field("required_documents", &T::required_documents, "Documenti richiesti", "Required documents"),
        field("schedules", &T::schedules, "Orari", "Schedules"),
        field("service_areas", &T::service_areas, "Territori serviti", "Service areas"),
        field("source_id", &T::source_id, "Identificativo presso la fonte", "Identifier at its source")
            .as(FieldType::kSourceId),
        field("status", &T::status, "Stato", "Status").code_of("service_status"),
        field("unit_type", &T::unit_type, "Tipo di unità", "Type of unit").code_of("unit_type"),
        field("wait_time", &T::wait_time, "Tempo di attesa", "Waiting time"),
        field("website", &T::website, "Sito web", "Web site").as(FieldType::kUrl));
  }
};

}  // namespace raccordo
