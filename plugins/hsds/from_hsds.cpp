// SPDX-License-Identifier: EUPL-1.2
#include "plugins/hsds/from_hsds.hpp"

#include <charconv>
#include <cmath>

#include "plugins/hsds/cost_offer.hpp"
#include "plugins/hsds/shapes.hpp"
#include "raccordo/model/italian_identifiers.hpp"

namespace hsds {
namespace {

constexpr raccordo::Label kUnknown{"il modello canonico non ha questo campo",
                                   "the canonical model has no such field"};
constexpr raccordo::Label kWrongType{"il tipo del valore non è quello di HSDS",
                                     "the value is not of the type that HSDS asks for"};
constexpr raccordo::Label kNotWhole{"non è un numero intero", "not a whole number"};
constexpr raccordo::Label kOtherOwner{"rimanda a un oggetto diverso da quello in cui si trova",
                                      "refers to another object than the one it stands in"};

bool empty(const Json& value) {
  return value.is_null() || (value.is_string() && value.get_ref<const std::string&>().empty()) ||
         (value.is_structured() && value.empty());
}

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

// Translates objects by their shapes. Knows the ids of the objects that it is inside of.
class Translation {
 public:
  explicit Translation(Losses& losses) : losses_(losses) {}

  Json object(const Json& given, const Shape& shape);

 private:
  void member(const Json& given, const Member& member, Json& out);
  void scalar(const Json& given, const Member& member, Json& out);
  void number(const Json& given, const Member& member, Json& out);
  void parts(const Json& given, const Member& member, Json& out);
  void owner(const Json& given, const Member& member);

  Losses& losses_;
  std::vector<std::string_view> owners_;
};

Json Translation::object(const Json& given, const Shape& shape) {
  Json out = Json::object();
  owners_.push_back(text_of(given, "id"));
  for (const auto& [name, value] : given.items()) {
    if (empty(value)) continue;
    const auto* const known = shape.of_hsds(name);
    if (known == nullptr)
      losses_.add(name, kUnknown);
    else if (known->form != Form::kApart)
      member(value, *known, out);
  }
  owners_.pop_back();
  return out;
}

void Translation::member(const Json& given, const Member& member, Json& out) {
  switch (member.form) {
    case Form::kPart: {
      if (!given.is_object()) return losses_.add(member.hsds, kWrongType);
      const Losses::Level level(losses_, member.hsds);
      out[std::string(member.canonical)] = object(given, *member.shape);
      return;
    }
    case Form::kParts:
      return parts(given, member, out);
    case Form::kNumber:
    case Form::kInteger:
      return number(given, member, out);
    case Form::kOwner:
      return owner(given, member);
    default:
      return scalar(given, member, out);
  }
}

void Translation::parts(const Json& given, const Member& member, Json& out) {
  if (!given.is_array()) return losses_.add(member.hsds, kWrongType);
  const Losses::Level level(losses_, member.hsds);
  Json list = Json::array();
  for (std::size_t i = 0; i < given.size(); ++i) {
    const Losses::Level item(losses_, i);
    if (given[i].is_object())
      list.push_back(object(given[i], *member.shape));
    else
      losses_.add({}, kWrongType);
  }
  out[std::string(member.canonical)] = std::move(list);
}

// In the wild numbers and texts are mixed up: what reads as the other is taken for it.
void Translation::scalar(const Json& given, const Member& member, Json& out) {
  if (!given.is_string() && !given.is_number()) return losses_.add(member.hsds, kWrongType);
  auto text = given.is_string() ? given.get<std::string>() : given.dump();
  if (member.form == Form::kUpper) text = upper(std::move(text));
  if (member.form == Form::kTime && text.size() == 5) text += ":00";
  if (member.form == Form::kStatus) std::replace(text.begin(), text.end(), ' ', '_');
  out[std::string(member.canonical)] = std::move(text);
}

void Translation::number(const Json& given, const Member& member, Json& out) {
  double value = 0;
  if (given.is_string()) {
    const auto& text = given.get_ref<const std::string&>();
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size())
      return losses_.add(member.hsds, kWrongType);
  } else if (given.is_number()) {
    value = given.get<double>();
  } else {
    return losses_.add(member.hsds, kWrongType);
  }
  constexpr double kMostExact = 9'007'199'254'740'992.0;  // 2^53
  const bool whole = std::abs(value) <= kMostExact && std::trunc(value) == value;
  if (!whole && (member.form == Form::kInteger || !std::isfinite(value)))
    return losses_.add(member.hsds, kNotWhole);
  auto& to = out[std::string(member.canonical)];
  if (whole)
    to = static_cast<std::int64_t>(value);
  else
    to = value;
}

void Translation::owner(const Json& given, const Member& member) {
  const bool known = given.is_string() && std::find(owners_.begin(), owners_.end(),
                                                    given.get_ref<const std::string&>()) != owners_.end();
  if (!known) losses_.add(member.hsds, kOtherOwner);
}

// Registers that the canonical model has a field for.
void take_italian_identifiers(Json& organization) {
  const auto entries = organization.find("identifiers");
  if (entries == organization.end()) return;
  for (const auto& entry : *entries) {
    const auto scheme = text_of(entry, "scheme");
    const auto code = text_of(entry, "identifier");
    if (scheme == "IT-CF" && raccordo::is_fiscal_code(code)) organization["fiscal_code"] = code;
    if (scheme == "IT-PIVA" && raccordo::is_vat_number(code)) organization["vat_number"] = code;
  }
}

Json organization_entity(const Json& given, Losses& losses) {
  auto entity = Translation(losses).object(given, organization_shape());
  entity["id"] = text_of(given, "id");
  if (const auto parent = text_of(given, "parent_organization_id"); !parent.empty())
    entity["parent"] = parent;
  take_italian_identifiers(entity);
  return entity;
}

void add_service(const Json& given, std::string_view organization, const ReadingChoices& choices,
                 Losses& losses, std::vector<Statement>& out) {
  auto entity = Translation(losses).object(given, service_shape());
  entity["id"] = text_of(given, "id");
  if (!organization.empty()) entity["organization"] = organization;
  auto offers = cost_offers(entity, choices.currency, losses);
  out.push_back({"service", std::move(entity)});
  for (auto& offer : offers) out.push_back({"offer", std::move(offer)});
}

}  // namespace

