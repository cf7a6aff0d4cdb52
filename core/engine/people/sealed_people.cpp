// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/people/sealed_people.hpp"

#include <nlohmann/json.hpp>

#include "raccordo/model/case/booking_request.hpp"
#include "raccordo/model/case/enquiry.hpp"
#include "raccordo/model/people.hpp"

namespace raccordo {
namespace {

constexpr const char* kPeople = "people";

Error unreadable(const std::string& id) {
  return error(ErrorCode::kDenied, say("i dati sigillati della pratica {} non sono leggibili",
                                       "what is sealed of case {} cannot be read", id));
}

// None of it: an empty object.
Result<nlohmann::json> of_classes(const std::string& people, std::string_view kind,
                                  std::span<const std::string> classes) {
  const std::vector<std::string_view> allowed(classes.begin(), classes.end());
  const auto& schema = kind == "enquiry" ? schema_of<EnquiryPeople>() : schema_of<BookingPeople>();
  RACCORDO_TRY(const auto apart, take_people(people, schema));
  RACCORDO_TRY(const auto seen, put_back(apart.open, apart.people, schema, allowed));
  return nlohmann::json::parse(seen);
}

// What is there of the case's key and revision, or what is said of neither.
Result<std::unique_ptr<CaseSeals>> key_of(const Seals& seals, const Uuid& id, const nlohmann::json& sealed) {
  const auto revision = sealed.is_object() ? sealed.find("revision") : sealed.end();
  if (!sealed.is_object() || !sealed.contains("keys") || !sealed.contains("sealed") ||
      revision == sealed.end() || !revision->is_number_integer())
    return unreadable(id.text());
  return seals.of(id, sealed["keys"].dump());
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
  RACCORDO_TRY(const auto key, key_of(seals, id, json));
  return key->open(json["sealed"].dump(), {kPeople, json["revision"].get<std::int64_t>()});
}

Result<std::string> people_with(const Seals& seals, const Uuid& id, std::string_view sealed,
                                std::string_view more, std::int64_t revision) {
  if (sealed.empty()) return sealed_people(*seals.begin(id), more, revision);
  RACCORDO_TRY(const auto before, opened_people(seals, id, sealed));
  RACCORDO_TRY(const auto key, key_of(seals, id, nlohmann::json::parse(sealed)));
  auto all = nlohmann::json::parse(before);
  all.update(nlohmann::json::parse(more));
  return sealed_people(*key, all.dump(), revision);
}

Result<std::optional<std::string>> seen_of(const CasesSeen& seen, std::string_view kind,
                                           std::string_view data) {
  auto json = nlohmann::json::parse(data, nullptr, false);
  if (!json.is_object())
    return error(ErrorCode::kInvalid,
                 say("i dati non sono quelli di una pratica", "the data are not those of a case"));
  const auto names = [&](const char* field) {
    const auto found = json.find(field);
    return found != json.end() && *found == seen.partner;
  };
  if (!names("requested_by") && !names("answered_by") && !names("proved_by"))
    return std::optional<std::string>();
  const auto people = json.find(kPeople);
  if (people == json.end()) return std::optional<std::string>(data);
  const auto sealed = people->dump();
  json.erase(people);
  if (seen.seals == nullptr || seen.classes.empty()) return std::optional<std::string>(json.dump());
  const auto id = json.contains("id") && json["id"].is_string() ? Uuid::parse(json["id"].get<std::string>())
                                                                : std::nullopt;
  if (!id) return unreadable("?");
  RACCORDO_TRY(const auto open, opened_people(*seen.seals, *id, sealed));
  RACCORDO_TRY(auto visible, of_classes(open, kind, seen.classes));
  if (!visible.empty()) json[kPeople] = std::move(visible);
  return std::optional<std::string>(json.dump());
}

}  // namespace raccordo
