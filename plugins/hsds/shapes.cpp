// SPDX-License-Identifier: EUPL-1.2
#include "plugins/hsds/shapes.hpp"

#include <algorithm>

namespace hsds {
namespace {

using enum Form;

constexpr Member kTaxonomyMembers[] = {
    {"description", "description", kText, nullptr, ""},
    {"id", "id", kId},
    {"name", "name", kText, nullptr, ""},
    {"uri", "uri"},
    {"version", "version"},
};
constexpr Shape kTaxonomy{"taxonomy", kTaxonomyMembers};

constexpr Member kTermMembers[] = {
    {"code", "code"},
    {"description", "description", kText, nullptr, ""},
    {"id", "id", kId},
    {"language", "language"},
    {"name", "name", kText, nullptr, ""},
    {"parent_id", "parent_id"},
    {"taxonomy", "taxonomy"},
    {"taxonomy_detail", "taxonomy_detail", kPart, &kTaxonomy},
    {"taxonomy_id", "taxonomy_id"},
    {"term_uri", "term_uri"},
};
constexpr Shape kTerm{"taxonomy_term", kTermMembers};

constexpr Member kAttributeMembers[] = {
    {"id", "id", kId},
    {"link_entity", "link_entity"},
    {"link_id", "link_id"},
    {"link_type", "link_type"},
    {"taxonomy_term", "taxonomy_term", kPart, &kTerm},
    {"taxonomy_term_id", "taxonomy_term_id"},
    {"value", "value"},
};
constexpr Shape kAttribute{"attribute", kAttributeMembers};

constexpr Member kMetadataMembers[] = {
    {"field_name", "field_name", kText, nullptr, ""},
    {"id", "id", kId},
    {"last_action_date", "last_action_date", kText, nullptr, ""},
    {"last_action_type", "last_action_type", kText, nullptr, ""},
    {"previous_value", "previous_value", kText, nullptr, ""},
    {"replacement_value", "replacement_value", kText, nullptr, ""},
    {"resource_id", "resource_id"},
    {"resource_type", "resource_type"},
    {"updated_by", "updated_by", kText, nullptr, ""},
};
constexpr Shape kMetadata{"metadata", kMetadataMembers};

constexpr Member kLanguageMembers[] = {
    {"code", "code"}, {"id", "id", kId},        {"location_id", {}, kOwner}, {"name", "name"},
    {"note", "note"}, {"phone_id", {}, kOwner}, {"service_id", {}, kOwner},
};
constexpr Shape kLanguage{"language", kLanguageMembers};

constexpr Member kPhoneMembers[] = {
    {"contact_id", {}, kOwner},
    {"description", "description"},
    {"extension", "extension", kInteger},
    {"id", "id", kId},
    {"languages", "languages", kParts, &kLanguage},
    {"location_id", {}, kOwner},
    {"number", "number", kText, nullptr, ""},
    {"organization_id", {}, kOwner},
    {"service_at_location_id", {}, kOwner},
    {"service_id", {}, kOwner},
    {"type", "type"},
};
constexpr Shape kPhone{"phone", kPhoneMembers};

constexpr Member kContactMembers[] = {
    {"attributes", "attributes", kParts, &kAttribute},
    {"department", "department"},
    {"email", "email"},
    {"id", "id", kId},
    {"location_id", {}, kOwner},
    {"name", "name"},
    {"organization_id", {}, kOwner},
    {"phones", "phones", kParts, &kPhone},
    {"service_at_location_id", {}, kOwner},
    {"service_id", {}, kOwner},
    {"title", "title"},
};
constexpr Shape kContact{"contact", kContactMembers};

constexpr Member kAddressMembers[] = {
    {"address_1", "street", kText, nullptr, ""},
    {"address_2", "street_2"},
    {"address_type", "address_type", kText, nullptr, "physical"},
    {"attention", "attention"},
    {"city", "city", kText, nullptr, ""},
    {"country", "country", kUpper, nullptr, "IT"},
    {"id", "id", kId},
    {"location_id", {}, kOwner},
    {"postal_code", "postal_code", kText, nullptr, ""},
    {"region", "region"},
    {"state_province", "province", kText, nullptr, ""},
};
constexpr Shape kAddress{"address", kAddressMembers};

constexpr Member kScheduleMembers[] = {
    {"attending_type", "attending_type"},
    {"byday", "byday"},
    {"bymonthday", "bymonthday"},
    {"byweekno", "byweekno"},
    {"byyearday", "byyearday"},
    {"closes_at", "closes_at", kTime},
    {"count", "count", kInteger},
    {"description", "description"},
    {"dtstart", "dtstart"},
    {"freq", "freq", kUpper},
    {"id", "id", kId},
    {"interval", "interval", kInteger},
    {"location_id", {}, kOwner},
    {"notes", "notes"},
    {"opens_at", "opens_at", kTime},
    {"schedule_link", "schedule_link"},
    {"service_at_location_id", {}, kOwner},
    {"service_id", {}, kOwner},
    {"timezone", "timezone", kNumber},
    {"until", "until"},
    {"valid_from", "valid_from"},
    {"valid_to", "valid_to"},
    {"wkst", "wkst", kUpper},
};
constexpr Shape kSchedule{"schedule", kScheduleMembers};

constexpr Member kAccessibilityMembers[] = {
    {"description", "description"}, {"details", "details"}, {"id", "id", kId},
    {"location_id", {}, kOwner},    {"url", "url"},
};
constexpr Shape kAccessibility{"accessibility", kAccessibilityMembers};

constexpr Member kLocationMembers[] = {
    {"accessibility", "accessibility", kParts, &kAccessibility},
    {"addresses", "addresses", kParts, &kAddress},
    {"alternate_name", "alternate_name"},
    {"attributes", "attributes", kParts, &kAttribute},
    {"contacts", "contacts", kParts, &kContact},
    {"description", "description"},
    {"external_identifier", "external_identifier"},
    {"external_identifier_type", "external_identifier_type"},
    {"id", "id", kId},
    {"languages", "languages", kParts, &kLanguage},
    {"latitude", "latitude", kNumber},
    {"location_type", "location_type", kText, nullptr, "physical"},
    {"longitude", "longitude", kNumber},
    {"name", "name"},
    {"organization_id", {}, kOwner},
    {"phones", "phones", kParts, &kPhone},
    {"schedules", "schedules", kParts, &kSchedule},
    {"transportation", "transportation"},
    {"url", "url"},
};
constexpr Shape kLocation{"location", kLocationMembers};

constexpr Member kServiceLocationMembers[] = {
    {"attributes", "attributes", kParts, &kAttribute},
    {"contacts", "contacts", kParts, &kContact},
    {"description", "description"},
    {"id", "id", kId},
    {"location", "location", kPart, &kLocation},
    {"location_id", "location_id"},
    {"phones", "phones", kParts, &kPhone},
    {"schedules", "schedules", kParts, &kSchedule},
    {"service_id", {}, kOwner},
};
constexpr Shape kServiceLocation{"service_at_location", kServiceLocationMembers};

constexpr Member kFundingMembers[] = {
    {"id", "id", kId},
    {"organization_id", {}, kOwner},
    {"service_id", {}, kOwner},
    {"source", "source"},
};
constexpr Shape kFunding{"funding", kFundingMembers};

constexpr Member kProgramMembers[] = {
    {"alternate_name", "alternate_name"},
    {"attributes", "attributes", kParts, &kAttribute},
    {"description", "description", kText, nullptr, ""},
    {"id", "id", kId},
    {"name", "name", kText, nullptr, ""},
    {"organization_id", {}, kOwner},
};
constexpr Shape kProgram{"program", kProgramMembers};

constexpr Member kIdentifierMembers[] = {
    {"id", "id", kId},
    {"identifier", "identifier", kText, nullptr, ""},
    {"identifier_scheme", "scheme"},
    {"identifier_type", "type", kText, nullptr, ""},
    {"organization_id", {}, kOwner},
};
constexpr Shape kIdentifier{"organization_identifier", kIdentifierMembers};

constexpr Member kCostMembers[] = {
    {"amount", "amount", kNumber},
    {"amount_description", "amount_description"},
    {"attributes", "attributes", kParts, &kAttribute},
    {"currency", "currency", kUpper},
    {"id", "id", kId},
    {"option", "option"},
    {"service_id", {}, kOwner},
    {"valid_from", "valid_from"},
    {"valid_to", "valid_to"},
};
constexpr Shape kCost{"cost_option", kCostMembers};

constexpr Member kDocumentMembers[] = {
    {"document", "document"},
    {"id", "id", kId},
    {"service_id", {}, kOwner},
    {"uri", "uri"},
};
constexpr Shape kDocument{"required_document", kDocumentMembers};

constexpr Member kAreaMembers[] = {
    {"attributes", "attributes", kParts, &kAttribute},
    {"description", "description"},
    {"extent", "extent"},
    {"extent_type", "extent_type"},
    {"id", "id", kId},
    {"name", "name"},
    {"service_id", {}, kOwner},
    {"uri", "uri"},
};
constexpr Shape kArea{"service_area", kAreaMembers};

constexpr Member kOrganizationMembers[] = {
    {"alternate_name", "alternate_name"},
    {"attributes", "attributes", kParts, &kAttribute},
    {"contacts", "contacts", kParts, &kContact},
    {"description", "description"},
    {"email", "email"},
    {"funding", "funding", kParts, &kFunding},
    {"id", "id", kApart},
    {"legal_status", "legal_status"},
    {"locations", "locations", kParts, &kLocation},
    {"logo", "logo"},
    {"metadata", "metadata", kParts, &kMetadata},
    {"name", "name", kText, nullptr, ""},
    {"organization_identifiers", "identifiers", kParts, &kIdentifier},
    {"parent_organization_id", "parent", kApart},
    {"phones", "phones", kParts, &kPhone},
    {"programs", "programs", kParts, &kProgram},
    {"services", {}, kApart},
    {"tax_id", "tax_id"},
    {"tax_status", "tax_status"},
    {"uri", "uri"},
    {"website", "website"},
    {"year_incorporated", "year_incorporated", kInteger},
    {{}, "fiscal_code", kApart},
    {{}, "kind", kApart},
    {{}, "parent_source_id", kApart},
    {{}, "phone", kApart},
    {{}, "source_id", kApart},
    {{}, "vat_number", kApart},
};
constexpr Shape kOrganization{"organization", kOrganizationMembers};

constexpr Member kServiceMembers[] = {
    {"accreditations", "accreditations"},
    {"alert", "alert"},
    {"alternate_name", "alternate_name"},
    {"application_process", "application_process"},
    {"assured_date", "assured_date"},
    {"assurer_email", "assurer_email"},
    {"attributes", "attributes", kParts, &kAttribute},
    {"contacts", "contacts", kParts, &kContact},
    {"cost_options", "cost_options", kParts, &kCost},
    {"description", "description"},
    {"eligibility_description", "eligibility_description"},
    {"email", "email"},
    {"fees", "fees"},
    {"fees_description", "fees_description"},
    {"funding", "funding", kParts, &kFunding},
    {"id", "id", kApart},
    {"interpretation_services", "interpretation_services"},
    {"languages", "languages", kParts, &kLanguage},
    {"last_modified", "last_modified"},
    {"licenses", "licenses"},
    {"maximum_age", "maximum_age", kNumber},
    {"metadata", "metadata", kParts, &kMetadata},
    {"minimum_age", "minimum_age", kNumber},
    {"name", "name", kText, nullptr, ""},
    {"organization", {}, kApart},
    {"organization_id", "organization", kApart},
    {"phones", "phones", kParts, &kPhone},
    {"program", "program", kPart, &kProgram},
    {"program_id", "program_id"},
    {"required_documents", "required_documents", kParts, &kDocument},
    {"schedules", "schedules", kParts, &kSchedule},
    {"service_areas", "service_areas", kParts, &kArea},
    {"service_at_locations", "locations", kParts, &kServiceLocation},
    {"status", "status", kStatus, nullptr, "active"},
    {"url", "website"},
    {"wait_time", "wait_time"},
    {{}, "address", kApart},
    {{}, "need_areas", kApart},
    {{}, "operator_kinds", kApart},
    {{}, "organization_source_id", kApart},
    {{}, "phone", kApart},
    {{}, "source_id", kApart},
    {{}, "unit_type", kApart},
};
constexpr Shape kService{"service", kServiceMembers};

}  // namespace

const Member* Shape::of_hsds(std::string_view field) const {
  const auto at = std::ranges::find(members, field, &Member::hsds);
  return at == members.end() ? nullptr : &*at;
}

const Member* Shape::of_canonical(std::string_view field) const {
  const auto at = std::ranges::find(members, field, &Member::canonical);
  return at == members.end() ? nullptr : &*at;
}

const Shape& organization_shape() { return kOrganization; }
const Shape& service_shape() { return kService; }
const Shape& address_shape() { return kAddress; }

}  // namespace hsds
