// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/cases/check_machine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/engine/cases/rules.hpp"
#include "core/engine/cases/words.hpp"

namespace raccordo::cases {
namespace {

using Names = std::set<std::string_view>;

// "confirm from requested"
std::string shown(const Transition& one) {
  return fmt::format("{} from {}", one.event, one.from.empty() ? "nothing" : one.from);
}

class Check {
 public:
  explicit Check(const Machine& machine) : machine_(machine) {}

  std::vector<std::string> findings() {
    names();
    for (const auto& one : machine_.transitions) transition(one);
    for (const auto& timeout : machine_.timeouts) time(timeout);
    for (const auto& name : machine_.names_elsewhere) known(name.state, states_, "names elsewhere", "state");
    doubles();
    travel();
    unused();
    return std::move(findings_);
  }

 private:
  template <typename... Args>
  void say_that(fmt::format_string<const Args&...> words, const Args&... args) {
    findings_.push_back(fmt::format(words, args...));
  }

  void known(std::string_view name, const Names& names, std::string_view where, std::string_view what) {
    if (!names.contains(name)) say_that("{}: unknown {} \"{}\"", where, what, name);
  }

  template <typename Entries>
  Names names_in(const Entries& entries, std::string_view what) {
    Names names;
    for (const auto& entry : entries) {
      if (entry.label.it.empty() || entry.label.en.empty())
        say_that("{} \"{}\" lacks a label", what, entry.name);
      if (!names.insert(entry.name).second) say_that("{} \"{}\" stands twice", what, entry.name);
    }
    return names;
  }

  void names() {
    if (machine_.label.it.empty() || machine_.label.en.empty()) say_that("the machine lacks a label");
    states_ = names_in(machine_.states, "state");
    events_ = names_in(machine_.events, "event");
    guards_ = names_in(machine_.guards, "guard");
    effects_ = names_in(machine_.effects, "effect");
  }

  void transition(const Transition& one) {
    const auto where = shown(one);
    for (const auto from : words_of(one.from)) {
      known(from, states_, where, "state");
      ends_stay_ends(one, from);
    }
    if (one.to == "=") {
      if (one.from.empty()) say_that("{}: a case cannot begin where it stands", where);
      if (one.then_awaits) say_that("{}: whoever is awaited stays the same with \"=\"", where);
    } else {
      known(one.to, states_, where, "state");
    }
    known(one.event, events_, where, "event");
    for (const auto effect : words_of(one.effects)) known(effect, effects_, where, "effect");
    for (const auto& guard : one.guards) alternatives(one, guard);
    if (one.by.empty()) say_that("{}: nobody may make it", where);
  }

  void ends_stay_ends(const Transition& one, std::string_view from) {
    const auto *before = state_of(machine_, from), *behind = state_of(machine_, one.to);
    if (before != nullptr && before->ends && behind != nullptr && !behind->ends)
      say_that("{}: {} is an end, {} is none", shown(one), from, one.to);
  }

  // What is made in a step's place can be made by the hub wherever the step can.
  void alternatives(const Transition& one, const Guard& guard) {
    known(guard.rule, guards_, shown(one), "guard");
    auto states = words_of(one.from);
    if (states.empty()) states.push_back({});
    for (const auto event : {guard.fails, guard.waits}) {
      if (event.empty()) continue;
      for (const auto state : states)
        for (const auto awaited : awaited_in(one, state))
          if (find(machine_, {state, awaited}, event, Party::kHub) == nullptr)
            say_that("{}: the hub cannot make \"{}\" where {} decides so", shown(one), event, guard.rule);
      if (leads_back(one, event)) say_that("{}: \"{}\" in its place leads to itself", shown(one), event);
    }
  }

  // Who can be awaited where this step is legal.
  std::set<Party> awaited_in(const Transition& one, std::string_view state) {
    if (one.while_awaited) return {*one.while_awaited};
    std::set<Party> parties;
    if (const auto* known_state = state_of(machine_, state)) parties.insert(known_state->awaits);
    for (const auto& other : machine_.transitions)
      if (other.to == state && other.then_awaits) parties.insert(*other.then_awaits);
    if (state.empty()) parties.insert(Party::kHub);
    return parties;
  }

