// SPDX-License-Identifier: EUPL-1.2
#include "plugins/hsds/to_hsds.hpp"

#include <algorithm>
#include <array>

#include "plugins/hsds/cost_offer.hpp"
#include "plugins/hsds/from_hsds.hpp"
#include "plugins/hsds/shapes.hpp"
#include "raccordo/model/schema.hpp"
#include "raccordo/model/uuid.hpp"

namespace hsds {
namespace {

using raccordo::Uuid;

constexpr raccordo::Label kUnknown{"HSDS non ha questo campo", "HSDS has no such field"};

// The other way round. Parts without a UUID of their own get one that follows from the entity and the place:
// the same at every run.
class Translation {
 public:
  Translation(const Uuid& space, Losses& losses) : space_(space), losses_(losses) {}

  Json object(const Json& given, const Shape& shape);
  [[nodiscard]] std::string part_id(std::string_view place) const {
    return raccordo::uuid_v5(space_, place).text();
  }

 private:
  void member(const Json& given, const Member& member, Json& out);
  void add_missing(const Shape& shape, Json& out) const;

  Uuid space_;
  Losses& losses_;
};

Json Translation::object(const Json& given, const Shape& shape) {
  Json out = Json::object();
  for (const auto& [name, value] : given.items()) {
    const auto* const known = shape.of_canonical(name);
    if (known == nullptr)
      losses_.add(name, kUnknown);
    else if (known->form != Form::kApart)
      member(value, *known, out);
  }
  add_missing(shape, out);
  return out;
}

void Translation::member(const Json& given, const Member& member, Json& out) {
  auto& to = out[std::string(member.hsds)];
  if (member.form == Form::kPart && given.is_object()) {
    const Losses::Level level(losses_, member.canonical);
    to = object(given, *member.shape);
  } else if (member.form == Form::kParts && given.is_array()) {
    const Losses::Level level(losses_, member.canonical);
    to = Json::array();
    for (std::size_t i = 0; i < given.size(); ++i) {
      const Losses::Level item(losses_, i);
      to.push_back(object(given[i], *member.shape));
    }
  } else if (member.form == Form::kStatus && given.is_string()) {
    auto text = given.get<std::string>();
    std::replace(text.begin(), text.end(), '_', ' ');
    to = std::move(text);
  } else {
    to = given;
  }
}

void Translation::add_missing(const Shape& shape, Json& out) const {
  for (const auto& member : shape.members) {
    if (member.form == Form::kId && !Uuid::parse(text_of(out, member.hsds)))
      out[std::string(member.hsds)] = part_id(losses_.path() + "#" + std::string(text_of(out, member.hsds)));
    if (member.fill != nullptr && !out.contains(member.hsds)) out[std::string(member.hsds)] = member.fill;
  }
}

Uuid space_of(std::string_view canonical) { return Uuid::parse(canonical).value_or(raccordo::kNamespaceUrl); }

void add_phone(const Json& entity, const Translation& translation, Json& out) {
  const auto number = text_of(entity, "phone");
  if (number.empty()) return;
  auto& phones = out["phones"];
  for (const auto& phone : phones)
    if (text_of(phone, "number") == number) return;
  phones.push_back({{"id", translation.part_id("phone")}, {"number", number}});
}

// What the model says with a code of its own, HSDS says with a term of a taxonomy.
void add_code(std::string_view field, std::string_view list, std::string_view code,
              const Translation& translation, Json& out) {
  raccordo::Label label{code, code};
  for (const auto& known : raccordo::code_list(list))
    if (known.code == code) label = known.label;
  const auto place = fmt::format("{}={}", field, code);
  Json term{
      {"id",
       raccordo::uuid_v5(raccordo::kNamespaceUrl, fmt::format("urn:raccordo:code:{}:{}", list, code)).text()},
      {"code", code},
      {"name", label.it},
      {"description", label.en},
      {"taxonomy", fmt::format("raccordo:{}", list)}};
  out["attributes"].push_back(
      {{"id", translation.part_id(place)}, {"link_type", field}, {"value", code}, {"taxonomy_term", term}});
}

void add_codes(const Json& entity, std::string_view field, std::string_view list,
               const Translation& translation, Json& out) {
  const auto given = entity.find(field);
  if (given == entity.end()) return;
  if (given->is_string()) return add_code(field, list, text_of(entity, field), translation, out);
  for (const auto& code : *given)
    if (code.is_string()) add_code(field, list, code.get_ref<const std::string&>(), translation, out);
}

void add_identifier(const Json& entity, const char* field, const char* scheme, const char* type,
                    const Translation& translation, Json& out) {
  const auto code = text_of(entity, field);
  if (code.empty()) return;
  auto& identifiers = out["organization_identifiers"];
  for (const auto& known : identifiers)
    if (text_of(known, "identifier_scheme") == scheme) return;
  identifiers.push_back({{"id", translation.part_id(field)},
                         {"identifier_scheme", scheme},
                         {"identifier_type", type},
                         {"identifier", code}});
}

// The address of a service whose source has no locations: HSDS wants one around it.
void add_address(const Json& entity, Translation& translation, Losses& losses, Json& out) {
  const auto address = entity.find("address");
  if (address == entity.end() || !address->is_object()) return;
  const Losses::Level level(losses, "address");
  Json location{{"id", translation.part_id("location")},
                {"location_type", "physical"},
                {"addresses", Json::array({translation.object(*address, address_shape())})}};
  out["service_at_locations"].push_back(
      {{"id", translation.part_id("service_at_location")}, {"location", std::move(location)}});
}

void add_reference(const Json& entity, const char* field, const char* source_field, const char* hsds,
                   Json& out) {
  const auto id = hsds_id(text_of(entity, source_field), text_of(entity, field));
  if (!id.empty()) out[hsds] = id;
}

// What the hub adds to know an offer by, and what the cost option says in other members.
constexpr std::array<std::string_view, 10> kOfferMembers{
    "channel",           "description", "id",          "price",      "service",
    "service_source_id", "source_id",   "tuir_letter", "valid_from", "valid_to"};

void add_amount(const Json& offer, const Translation& translation, Json& out) {
  const auto price = offer.find("price");
  if (price == offer.end() || !price->is_object()) return;
  const auto given = text_of(*price, "currency");
  const auto currency = given.empty() ? std::string_view("EUR") : given;
  if (const auto cents = price->find("cents"); cents != price->end() && cents->is_number()) {
    out["amount"] = cents->get<double>() / units_of(currency);
    out["currency"] = currency;
  }
  add_codes(*price, "unit", "price_unit", translation, out);
}

}  // namespace

std::string_view hsds_id(std::string_view source_id, std::string_view canonical) {
  return Uuid::parse(source_id) ? source_id : canonical;
}

Json write_organization(const Json& entity, std::string_view id, std::string_view canonical, Losses& losses) {
  Translation translation(space_of(canonical), losses);
  auto out = translation.object(entity, organization_shape());
  out["id"] = id;
  if (!out.contains("description")) out["description"] = out["name"];
  add_reference(entity, "parent", "parent_source_id", "parent_organization_id", out);
  add_phone(entity, translation, out);
  add_identifier(entity, "fiscal_code", "IT-CF", "Codice fiscale", translation, out);
  add_identifier(entity, "vat_number", "IT-PIVA", "Partita IVA", translation, out);
  add_codes(entity, "kind", "organization_kind", translation, out);
  return out;
}

Json write_service(const Json& entity, std::string_view id, std::string_view canonical, Losses& losses) {
  Translation translation(space_of(canonical), losses);
  auto out = translation.object(entity, service_shape());
  out["id"] = id;
  add_reference(entity, "organization", "organization_source_id", "organization_id", out);
  add_phone(entity, translation, out);
  add_address(entity, translation, losses, out);
  add_codes(entity, "unit_type", "unit_type", translation, out);
  add_codes(entity, "need_areas", "need_area", translation, out);
  add_codes(entity, "operator_kinds", "operator_kind", translation, out);
  return out;
}

Json write_cost_option(const Json& offer, std::string_view id, std::string_view canonical, Losses& losses) {
  const Translation translation(space_of(canonical), losses);
  Json out{{"id", id}};
  for (const auto& [name, value] : offer.items())
    if (std::ranges::find(kOfferMembers, name) == kOfferMembers.end()) losses.add(name, kUnknown);
  add_reference(offer, "service", "service_source_id", "service_id", out);
  if (const auto text = text_of(offer, "description"); !text.empty()) out["option"] = text;
  for (const char* name : {"valid_from", "valid_to"})
    if (const auto date = text_of(offer, name); !date.empty()) out[name] = date;
  add_amount(offer, translation, out);
  add_codes(offer, "channel", "channel", translation, out);
  add_codes(offer, "tuir_letter", "tuir_letter", translation, out);
  return out;
}

Json defunct_service(std::string_view id) {
  return {{"id", id},
          {"name", "Servizio non più disponibile / Service no longer available"},
          {"status", "defunct"}};
}

}  // namespace hsds