std::string_view text_of(const Json& object, std::string_view name) {
  const auto at = object.find(name);
  return at != object.end() && at->is_string() ? std::string_view(at->get_ref<const std::string&>())
                                               : std::string_view();
}

std::vector<Statement> read_organization(const Json& organization, const ReadingChoices& choices,
                                         Losses& losses) {
  std::vector<Statement> out;
  out.push_back({"organization", organization_entity(organization, losses)});
  const auto services = organization.find("services");
  if (services == organization.end() || services->is_null()) return out;
  if (!services->is_array()) return losses.add("services", kWrongType), out;
  const Losses::Level level(losses, "services");
  for (std::size_t i = 0; i < services->size(); ++i) {
    const Losses::Level item(losses, i);
    const auto& service = (*services)[i];
    if (!service.is_object())
      losses.add({}, kWrongType);
    else
      add_service(service, text_of(organization, "id"), choices, losses, out);
  }
  return out;
}

std::vector<Statement> read_service(const Json& service, const ReadingChoices& choices, Losses& losses) {
  std::vector<Statement> out;
  const auto inside = service.find("organization");
  const bool embedded = inside != service.end() && inside->is_object() && !text_of(*inside, "id").empty();
  const auto given = text_of(service, "organization_id");
  const auto organization = embedded ? text_of(*inside, "id") : given;
  if (!given.empty() && given != organization) losses.add("organization_id", kOtherOwner);
  if (embedded && choices.embedded) {
    const Losses::Level level(losses, "organization");
    out.push_back({"organization", organization_entity(*inside, losses)});
  }
  add_service(service, organization, choices, losses, out);
  return out;
}

}  // namespace hsds