  bool leads_back(const Transition& one, std::string_view event) {
    Names seen{one.event}, next{event};
    while (!next.empty()) {
      const auto now = *next.begin();
      next.erase(next.begin());
      if (!seen.insert(now).second) return true;
      for (const auto& other : machine_.transitions) {
        if (other.event != now || !other.by.has(Party::kHub)) continue;
        for (const auto& guard : other.guards)
          for (const auto further : {guard.fails, guard.waits})
            if (!further.empty()) next.insert(further);
      }
      if (next.contains(one.event)) return true;
    }
    return false;
  }

  void time(const Timeout& timeout) {
    const auto* state = state_of(machine_, timeout.state);
    known(timeout.state, states_, "time-outs", "state");
    if (state == nullptr) return;
    if (state->ends) say_that("{} is an end, and has a time-out", timeout.state);
    if (timeout.field.empty() && timeout.seconds_without_field == 0)
      say_that("{}: a time-out without a time", timeout.state);
    const Standing standing{timeout.state, timeout.while_awaited.value_or(state->awaits)};
    if (find(machine_, standing, timeout.event, Party::kHub) == nullptr)
      say_that("{}: the hub cannot make \"{}\" when time is over", timeout.state, timeout.event);
  }

  static bool meet(const Transition& a, const Transition& b) {
    if (a.event != b.event) return false;
    if (a.while_awaited && b.while_awaited && *a.while_awaited != *b.while_awaited) return false;
    return true;
  }

  void doubles() {
    for (std::size_t i = 0; i < machine_.transitions.size(); ++i) {
      for (std::size_t j = i + 1; j < machine_.transitions.size(); ++j) {
        const auto &a = machine_.transitions[i], &b = machine_.transitions[j];
        if (!meet(a, b)) continue;
        auto states = words_of(a.from);
        if (states.empty()) states.push_back({});
        for (const auto state : states)
          for (const auto party : kParties)
            if (has_word(b.from, state) && a.by.has(party) && b.by.has(party))
              say_that("two steps \"{}\" from {} by {}", a.event, state.empty() ? "nothing" : state,
                       name_of(party));
      }
    }
  }

  // The states that steps lead to from `begin`, itself included.
  Names reached_from(std::string_view begin) {
    Names reached{begin};
    for (bool more = true; more;) {
      more = false;
      for (const auto& one : machine_.transitions) {
        if (one.to == "=") continue;
        const bool from_reached =
            std::ranges::any_of(reached, [&](auto state) { return has_word(one.from, state); });
        if (from_reached && reached.insert(one.to).second) more = true;
      }
    }
    return reached;
  }

  void travel() {
    const auto reached = reached_from({});
    if (reached.size() == 1) say_that("no case can begin");
    for (const auto& state : machine_.states) {
      if (!reached.contains(state.name)) say_that("no step leads to {}", state.name);
      const auto further = reached_from(state.name);
      const bool ends = std::ranges::any_of(further, [&](auto name) {
        const auto* behind = state_of(machine_, name);
        return behind != nullptr && behind->ends;
      });
      if (!ends) say_that("nothing leads from {} to an end", state.name);
    }
  }

  void unused() {
    Names events, guards, effects;
    for (const auto& one : machine_.transitions) {
      events.insert(one.event);
      for (const auto& guard : one.guards) guards.insert(guard.rule);
      for (const auto effect : words_of(one.effects)) effects.insert(effect);
    }
    unused(events_, events, "event");
    unused(guards_, guards, "guard");
    unused(effects_, effects, "effect");
  }

  void unused(const Names& named, const Names& used, std::string_view what) {
    for (const auto name : named)
      if (!used.contains(name)) say_that("{} \"{}\" stands in no step", what, name);
  }

  const Machine& machine_;
  std::vector<std::string> findings_;
  Names states_, events_, guards_, effects_;
};

}  // namespace

std::vector<std::string> check_machine(const Machine& machine) { return Check(machine).findings(); }

}  // namespace raccordo::cases
