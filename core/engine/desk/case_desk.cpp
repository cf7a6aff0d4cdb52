// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/case_desk.hpp"

#include <algorithm>
#include <utility>

#include "core/engine/cases/words.hpp"
#include "core/engine/desk/case_fact.hpp"
#include "core/engine/desk/case_name.hpp"
#include "core/engine/desk/door.hpp"
#include "core/engine/desk/holder.hpp"
#include "core/engine/desk/json_text.hpp"
#include "core/engine/desk/kept_outcome.hpp"
#include "core/engine/desk/times.hpp"
#include "core/engine/desk/way.hpp"
#include "core/engine/people/sealed_people.hpp"
#include "raccordo/model/topic_of_kind.hpp"

namespace raccordo::cases {
namespace {

constexpr std::size_t kDueAtOnce = 100;
constexpr std::size_t kPoolsAtOnce = 100;
// Who says whether the right to a booking is there: a payer's connector, in the case's data.
constexpr const char* kProvedBy = "proved_by";
constexpr Duration kLongestWait = std::chrono::hours(1);
constexpr std::int64_t kTriedAgainMs = 60'000;  // a step of time that could not be made
constexpr Duration kWhileOneStands = std::chrono::seconds(1);
constexpr std::string_view kVersion = ".v1";

std::int64_t milliseconds_of(WallTime time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

CaseOutcome refused(std::string code, Text why) {
  CaseOutcome outcome;
  outcome.code = std::move(code);
  outcome.reason = std::move(why);
  return outcome;
}

// What was asked for cannot be, for a reason that whoever asked is told.
bool is_refusal(const Error& error) {
  return error.code == ErrorCode::kInvalid || error.code == ErrorCode::kNotFound ||
         error.code == ErrorCode::kDenied;
}

// Of one case or wallet: what others asked for has its answers.
bool is_of_one(const Error& error) {
  return is_refusal(error) || error.code == ErrorCode::kCorrupt || error.code == ErrorCode::kTooLarge;
}

// A case that cannot be worked at keeps nobody else from being worked at.
template <typename Work>
Status fenced(std::string_view about, Work work) {
  try {
    return work();
  } catch (const std::exception& bug) {
    return error(ErrorCode::kBug, as_is(fmt::format("{}: {}", about, bug.what())));
  }
}

// Takes what is said about people out of `json`: open, for this moment only. Empty: nothing is said.
std::string taken_people(nlohmann::json& json) {
  const auto people = json.find("people");
  if (people == json.end()) return {};
  auto text = people->dump();
  json.erase(people);
  return text;
}

// What `decide` looks for.
void foresee(const CaseCommand& command, const nlohmann::json& said, Foreseen& foreseen) {
  foreseen.messages.emplace_back(command.connector, command.message);
  if (!said.is_object()) return;
  const std::string_view machine = std::string_view(command.type).substr(0, command.type.find('.'));
  if (const auto id = Uuid::parse(text_of(said, "case")))
    foreseen.cases.push_back(*id);
  else if (const auto own = text_of(said, "id"); !own.empty())
    foreseen.asked.emplace_back(command.connector, kept_name(machine, own));
}

std::string_view code_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kEarly:
      return "too_early";
    case Verdict::kLate:
      return "too_late";
    case Verdict::kNotYours:
      return "not_yours";
    case Verdict::kUnknown:
      return "unknown_step";
    default:
      return "not_legal_now";
  }
}

std::vector<Party> parties_of(const Handling& handling) {
  std::vector<Party> parties;
  if (handling.record.asked_by == handling.connector) parties.push_back(Party::kCustomer);
  if (handling.record.answered_by == handling.connector) parties.push_back(Party::kProvider);
  if (handling.data.value(kProvedBy, "") == handling.connector) parties.push_back(Party::kPayer);
  return parties;
}

// One partner may have several parts in a case: the step is made by the first whose it is now, or was.
Answer judge_for(const Machine& machine, const Standing& standing, const std::vector<Party>& parties,
                 Handling& handling) {
  std::vector<Answer> answers;
  for (const auto party : parties) answers.push_back(judge(machine, standing, handling.event, party));
  std::size_t chosen = 0;
  for (const auto wanted : {Verdict::kRepeated, Verdict::kStep})
    for (std::size_t i = parties.size(); i-- > 0;)
      if (answers[i].verdict == wanted) chosen = i;
  handling.party = parties[chosen];
  return std::move(answers[chosen]);
}

}  // namespace

