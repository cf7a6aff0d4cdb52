// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/cases/rules.hpp"

#include <algorithm>

#include "core/engine/cases/refusal.hpp"
#include "core/engine/cases/words.hpp"

namespace raccordo::cases {
namespace {

// What becomes of a step that is about some of several sessions: the hub's word, nobody can say it.
constexpr std::string_view kOfSome = "_part";

bool legal_from(const Transition& transition, const Standing& standing) {
  return has_word(transition.from, standing.state) &&
         (!transition.while_awaited || *transition.while_awaited == standing.awaits);
}

std::size_t place_of(const Machine& machine, std::string_view state) {
  const auto found = std::ranges::find(machine.states, state, &State::name);
  return static_cast<std::size_t>(found - machine.states.begin());
}

bool is_of(const Transition& transition, std::string_view event, Party by) {
  return transition.event == event && transition.by.has(by);
}

bool ever_made(const Machine& machine, std::string_view event, Party by) {
  return std::ranges::any_of(machine.transitions, [&](const auto& one) { return is_of(one, event, by); });
}

// The case stands already where the event leads; or it is there, and the event begins cases.
bool is_repeated(const Machine& machine, const Standing& standing, std::string_view event, Party by) {
  return std::ranges::any_of(machine.transitions, [&](const auto& one) {
    return is_of(one, event, by) &&
           (one.from.empty() || (one.to != "=" && after(machine, {}, one) == standing));
  });
}

// In a state behind the present one, or in this one once somebody else is awaited.
bool is_legal_further_on(const Machine& machine, const Standing& standing, std::string_view event, Party by) {
  const auto* state = state_of(machine, standing.state);
  if (state == nullptr || state->ends) return false;
  const auto here = place_of(machine, standing.state);
  return std::ranges::any_of(machine.transitions, [&](const auto& one) {
    return is_of(one, event, by) && std::ranges::any_of(words_of(one.from), [&](auto from) {
             return place_of(machine, from) >= here;
           });
  });
}

Verdict verdict_of(const Machine& machine, const Standing& standing, std::string_view event, Party by) {
  if (event_of(machine, event) == nullptr) return Verdict::kUnknown;
  if (!ever_made(machine, event, by)) return Verdict::kNotYours;
  if (standing.state.empty()) return Verdict::kEarly;
  if (is_repeated(machine, standing, event, by)) return Verdict::kRepeated;
  return is_legal_further_on(machine, standing, event, by) ? Verdict::kEarly : Verdict::kLate;
}

}  // namespace

const State* state_of(const Machine& machine, std::string_view name) {
  const auto found = std::ranges::find(machine.states, name, &State::name);
  return found == machine.states.end() ? nullptr : &*found;
}

const Named* event_of(const Machine& machine, std::string_view name) {
  const auto found = std::ranges::find(machine.events, name, &Named::name);
  return found == machine.events.end() ? nullptr : &*found;
}

std::string_view name_elsewhere(const Machine& machine, std::string_view standard, std::string_view state) {
  for (const auto& name : machine.names_elsewhere)
    if (name.standard == standard && name.state == state) return name.name;
  return {};
}

const Transition* find(const Machine& machine, const Standing& standing, std::string_view event, Party by) {
  const auto found = std::ranges::find_if(machine.transitions, [&](const auto& one) {
    return is_of(one, event, by) && legal_from(one, standing);
  });
  return found == machine.transitions.end() ? nullptr : &*found;
}

Standing after(const Machine& machine, const Standing& standing, const Transition& transition) {
  if (transition.to == "=") return standing;
  const auto* state = state_of(machine, transition.to);
  const auto awaits = state == nullptr ? Party::kHub : state->awaits;
  return {transition.to, transition.then_awaits.value_or(awaits)};
}

std::vector<Possible> legal_now(const Machine& machine, const Standing& standing) {
  std::vector<Possible> legal;
  for (const auto& event : machine.events) {
    for (const auto& one : machine.transitions) {
      if (one.event != event.name || !legal_from(one, standing) || one.by == Parties(Party::kHub)) continue;
      if (event.name.ends_with(kOfSome)) continue;
      legal.push_back({event.name, event.label, one.by, after(machine, standing, one).state});
    }
  }
  return legal;
}

Answer judge(const Machine& machine, const Standing& standing, std::string_view event, Party by) {
  Answer answer;
  answer.transition = find(machine, standing, event, by);
  if (answer.transition != nullptr) {
    answer.verdict = Verdict::kStep;
    return answer;
  }
  answer.verdict = verdict_of(machine, standing, event, by);
  answer.legal = legal_now(machine, standing);
  answer.message = why_not(machine, standing, answer.verdict, event, by);
  answer.hint = what_instead(machine, answer, event);
  return answer;
}

Decision decide(const Transition& transition, std::span<const Held> held) {
  for (const auto wanted : {Held::kFails, Held::kWaits}) {
    for (std::size_t i = 0; i < transition.guards.size() && i < held.size(); ++i) {
      if (held[i] != wanted) continue;
      const auto& guard = transition.guards[i];
      return {false, wanted == Held::kFails ? guard.fails : guard.waits, i};
    }
  }
  return {true, {}, 0};
}

bool has_seen_more(std::optional<std::int64_t> stated, std::int64_t revision) {
  return stated && *stated > revision;
}

bool answers_what_stands(std::optional<std::int64_t> stated, std::int64_t revision, bool was_moved) {
  return stated ? *stated == revision : !was_moved;
}

std::optional<Due> due(const Machine& machine, const Standing& standing, std::int64_t since_ms,
                       const TimeOf& time_of) {
  std::optional<Due> earliest;
  for (const auto& timeout : machine.timeouts) {
    if (timeout.state != standing.state) continue;
    if (timeout.while_awaited && *timeout.while_awaited != standing.awaits) continue;
    const auto said = timeout.field.empty() ? std::nullopt : time_of(timeout.field);
    if (!said && timeout.seconds_without_field == 0) continue;
    const auto time =
        said ? *said + timeout.seconds_after_field * 1000 : since_ms + timeout.seconds_without_field * 1000;
    if (!earliest || time < earliest->time_ms) earliest = Due{time, timeout.event};
  }
  return earliest;
}

}  // namespace raccordo::cases
