// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/case_fact.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/engine/desk/case_name.hpp"

#include "raccordo/model/envelope.hpp"

namespace raccordo::cases {
namespace {

constexpr std::string_view kPeople = "people";

nlohmann::json public_data(const CaseRecord& record) {
  auto data = nlohmann::json::parse(record.data);
  data.erase("hub");  // what it keeps for itself
  data["id"] = record.id.text();
  data["revision"] = record.revision;
  data["state"] = record.state;
  if (!record.asked_by.empty()) data["requested_by"] = record.asked_by;
  if (!record.asked_id.empty()) data["requested_id"] = own_name(record);
  if (!record.answered_by.empty()) data["answered_by"] = record.answered_by;
  return data;
}

}  // namespace

Result<nlohmann::json> data_kept(const CaseRecord& record) {
  auto data = nlohmann::json::parse(record.data, nullptr, false);
  if (data.is_object()) return data;
  return error(ErrorCode::kCorrupt, say("pratica {}: ciò che se ne conserva non è leggibile",
                                        "case {}: what is kept of it cannot be read", record.id.text()));
}

std::string data_of(const CaseRecord& record) { return public_data(record).dump(); }

std::string case_fact(std::string_view hub, std::string_view machine, const CaseRecord& record) {
  auto data = public_data(record);
  if (!record.people.empty()) data[kPeople] = nlohmann::json::parse(record.people);
  nlohmann::json event{{"specversion", "1.0"},
                       {"id", uuid_v5(record.id, std::to_string(record.revision)).text()},
                       {"type", fmt::format("it.raccordo.{}.{}.v1", machine, record.state)},
                       {"source", fmt::format("urn:raccordo:{}", hub)},
                       {"subject", record.id.text()},
                       {"time", utc_text(record.changed_ms)},
                       {"datacontenttype", "application/json"},
                       {"revision", record.revision},
                       {"data", std::move(data)}};
  return event.dump();
}

}  // namespace raccordo::cases