// A command, taken apart.
struct CaseDesk::Asked {
  const CaseCommand& command;
  const Procedure& procedure;
  std::string event;
  nlohmann::json json;
  std::string people;             // open, for this moment only
  std::string people_of_request;  // the same, of a case that the step makes besides
};

std::optional<std::int64_t> Procedure::time_of(const nlohmann::json& data, std::string_view field) const {
  const auto found = data.find(field);
  if (found == data.end() || !found->is_string()) return std::nullopt;
  return unix_ms_of(found->get_ref<const std::string&>());
}

CaseDesk::CaseDesk(DeskFacts facts, std::vector<const Procedure*> procedures, CaseStore& store,
                   const Seals* seals, const Clock& clock)
    : facts_(std::move(facts)),
      procedures_(std::move(procedures)),
      store_(store),
      seals_(seals),
      clock_(clock) {}

const Procedure* CaseDesk::procedure_of(std::string_view machine) const {
  const auto found =
      std::ranges::find(procedures_, machine, [](const auto* each) { return each->machine().name; });
  return found == procedures_.end() ? nullptr : *found;
}

Result<std::vector<CaseOutcome>> CaseDesk::give(std::span<const CaseCommand> commands) {
  return give(commands, std::vector<std::optional<CaseOutcome>>(commands.size()));
}

Result<std::vector<CaseOutcome>> CaseDesk::give(std::span<const CaseCommand> commands,
                                                std::span<const std::optional<CaseOutcome>> refused_before) {
  std::vector<CaseOutcome> outcomes(commands.size());
  std::vector<nlohmann::json> said(commands.size());
  std::vector<CaseStore::Work> works;
  Foreseen foreseen;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    if (!refused_before[i]) said[i] = nlohmann::json::parse(commands[i].json, nullptr, false);
    foresee(commands[i], said[i], foreseen);
    works.emplace_back([this, &command = commands[i], &json = said[i], &before = refused_before[i],
                        &outcome = outcomes[i]](CaseTransaction& transaction) {
      return take(transaction, command, json, before, outcome);
    });
  }
  RACCORDO_TRY(auto ends,
               store_.transact(works, commands.empty() ? Fence() : commands.front().fence, foreseen));
  for (std::size_t i = 0; i < ends.size(); ++i) {
    if (ends[i].ok()) continue;
    if (!is_of_one(ends[i].error())) return ends[i].error();
    if (outcomes[i].code.empty()) outcomes[i] = refused("not_possible", ends[i].error().message);
  }
  return outcomes;
}

Status CaseDesk::take(CaseTransaction& transaction, const CaseCommand& command, const nlohmann::json& said,
                      const std::optional<CaseOutcome>& refused_before, CaseOutcome& outcome) const {
  outcome = {};
  RACCORDO_TRY(const auto known, transaction.inbox(command.connector, command.message));
  const std::string about = command.connector + "\n" + command.message;
  if (known) {
    RACCORDO_TRY(outcome, outcome_kept(known->answer, about, seals_));
    outcome.repeated = true;
    if (known->content != command.content)
      outcome = refused(kMessageReused, say("un altro messaggio ha già questo nome",
                                            "another message has this name already"));
    return done();
  }
  try {
    if (refused_before) {
      outcome = *refused_before;
    } else {
      RACCORDO_TRY(outcome, decide(transaction, command, said));
    }
  } catch (const nlohmann::json::exception&) {  // a field that is of another type than it should
    outcome = refused(kInvalidCommand, say("un campo del comando non è del tipo giusto",
                                           "a field of the command is of the wrong type"));
    return error(ErrorCode::kInvalid, outcome.reason);  // what was done by then is undone
  }
  return transaction.remember({command.connector, command.message, command.content,
                               kept_outcome(outcome, about, seals_), milliseconds_of(clock_.now())});
}

