// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/parked_operations.hpp"

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/engine/flow/reading_operations.hpp"
#include "core/engine/ledger/parked.hpp"
#include "core/ports/base64.hpp"
#include "raccordo/model/envelope.hpp"
#include "raccordo/model/schema.hpp"

namespace raccordo {
namespace {

using Json = OrderedJson;

constexpr std::size_t kMostRecords = 10'000;  // in one list

// Connectors are kept under the id they are known by for ever; people use the one of today.
std::string identity_of(const std::string& connector, const Flows& flows) {
  const auto found = flows.find(connector);
  return found ? found->identity() : connector;
}

// A connector that is configured no more has its parked records still; a name that never was is a mistake.
Result<std::string> known_identity(const std::string& connector, const Flows& flows, Store& store) {
  if (connector.empty() || flows.find(connector)) return identity_of(connector, flows);
  ParkedQuery any;
  any.connector = connector;
  any.state.reset();
  any.limit = 1;
  any.with_originals = false;
  RACCORDO_TRY(const auto left, store.parked(any));
  if (left.empty()) return no_such_connector(connector, flows);
  return connector;
}

std::string id_of(const std::string& identity, const Flows& flows) {
  const auto found = flows.find(identity);
  return found ? found->id() : identity;
}

// The case that a parked delivery is of; empty: it is of none.
std::string case_of(const ParkedRecord& record) {
  if (record.stage == kStageFraming || record.original.alg != "none" || record.original_cut) return {};
  std::string unescaped;
  const auto event = read_event(record.original.bytes, unescaped);
  return event.ok() && find_case_kind(event->kind) != nullptr ? std::string(event->subject) : std::string();
}

Json written(const ParkedRecord& record, const Flows& flows) {
  return {{"id", record.id},
          {"connector", id_of(record.connector, flows)},
          {"place", record.place},
          {"line", record.line},
          {"stage", record.stage},
          {"reason", record.reason},
          {"field", record.field},
          {"it", record.text.it},
          {"en", record.text.en},
          {"scan", record.scan},
          {"attempts", record.attempts},
          {"first_ms", record.first_ms},
          {"last_ms", record.last_ms},
          {"state", name_of(record.state)},
          {"size", record.original.bytes.size()},
          {"cut", record.original_cut},
          {"case", case_of(record)}};
}

std::optional<ParkedState> state_named(const std::string& name) {
  for (const auto state :
       {ParkedState::kParked, ParkedState::kReplayed, ParkedState::kDiscarded, ParkedState::kSuperseded})
    if (name_of(state) == name) return state;
  return std::nullopt;
}

Error no_such_record(std::int64_t id) {
  return error(ErrorCode::kUsage,
               say("nessun record accantonato con numero {}", "no parked record number {}", id),
               say("raccordo parked list mostra i numeri", "raccordo parked list shows the numbers"));
}

// The ids that a request means, rising.
Result<std::vector<std::int64_t>> chosen(const Json& request, const Flows& flows, Store& store) {
  std::vector<std::int64_t> ids = request.value("ids", std::vector<std::int64_t>{});
  if (!ids.empty()) {
    const std::set<std::int64_t> once(ids.begin(), ids.end());
    return std::vector<std::int64_t>(once.begin(), once.end());
  }
  ParkedQuery query;
  RACCORDO_TRY(query.connector, known_identity(request.value("connector", ""), flows, store));
  query.with_originals = false;
  if (query.connector.empty() && !request.value("all", false))
    return error(
        ErrorCode::kUsage, say("nessun record indicato", "no record named"),
        say("indicare i numeri, un connettore o tutti (--all)", "name numbers, a connector, or all (--all)"));
  for (;;) {
    RACCORDO_TRY(const auto page, store.parked(query));
    if (page.empty()) return ids;
    for (const auto& record : page) ids.push_back(record.id);
    query.after_id = ids.back();
  }
}

Json refused(std::int64_t id, ErrorCode code, const Text& why) {
  return {{"id", id}, {"code", name_of(code)}, {"it", why.it}, {"en", why.en}};
}

Json refused(std::int64_t id, const Error& why) {
  return refused(id, why.code, Text{why.in(Language::kItalian), why.in(Language::kEnglish)});
}

// Why a record cannot be taken up, or the record.
Result<ParkedRecord> still_parked(std::int64_t id, Store& store) {
  RACCORDO_TRY(auto record, store.parked_one(id));
  if (!record) return no_such_record(id);
  if (record->state != ParkedState::kParked)
    return error(ErrorCode::kConflict, say("il record {} non è più accantonato: {}",
                                           "record {} is no longer parked: {}", id, name_of(record->state)));
  return std::move(*record);
}

// Connectors that something which may pass kept from a replay: each is waited for once.
using Waiting = std::map<std::string, Error>;

Result<Decision> replay_one(std::int64_t id, bool force, const Flows& flows, Store& store, Waiting& waiting) {
  RACCORDO_TRY(const auto record, still_parked(id, store));
  const auto connector = flows.find(record.connector);
  if (!connector)
    return error(ErrorCode::kNotFound, say("il connettore {} non è più configurato",
                                           "connector {} is no longer configured", record.connector));
  if (const auto why = waiting.find(record.connector); why != waiting.end()) return why->second;
  auto decision = connector->replay(record, force);
  if (!decision.ok() && may_pass(decision.error())) waiting.emplace(record.connector, decision.error());
  return decision;
}

}  // namespace

Result<Json> list_parked(const Json& request, const Flows& flows, Store& store) {
  ParkedQuery query;
  RACCORDO_TRY(query.connector, known_identity(request.value("connector", ""), flows, store));
  const std::string state = request.value("state", "parked");
  query.state = state_named(state);
  if (!query.state && state != "all")
    return error(ErrorCode::kUsage, say("stato sconosciuto: {}", "unknown state: {}", state),
                 as_is("parked, replayed, discarded, superseded, all"));
  query.after_id = request.value("after", std::int64_t{0});
  query.limit = std::min<std::size_t>(request.value("limit", 1'000u), kMostRecords);
  RACCORDO_TRY(const auto records, store.parked(query));
  Json list = Json::array();
  const std::string of_case = request.value("case", "");
  for (const auto& record : records) {
    auto one = written(record, flows);
    if (of_case.empty() || one["case"] == of_case) list.push_back(std::move(one));
  }
  const bool more = !records.empty() && records.size() == query.limit;
  Json answer{{"ok", true}, {"records", std::move(list)}, {"more", more}};
  if (!records.empty()) answer["last"] = records.back().id;  // where the next page begins
  return answer;
}

Result<Json> show_parked(const Json& request, const Flows& flows, Store& store) {
  const std::int64_t id = request.at("id");
  RACCORDO_TRY(const auto record, store.parked_one(id));
  if (!record) return no_such_record(id);
  Json json = written(*record, flows);
  json["context"] = record->context;
  json["original"] = {{"alg", record->original.alg},
                      {"kid", record->original.kid},
                      {"base64", base64(record->original.bytes)}};
  const auto never = why_never_again(*record).value_or(Text{});
  json["never_again"] = {{"it", never.it}, {"en", never.en}};
  return Json{{"ok", true}, {"record", std::move(json)}};
}

Result<Json> replay_parked(const Json& request, Flows& flows, Store& store) {
  RACCORDO_TRY(const auto ids, chosen(request, flows, store));
  std::int64_t replayed = 0;
  std::int64_t parked_again = 0;
  Json refusals = Json::array();
  Waiting waiting;
  for (const auto id : ids) {
    const auto decision = replay_one(id, request.value("force", false), flows, store, waiting);
    if (!decision.ok()) {
      refusals.push_back(refused(id, decision.error()));
    } else if (decision->end != End::kParked) {
      ++replayed;
    } else if (decision->refused) {
      refusals.push_back(refused(id, ErrorCode::kConflict, decision->why.text));
    } else {
      ++parked_again;
    }
  }
  if (replayed > 0) flows.tell_snapshot_ended();  // nobody waits for the next file to get these
  return Json{
      {"ok", true}, {"replayed", replayed}, {"parked_again", parked_again}, {"refused", std::move(refusals)}};
}

Result<Json> discard_parked(const Json& request, const Flows& flows, const FlowParts& parts) {
  RACCORDO_TRY(const auto ids, chosen(request, flows, parts.store));
  std::int64_t discarded = 0;
  Json refusals = Json::array();
  for (const auto id : ids) {
    const auto record = still_parked(id, parts.store);
    const Status moved =
        record.ok()
            ? parts.store.move(record->connector, set_aside(id, ParkedState::kDiscarded, parts.clock.now()))
            : Status(record.error());
    if (moved.ok())
      ++discarded;
    else
      refusals.push_back(refused(id, moved.error()));
  }
  return Json{{"ok", true}, {"discarded", discarded}, {"refused", std::move(refusals)}};
}

}  // namespace raccordo
