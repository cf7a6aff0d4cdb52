// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/case_operations.hpp"

#include <algorithm>

#include "core/engine/cases/explain.hpp"
#include "core/engine/cases/machines.hpp"
#include "core/engine/config/suggestion.hpp"
#include "core/engine/desk/case_fact.hpp"
#include "core/engine/desk/case_name.hpp"
#include "core/engine/desk/json_text.hpp"
#include "core/engine/desk/times.hpp"

namespace raccordo::cases {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostCases = 1'000;  // in one answer
constexpr std::size_t kLookedAt = 10'000;  // for one answer, where few of them fit
constexpr std::size_t kLookedAtTogether = 500;
constexpr const char* kSealed = "[sealed]";

Json both(const Label& label) { return {{"it", label.it}, {"en", label.en}}; }
Json both(const Text& text) { return {{"it", text.it}, {"en", text.en}}; }

Label state_label(const std::string& machine, const std::string& name) {
  const auto* known = machine_named(machine);
  const auto* state = known == nullptr ? nullptr : state_of(*known, name);
  return state == nullptr ? Label{name, name} : state->label;
}

Label event_label(const std::string& machine, const std::string& name) {
  const auto* known = machine_named(machine);
  const auto* event = known == nullptr ? nullptr : event_of(*known, name);
  return event == nullptr ? Label{name, name} : event->label;
}

Label party_label(const std::string& name) {
  const auto party = party_of(name);
  return party ? label_of(*party) : Label{name, name};
}

// Who is to make the next step; empty: nobody.
std::string awaited_by(const CaseRecord& record) {
  if (record.ended) return {};
  const auto data = nlohmann::json::parse(record.data, nullptr, false);
  return text_of(data, "awaits");
}

// Through which connector it is to come; empty: nobody knows.
std::string connector_of(const CaseRecord& record, Party awaited) {
  if (awaited == Party::kCustomer) return record.asked_by;
  if (awaited == Party::kProvider) return record.answered_by;
  if (awaited != Party::kPayer) return {};
  const auto data = nlohmann::json::parse(record.data, nullptr, false);
  return text_of(data, "proved_by");
}

Json written(const CaseRecord& record) {
  const auto awaited = awaited_by(record);
  return {{"id", record.id.text()},
          {"machine", record.machine},
          {"state", record.state},
          {"state_label", both(state_label(record.machine, record.state))},
          {"revision", record.revision},
          {"awaits", awaited},
          {"awaits_label", both(awaited.empty() ? Label{} : party_label(awaited))},
          {"requested_by", record.asked_by},
          {"requested_id", std::string(own_name(record))},
          {"answered_by", record.answered_by},
          {"due_ms", record.due_ms},
          {"due_event", record.due_event},
          {"changed_ms", record.changed_ms}};
}

Json written(const CaseStep& step, const std::string& machine) {
  auto note = Json::parse(step.note.empty() ? "{}" : step.note, nullptr, false);
  return {{"revision", step.revision},
          {"time_ms", step.time_ms},
          {"event", step.event},
          {"event_label", both(event_label(machine, step.event))},
          {"from", step.from},
          {"to", step.to},
          {"to_label", both(state_label(machine, step.to))},
          {"party", step.party},
          {"party_label", both(party_label(step.party))},
          {"connector", step.connector},
          {"message", step.message},
          {"note", note.is_discarded() ? Json::object() : std::move(note)}};
}

Error no_such_case(const std::string& name) {
  return error(ErrorCode::kUsage, say("nessuna pratica {}", "there is no case {}", name),
               say("raccordo cases list mostra gli identificativi; di quello di un partner: CONNETTORE/ID",
                   "raccordo cases list shows the ids; of a partner's own: CONNECTOR/ID"));
}

Result<std::optional<CaseRecord>> asked_under(const std::string& connector, const std::string& id,
                                              CaseStore& store) {
  std::optional<CaseRecord> found;
  const CaseStore::Work look = [&](CaseTransaction& transaction) -> Status {
    RACCORDO_TRY(found, transaction.find_asked(connector, id));
    for (const auto* machine : machines()) {
      if (found) break;
      RACCORDO_TRY(found, transaction.find_asked(connector, kept_name(machine->name, id)));
    }
    return done();
  };
  RACCORDO_TRY(const auto ends, store.transact(std::span(&look, 1)));
  RACCORDO_CHECK(ends.front());
  return found;
}

Result<CaseRecord> named_case(const Json& request, CaseStore& store) {
  const std::string name = request.value("case", "");
  const auto slash = name.find('/');
  std::optional<CaseRecord> found;
  if (const auto id = Uuid::parse(name)) {
    RACCORDO_TRY(found, store.find(*id));
  } else if (slash != std::string::npos) {
    RACCORDO_TRY(found, asked_under(name.substr(0, slash), name.substr(slash + 1), store));
  }
  if (!found) return no_such_case(name);
  return *std::move(found);
}

// What a name in a request may be.
Status check_known(const char* what, const std::string& name, const std::vector<std::string_view>& known) {
  if (name.empty() || std::ranges::find(known, name) != known.end()) return done();
  return error(ErrorCode::kUsage, say("--{}: «{}» non si conosce", "--{}: \"{}\" is not known", what, name),
               suggestion(name, known));
}

// Midnight in Rome, where our offices are; 0: from the beginning.
Result<std::int64_t> since(const std::string& day) {
  if (day.empty()) return std::int64_t{0};
  for (const char* midnight : {"T00:00:00+02:00", "T00:00:00+01:00"})
    if (const auto time = unix_ms_of(day + midnight); time && date_in_rome(*time) == day) return *time;
  return error(ErrorCode::kUsage, say("--since: «{}» non è una data: scrivere ad esempio 2026-03-01",
                                      "--since: \"{}\" is no date: write 2026-03-01, for instance", day));
}

Result<CaseQuery> query_of(const Json& request) {
  CaseQuery query;
  query.state = request.value("state", "");
  query.machine = request.value("machine", "");
  query.connector = request.value("connector", "");
  RACCORDO_TRY(query.since_ms, since(request.value("since", "")));
  const std::string after = request.value("after", "");
  query.after = Uuid::parse(after);
  if (!after.empty() && !query.after) return no_such_case(after);
  std::vector<std::string_view> names, states, parties;
  for (const auto* machine : machines()) {
    names.push_back(machine->name);
    for (const auto& state : machine->states) states.push_back(state.name);
  }
  for (const auto party : kParties) parties.push_back(name_of(party));
  RACCORDO_CHECK(check_known("machine", query.machine, names));
  RACCORDO_CHECK(check_known("state", query.state, states));
  RACCORDO_CHECK(check_known("awaiting", request.value("awaiting", ""), parties));
  return query;
}

}  // namespace