Result<CaseOutcome> CaseDesk::decide(CaseTransaction& transaction, const CaseCommand& command,
                                     const nlohmann::json& said) const {
  const auto dot = command.type.find('.');
  const auto* procedure = procedure_of(std::string_view(command.type).substr(0, dot));
  if (procedure == nullptr || dot == std::string::npos || !command.type.ends_with(kVersion))
    return refused("unknown_command", say("«{}» non è un comando di questo hub",
                                          "\"{}\" is no command of this hub", command.type));
  if (!said.is_object())
    return refused(kInvalidCommand, say("il comando non è un oggetto JSON", "the command is no JSON object"));
  Asked asked{
      command, *procedure, command.type.substr(dot + 1, command.type.size() - dot - 1 - kVersion.size()),
      said,    {},         {}};
  asked.people = taken_people(asked.json);
  if (const auto request = asked.json.find("request"); request != asked.json.end())
    asked.people_of_request = taken_people(*request);
  const std::string machine(procedure->machine().name);
  std::optional<CaseRecord> record;
  if (const auto id = text_of(asked.json, "case"); !id.empty()) {
    const auto parsed = Uuid::parse(id);
    if (!parsed)
      return refused(kInvalidCommand, say("case: «{}» non è una pratica", "case: \"{}\" is no case", id));
    RACCORDO_TRY(record, transaction.find(*parsed));
    if (!record || record->machine != machine)
      return refused("unknown_case", say("nessuna pratica {}", "there is no case {}", id));
  } else if (const auto own = text_of(asked.json, "id"); !own.empty()) {
    RACCORDO_TRY(record, transaction.find_asked(command.connector, kept_name(machine, own)));
    if (record && record->machine != machine)
      return refused_field("id_taken", "id",
                           say("un'altra pratica ha già questo nome", "another case has this name already"));
  } else {
    return refused(kInvalidCommand,
                   say("mancano case e id: di quale pratica?", "case and id are missing: which case?"));
  }
  return record ? go_on(transaction, asked, std::move(*record)) : begin(transaction, asked);
}

Result<CaseOutcome> CaseDesk::begin(CaseTransaction& transaction, Asked& asked) const {
  Handling handling{transaction,
                    {},
                    nlohmann::json::object(),
                    std::move(asked.json),
                    asked.event,
                    Party::kCustomer,
                    milliseconds_of(clock_.now()),
                    true,
                    nlohmann::json::object(),
                    {}};
  auto& record = handling.record;
  record.id = Uuid::random();
  record.machine = asked.procedure.machine().name;
  record.asked_by = asked.command.connector;
  record.asked_id = kept_name(record.machine, handling.command.value("id", ""));
  const auto answer = judge(asked.procedure.machine(), {}, asked.event, Party::kCustomer);
  if (answer.verdict != Verdict::kStep) return refusal(asked.procedure, handling, answer);
  if (auto begun = asked.procedure.begin(handling); !begun.ok()) {
    if (!is_refusal(begun.error())) return begun.error();
    return refused(kInvalidCommand, begun.error().message);
  }
  RACCORDO_CHECK(seal_people(handling, asked.people));
  return step(asked.procedure, handling, asked.command);
}

Result<CaseOutcome> CaseDesk::go_on(CaseTransaction& transaction, Asked& asked, CaseRecord record) const {
  Handling handling{transaction,
                    std::move(record),
                    {},
                    std::move(asked.json),
                    asked.event,
                    Party::kCustomer,
                    milliseconds_of(clock_.now()),
                    false,
                    nlohmann::json::object(),
                    std::move(asked.people_of_request)};
  RACCORDO_TRY(handling.data, data_kept(handling.record));
  handling.connector = asked.command.connector;
  const auto parties = parties_of(handling);
  // Who has no part in a case is not told that it is there.
  if (parties.empty())
    return refused("unknown_case",
                   say("nessuna pratica {}", "there is no case {}", handling.record.id.text()));
  const auto standing = standing_of(handling);
  const auto& machine = asked.procedure.machine();
  auto named = asked.procedure.step_of(handling);
  if (!named.ok()) {
    if (!is_refusal(named.error())) return named.error();
    return refused(kInvalidCommand, named.error().message);
  }
  if (named->empty()) {
    Answer repeated;
    repeated.verdict = Verdict::kRepeated;
    return refusal(asked.procedure, handling, repeated);
  }
  handling.event = std::move(named).value();
  auto answer = judge_for(machine, standing, parties, handling);
  if (answer.verdict != Verdict::kStep) return refusal(asked.procedure, handling, answer);
  if (auto amended = asked.procedure.amend(handling); !amended.ok()) {
    if (!is_refusal(amended.error())) return amended.error();
    return refused(kInvalidCommand, amended.error().message);
  }
  RACCORDO_TRY(auto not_said, add_people(asked.procedure, handling, asked.people));
  if (not_said) return *std::move(not_said);
  return step(asked.procedure, handling, asked.command);
}

