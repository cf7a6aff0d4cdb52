// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/hub_operations.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "core/engine/flow/parked_operations.hpp"
#include "core/engine/flow/reading_operations.hpp"

namespace raccordo {
namespace {

using Json = nlohmann::ordered_json;

Json written(const LedgerEntry& entry) {
  const auto& counts = entry.counts;
  // A record that was read and has no end yet is received too, though no commit tells of it.
  return {{"id", entry.id},
          {"received", counts.received + entry.in_flight},
          {"delivered", counts.delivered},
          {"unchanged", counts.unchanged},
          {"filtered", counts.filtered},
          {"parked", counts.parked},
          {"in_flight", entry.in_flight},
          {"entities", counts.entities},
          {"deleted", counts.deleted},
          {"requests", counts.requests},
          {"attempts", counts.attempts}};
}

Json written(const std::vector<LedgerEntry>& entries) {
  Json connectors = Json::array();
  for (const auto& entry : entries) connectors.push_back(written(entry));
  return connectors;
}

std::string holder_of(const SharedOut& shared, const std::string& lease) {
  const auto found = shared.holder_of.find(lease);
  return found == shared.holder_of.end() ? std::string() : found->second;
}

Json written(const SharedOut& shared) {
  Json daemons = Json::array();
  for (const auto& daemon : shared.daemons)
    daemons.push_back({{"name", daemon.name}, {"until_ms", daemon.until_ms}, {"holds", daemon.holds}});
  return daemons;
}

Json status_of(const HubFacts& facts, const Flows& flows, const SharedOut& shared) {
  Json connectors = Json::array();
  for (const auto& connector : flows.all()) {
    const auto state = connector->state();
    const auto& words = state.why.en.empty() ? state.remark : state.why;
    connectors.push_back(
        {{"id", connector->id()}, {"state", state.state}, {"it", words.it}, {"en", words.en}});
    if (!shared.self.empty())
      connectors.back()["held_by"] = holder_of(shared, lease_of_connector(connector->identity()));
  }
  Json status{{"ok", true}, {"hub", facts.id}, {"version", facts.version}, {"since_ms", facts.since_ms}};
  if (!shared.self.empty()) {
    status["daemon"] = shared.self;
    status["daemons"] = written(shared);
    status["cases_held_by"] = holder_of(shared, kLeaseOfCases);
  }
  status["connectors"] = std::move(connectors);
  return status;
}

std::string answer(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string answer(Result<Json> result) {
  return result.ok() ? answer(*result) : failed_answer(result.error());
}

Error unknown(const std::string& what) {
  return error(ErrorCode::kUsage, say("richiesta sconosciuta: {}", "unknown request: {}", what));
}

}  // namespace

HubOperations::HubOperations(HubFacts facts, Flows& flows, FlowParts parts,
                             std::function<std::string()> reload, Operations* desk,
                             std::function<SharedOut()> shared)
    : facts_(std::move(facts)),
      flows_(flows),
      parts_(parts),
      reload_(std::move(reload)),
      desk_(desk),
      shared_(std::move(shared)) {}

Result<std::vector<LedgerEntry>> HubOperations::ledger() const {
  RACCORDO_TRY(auto totals, parts_.store.ledger());
  std::vector<LedgerEntry> entries;
  for (const auto& connector : flows_.all()) {
    entries.push_back({connector->id(), totals[connector->identity()], connector->in_flight()});
    totals.erase(connector->identity());
  }
  for (const auto& [id, counts] : totals) entries.push_back({id, counts, 0});
  return entries;
}

std::string ledger_json(const std::vector<LedgerEntry>& entries) {
  return answer(Json{{"ok", true}, {"connectors", written(entries)}});
}

std::string HubOperations::perform(std::string_view request_json) try {
  const Json request = Json::parse(request_json);
  const std::string what = request.at("do");
  if (what == "status") return answer(status_of(facts_, flows_, shared_ ? shared_() : SharedOut()));
  if (what == "ledger") {
    const auto entries = ledger();
    return entries.ok() ? answer(Json{{"ok", true}, {"connectors", written(*entries)}})
                        : failed_answer(entries.error());
  }
  if (what == "events") return answer(read_events(request, facts_.topic_prefix, parts_.backbone));
  if (what == "findings") return answer(list_findings(request, flows_, parts_.store));
  if (what == "parked_list") return answer(list_parked(request, flows_, parts_.store));
  if (what == "parked_show") return answer(show_parked(request, flows_, parts_.store));
  if (what == "parked_replay") return answer(replay_parked(request, flows_, parts_.store));
  if (what == "parked_discard") return answer(discard_parked(request, flows_, parts_));
  if (what == "reload" && reload_) return reload_();
  if (desk_ != nullptr && (what.starts_with("cases_") || what.starts_with("wallet_")))
    return desk_->perform(request_json);
  return failed_answer(unknown(what));
} catch (const Json::exception& malformed) {
  return failed_answer(
      error(ErrorCode::kUsage, say("richiesta non valida: {}", "invalid request: {}", malformed.what())));
} catch (const std::exception& bug) {
  return failed_answer(error(ErrorCode::kBug, as_is(bug.what())));
}

}  // namespace raccordo
