// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/people/sealed_people.hpp"

#include <nlohmann/json.hpp>

#include "raccordo/model/case/booking_request.hpp"
#include "raccordo/model/people.hpp"

namespace raccordo {
namespace {

constexpr const char* kPeople = "people";

Error unreadable(const std::string& id) {
  return error(ErrorCode::kDenied, say("i dati sigillati della pratica {} non sono leggibili",
                                       "what is sealed of case {} cannot be read", id));
}

// None of it: an empty object.
Result<nlohmann::json> of_classes(const std::string& people, std::span<const std::string> classes) {
  const std::vector<std::string_view> allowed(classes.begin(), classes.end());
  const auto& schema = schema_of<BookingPeople>();
  RACCORDO_TRY(const auto apart, take_people(people, schema));
  RACCORDO_TRY(const auto seen, put_back(apart.open, apart.people, schema, allowed));
  return nlohmann::json::parse(seen);
}

}  // namespace

std::string sealed_people(const CaseSeals& seals, std::string_view people, std::int64_t revision) {
  return nlohmann::json{{"keys", nlohmann::json::parse(seals.keys())},
                        {"revision", revision},
                        {"sealed", nlohmann::json::parse(seals.seal(people, {kPeople, revision}))}}
      .dump();
}

Result<std::string> opened_people(const Seals& seals, const Uuid& id, std::string_view sealed) {
  const auto json = nlohmann::json::parse(sealed, nullptr, false);
  const auto revision = json.is_object() ? json.find("revision") : json.end();
  if (!json.is_object() || !json.contains("keys") || !json.contains("sealed") || revision == json.end() ||
      !revision->is_number_integer())
    return unreadable(id.text());
  RACCORDO_TRY(const auto key, seals.of(id, json["keys"].dump()));
  return key->open(json["sealed"].dump(), {kPeople, revision->get<std::int64_t>()});
}

Result<std::optional<std::string>> seen_of(const CasesSeen& seen, std::string_view data) {
  auto json = nlohmann::json::parse(data, nullptr, false);
  if (!json.is_object())
    return error(ErrorCode::kInvalid,
                 say("i dati non sono quelli di una pratica", "the data are not those of a case"));
  const auto names = [&](const char* field) {
    const auto found = json.find(field);
    return found != json.end() && *found == seen.partner;
  };
  if (!names("requested_by") && !names("answered_by")) return std::optional<std::string>();
  const auto people = json.find(kPeople);
  if (people == json.end()) return std::optional<std::string>(data);
  const auto sealed = people->dump();
  json.erase(people);
  if (seen.seals == nullptr || seen.classes.empty()) return std::optional<std::string>(json.dump());
  const auto id = json.contains("id") && json["id"].is_string() ? Uuid::parse(json["id"].get<std::string>())
                                                                : std::nullopt;
  if (!id) return unreadable("?");
  RACCORDO_TRY(const auto open, opened_people(*seen.seals, *id, sealed));
  RACCORDO_TRY(auto visible, of_classes(open, seen.classes));
  if (!visible.empty()) json[kPeople] = std::move(visible);
  return std::optional<std::string>(json.dump());
}

}  // namespace raccordo