Result<CaseOutcome> CaseDesk::step(const Procedure& procedure, Handling& handling,
                                   const CaseCommand& command) const {
  RACCORDO_TRY(const auto way, way_of(procedure, handling));
  if (way.transition == nullptr) {
    auto outcome = refusal(procedure, handling,
                           judge(procedure.machine(), standing_of(handling), handling.event, handling.party));
    outcome.code = way.why.code;
    outcome.reason = way.why.why;
    return outcome;
  }
  auto birth = procedure.bears(handling);
  if (!birth.ok() && is_refusal(birth.error())) return refused(kInvalidCommand, birth.error().message);
  if (!birth.ok()) return birth.error();
  if (*birth) {
    RACCORDO_TRY(auto not_born, bear(handling, **std::move(birth), command));
    if (not_born) return *std::move(not_born);
  }
  RACCORDO_CHECK(keep(procedure, handling, *way.transition, command));
  RACCORDO_CHECK(follow(handling));
  CaseOutcome outcome;
  outcome.accepted = true;
  outcome.revision = handling.record.revision;
  outcome.data = data_of(handling.record);
  return outcome;
}

// Who asked for the one asked for the other, whoever makes the step.
Result<std::optional<CaseOutcome>> CaseDesk::bear(Handling& parent, Birth birth,
                                                  const CaseCommand& command) const {
  const auto* procedure = procedure_of(birth.machine);
  if (procedure == nullptr) return error(ErrorCode::kBug, as_is("no procedure " + birth.machine));
  const auto people = people_of(parent);
  if (!people.ok()) return people.error();
  Handling child{parent.transaction,
                 {},
                 nlohmann::json::object(),
                 std::move(birth.json),
                 birth.event,
                 Party::kCustomer,
                 parent.now_ms,
                 true,
                 nlohmann::json::object(),
                 {}};
  auto& record = child.record;
  record.id = Uuid::random();
  record.machine = birth.machine;
  record.asked_by = parent.record.asked_by;
  record.asked_id = kept_name(birth.machine, child.command.value("id", ""));
  RACCORDO_TRY(const auto taken, parent.transaction.find_asked(record.asked_by, record.asked_id));
  if (taken)
    return std::optional(
        refused_field("id_taken", "request.id",
                      say("un'altra pratica ha già questo nome", "another case has this name already")));
  if (auto begun = procedure->begin(child); !begun.ok()) {
    if (!is_refusal(begun.error())) return begun.error();
    return std::optional(refused(kInvalidCommand, begun.error().message));
  }
  RACCORDO_CHECK(seal_people(child, *people));
  RACCORDO_TRY(const auto way, way_of(*procedure, child));
  const auto* state =
      way.transition == nullptr ? nullptr : state_of(procedure->machine(), way.transition->to);
  if (state == nullptr) return std::optional(refused(way.why.code, way.why.why));
  if (state->ends) return std::optional(refused(way.why.code, way.why.why));
  RACCORDO_CHECK(keep(*procedure, child, *way.transition, command));
  parent.data[birth.link] = record.id.text();
  return std::optional<CaseOutcome>();
}

// The effects, the case and its history.
Status CaseDesk::keep(const Procedure& procedure, Handling& handling, const Transition& transition,
                      const CaseCommand& command) const {
  const auto& machine = procedure.machine();
  auto& record = handling.record;
  const auto before = standing_of(handling);
  const Standing behind = after(machine, before, transition);
  const std::string from = record.state;
  record.revision += 1;
  record.state = behind.state;
  const auto* state = state_of(machine, record.state);
  record.ended = state != nullptr && state->ends;
  record.changed_ms = handling.now_ms;
  handling.data["awaits"] = name_of(behind.awaits);
  procedure.set_deadlines(handling, behind);
  bool tells = false;
  for (const auto effect : words_of(transition.effects)) {
    if (effect == "tell")
      tells = true;
    else
      RACCORDO_CHECK(procedure.make(effect, handling));
  }
  const auto next = due(machine, behind, handling.now_ms,
                        [&](std::string_view field) { return procedure.time_of(handling.data, field); });
  record.due_ms = next ? next->time_ms : 0;
  record.due_event = next ? next->event : std::string_view();
  record.data = handling.data.dump();
  RACCORDO_CHECK(handling.transaction.put(
      record,
      {record.id, record.revision, handling.event, from, record.state, std::string(name_of(handling.party)),
       command.connector, command.message, handling.note.dump(), handling.now_ms}));
  return tells ? tell(procedure, handling) : done();
}