// Some at a time: a page is as long as what was asked for, and looks at no more than a bounded number of
// cases.
Result<Json> list_cases(const Json& request, CaseStore& store) {
  RACCORDO_TRY(auto query, query_of(request));
  const std::string awaiting = request.value("awaiting", "");
  const auto limit = std::clamp<std::size_t>(request.value("limit", kMostCases), 1, kMostCases);
  Json list = Json::array();
  for (std::size_t looked_at = 0; looked_at < kLookedAt && list.size() < limit;) {
    query.limit = awaiting.empty() ? limit - list.size() : kLookedAtTogether;
    RACCORDO_TRY(const auto page, store.cases(query));
    for (const auto& record : page) {
      query.after = record.id;
      if (awaiting.empty() || awaited_by(record) == awaiting) list.push_back(written(record));
      if (list.size() == limit) break;
    }
    looked_at += page.size();
    if (page.size() < query.limit && list.size() < limit)
      return Json{{"ok", true}, {"cases", std::move(list)}};
  }
  return Json{{"ok", true}, {"cases", std::move(list)}, {"next", query.after->text()}};
}

Result<Json> show_case(const Json& request, CaseStore& store) {
  RACCORDO_TRY(const auto record, named_case(request, store));
  RACCORDO_CHECK(data_kept(record));
  auto shown = written(record);
  shown["data"] = Json::parse(data_of(record));
  const auto all = Json::parse(record.data);
  if (const auto own = all.find("hub"); own != all.end()) shown["hub"] = *own;
  if (!record.people.empty()) shown["people"] = kSealed;
  return Json{{"ok", true}, {"case", std::move(shown)}};
}

Result<Json> case_timeline(const Json& request, CaseStore& store) {
  RACCORDO_TRY(const auto record, named_case(request, store));
  RACCORDO_TRY(const auto steps, store.history(record.id));
  Json list = Json::array();
  for (const auto& step : steps) list.push_back(written(step, record.machine));
  return Json{{"ok", true}, {"case", record.id.text()}, {"steps", std::move(list)}};
}

Result<Json> explain_case(const Json& request, CaseStore& store) {
  RACCORDO_TRY(const auto record, named_case(request, store));
  const auto* machine = machine_named(record.machine);
  if (machine == nullptr) return error(ErrorCode::kBug, as_is("no procedure " + record.machine));
  RACCORDO_TRY(const auto steps, store.history(record.id));
  const Standing standing{record.state, party_of(awaited_by(record)).value_or(Party::kHub)};
  std::optional<Due> due;
  if (record.due_ms > 0) due = Due{record.due_ms, record.due_event};
  const auto whom = connector_of(record, standing.awaits);
  return Json{{"ok", true},
              {"case", record.id.text()},
              {"awaits", both(what_it_awaits(*machine, standing, whom, due, clock_in_rome))},
              {"why", both(why_it_is_so(*machine, steps, clock_in_rome))}};
}

}  // namespace raccordo::cases