Status CaseDesk::tell(const Procedure& procedure, const Handling& handling) const {
  const auto& machine = procedure.machine();
  const auto topic = topic_of_kind(machine.name);
  return handling.transaction.tell(
      {0, facts_.topic_prefix + "welfare." + std::string(topic.empty() ? "bookings" : topic),
       handling.record.id.text(), case_fact(facts_.hub, machine.name, handling.record)});
}

CaseOutcome CaseDesk::refusal(const Procedure& procedure, const Handling& handling, Answer answer) const {
  CaseOutcome outcome;
  outcome.accepted = answer.verdict == Verdict::kRepeated;
  outcome.repeated = outcome.accepted;
  outcome.revision = handling.record.revision;
  if (!handling.begins) outcome.data = data_of(handling.record);
  if (outcome.accepted) return outcome;
  outcome.code = code_of(answer.verdict);
  outcome.reason = {answer.message.it + (answer.hint.it.empty() ? "" : ": " + answer.hint.it),
                    answer.message.en + (answer.hint.en.empty() ? "" : ": " + answer.hint.en)};
  for (const auto& possible : answer.legal)
    if (possible.by.has(handling.party))
      outcome.legal_now.push_back(std::string(procedure.machine().name) + "." + std::string(possible.event) +
                                  std::string(kVersion));
  return outcome;
}

// Whose wallet pays: the payer's, else that of who asks.
Status CaseDesk::seal_people(Handling& handling, const std::string& people) const {
  if (people.empty()) return done();
  if (seals_ == nullptr) return no_keys();
  if (auto holder = holder_of(*seals_, nlohmann::json::parse(people)))
    handling.data["hub"]["holder"] = *std::move(holder);
  const auto keys = seals_->begin(handling.record.id);
  handling.record.people = sealed_people(*keys, people, 1);
  return done();
}

Result<std::optional<CaseOutcome>> CaseDesk::add_people(const Procedure& procedure, Handling& handling,
                                                        const std::string& people) const {
  const auto says = procedure.says_about_people(handling.event);
  const auto json = people.empty() ? nlohmann::json::object() : nlohmann::json::parse(people);
  for (const auto name : says)
    if (!json.contains(name))
      return std::optional(
          refused_field("missing", "people." + std::string(name), say("manca", "it is missing")));
  for (const auto& [name, value] : json.items())
    if (std::ranges::find(says, name) == says.end())
      return std::optional(
          refused_field("not_said_here", "people." + name,
                        say("con questo passo non si dice", "it is not said with this step")));
  if (says.empty()) return std::optional<CaseOutcome>();
  if (seals_ == nullptr) return no_keys();
  auto& record = handling.record;
  RACCORDO_TRY(record.people, people_with(*seals_, record.id, record.people, people, record.revision + 1));
  return std::optional<CaseOutcome>();
}

// What a case that is made besides is told about people: what the command says, else who asked.
Result<std::string> CaseDesk::people_of(const Handling& parent) const {
  if (!parent.people_of_request.empty() || parent.record.people.empty() || seals_ == nullptr)
    return parent.people_of_request;
  RACCORDO_TRY(const auto open, opened_people(*seals_, parent.record.id, parent.record.people));
  const auto json = nlohmann::json::parse(open);
  const auto applicant = json.find("applicant");
  return applicant == json.end() ? std::string() : nlohmann::json{{"applicant", *applicant}}.dump();
}

// What follows from a step that was made, of this case or of others.
Status CaseDesk::follow(Handling& handling) const {
  for (const auto& next : std::exchange(handling.then, {})) {
    RACCORDO_CHECK(follow(handling.transaction, next));
    if (next.id != handling.record.id) continue;
    RACCORDO_TRY(auto behind, handling.transaction.find(next.id));
    if (behind) handling.record = std::move(*behind);
  }
  return done();
}

// A rule that does not hold leaves that case as it is.
Status CaseDesk::follow(CaseTransaction& transaction, const Following& next) const {
  RACCORDO_TRY(auto record, transaction.find(next.id));
  const auto* procedure = record ? procedure_of(record->machine) : nullptr;
  if (procedure == nullptr) return error(ErrorCode::kBug, as_is("nothing follows in " + next.id.text()));
  Handling handling{
      transaction, std::move(*record), {}, nullptr, next.event, Party::kHub, milliseconds_of(clock_.now()),
      false,       {{"follows", true}}};
  RACCORDO_TRY(handling.data, data_kept(handling.record));
  RACCORDO_CHECK(procedure->amend(handling));
  RACCORDO_CHECK(step(*procedure, handling, {}));
  return done();
}

Status CaseDesk::offer_places(const std::function<bool(std::string_view pool)>& is_meant,
                              const CaseStore::Fence& fence) {
  std::string after;
  for (;;) {
    RACCORDO_TRY(const auto pools, store_.pools_waited_for(after, kPoolsAtOnce));
    if (pools.empty()) return done();
    std::vector<CaseStore::Work> works;
    for (const auto& pool : pools)
      if (is_meant(pool))
        works.emplace_back([this, &pool](CaseTransaction& transaction) -> Status {
          return fenced(pool, [&] { return offer_places(transaction, pool); });
        });
    if (!works.empty()) {
      RACCORDO_TRY(const auto ends, store_.transact(works, fence));
      for (const auto& end : ends)
        if (!end.ok()) stands_still_ = end.error();
    }
    after = pools.back();
  }
}

Status CaseDesk::offer_places(CaseTransaction& transaction, const std::string& pool) const {
  for (const auto* procedure : procedures_) {
    RACCORDO_TRY(const auto line, procedure->next_in_line(transaction, pool, milliseconds_of(clock_.now())));
    for (const auto& next : line) RACCORDO_CHECK(follow(transaction, next));
  }
  return done();
}

// A case whose step cannot be made is left for a while: the others have their time meanwhile.
Result<Duration> CaseDesk::let_time_pass(const CaseStore::Fence& fence) {
  const auto now_ms = milliseconds_of(clock_.now());
  RACCORDO_TRY(auto due, store_.due(now_ms, kDueAtOnce + left_until_.size()));
  std::erase_if(due, [&](const Uuid& id) {
    const auto left = left_until_.find(id);
    return left != left_until_.end() && left->second > now_ms;
  });
  std::vector<CaseStore::Work> works;
  for (const auto& id : due)
    works.emplace_back([this, id](CaseTransaction& transaction) {
      return fenced(id.text(), [&] { return time_comes(transaction, id); });
    });
  if (!works.empty()) {
    RACCORDO_TRY(const auto ends, store_.transact(works, fence));
    for (std::size_t i = 0; i < ends.size(); ++i) {
      left_until_.erase(due[i]);
      if (ends[i].ok()) continue;
      left_until_[due[i]] = now_ms + kTriedAgainMs;
      stands_still_ = ends[i].error();
    }
    return Duration::zero();
  }
  if (left_until_.empty()) stands_still_.reset();
  RACCORDO_TRY(const auto next, store_.next_due());
  if (!next) return kLongestWait;
  if (*next <= now_ms) return kWhileOneStands;
  return std::clamp<Duration>(std::chrono::milliseconds(*next - now_ms), Duration::zero(), kLongestWait);
}

Status CaseDesk::time_comes(CaseTransaction& transaction, const Uuid& id) const {
  RACCORDO_TRY(auto record, transaction.find(id));
  const auto now_ms = milliseconds_of(clock_.now());
  if (!record || record->due_ms == 0 || record->due_ms > now_ms) return done();
  const auto* procedure = procedure_of(record->machine);
  if (procedure == nullptr) return error(ErrorCode::kBug, as_is("no procedure " + record->machine));
  Handling handling{
      transaction, std::move(*record),       {}, nullptr, record->due_event, Party::kHub, now_ms,
      false,       nlohmann::json::object(), {}};
  handling.event = handling.record.due_event;
  RACCORDO_TRY(handling.data, data_kept(handling.record));
  RACCORDO_CHECK(procedure->step_of(handling));  // what becomes of its sessions
  handling.event = handling.record.due_event;
  handling.then.clear();
  RACCORDO_TRY(const auto outcome, step(*procedure, handling, {}));
  if (outcome.accepted) return done();
  return error(ErrorCode::kBug, say("pratica {}: allo scadere del tempo «{}» non è possibile: {}",
                                    "case {}: when its time is over \"{}\" is not possible: {}", id.text(),
                                    handling.event, outcome.reason.en));
}

}  // namespace raccordo::cases
