// SPDX-License-Identifier: EUPL-1.2
// What a machine's tables say of one case: whether a step can be made, or why not and what can. No store, no
// clock, nothing that waits. [any]
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/engine/cases/machine.hpp"

namespace raccordo::cases {

// Where a case stands. Without a state: there is no case yet.
struct Standing {
  std::string_view state;
  Party awaits = Party::kHub;
  friend bool operator==(const Standing&, const Standing&) = default;
};

enum class Verdict {
  kStep,      // make it
  kRepeated,  // the case stands already where this leads: nothing to do, and no error
  kEarly,     // legal further on: what it follows has not come yet; worth sending again
  kLate,      // the case has passed where it was legal; sending it again does not help
  kNotYours,  // this party never makes this step
  kUnknown,   // no such event
};

struct Possible {
  std::string_view event;
  Label label;
  Parties by;
  std::string_view to;  // the state that it leads to, where its guards hold
};

struct Answer {
  Verdict verdict = Verdict::kUnknown;
  const Transition* transition = nullptr;  // kStep
  std::vector<Possible> legal;             // now, by whomever but the hub; none of it with kStep
  Text message;                            // why not; of kRepeated: that it is so already
  Text hint;                               // what is legal now, and by whom
};

// The step `event` by this party. A state that the machine does not have is an end of which nothing is known.
[[nodiscard]] Answer judge(const Machine& machine, const Standing& standing, std::string_view event,
                           Party by);

// The transition alone, or null.
[[nodiscard]] const Transition* find(const Machine& machine, const Standing& standing, std::string_view event,
                                     Party by);
// Where the case stands behind it.
[[nodiscard]] Standing after(const Machine& machine, const Standing& standing, const Transition& transition);
// What can be done now, by whomever but the hub, in the order of the machine's events.
[[nodiscard]] std::vector<Possible> legal_now(const Machine& machine, const Standing& standing);

// What a guard said of this case.
enum class Held { kHolds, kFails, kWaits };

struct Decision {
  bool made = false;         // the step is made as it is
  std::string_view instead;  // else: the event that the hub makes in its place, or empty: none is
  std::size_t guard = 0;     // which guard decided; meaningless where made
};

// The first guard that fails decides; where none fails, the first that waits. `held` has an answer for each.
[[nodiscard]] Decision decide(const Transition& transition, std::span<const Held> held);

// A message that states a revision above the case's follows one that has not come yet: it is early, whatever
// it says.
[[nodiscard]] bool has_seen_more(std::optional<std::int64_t> stated, std::int64_t revision);

// The guard "revision": a message that states one answers the case as it stands at that one; a message that
// states none (a file's, a mail's) answers a case of which nothing agreed was ever changed.
[[nodiscard]] bool answers_what_stands(std::optional<std::int64_t> stated, std::int64_t revision,
                                       bool was_moved);

struct Due {
  std::int64_t time_ms = 0;
  std::string_view event;
  friend bool operator==(const Due&, const Due&) = default;
};
// The time (ms) that a field of the case's data says, or nothing.
using TimeOf = std::function<std::optional<std::int64_t>(std::string_view field)>;
// When time alone makes a step of a case that stands so since `since_ms`, the earliest; nothing: never.
[[nodiscard]] std::optional<Due> due(const Machine& machine, const Standing& standing, std::int64_t since_ms,
                                     const TimeOf& time_of);

[[nodiscard]] const State* state_of(const Machine& machine, std::string_view name);
[[nodiscard]] const Named* event_of(const Machine& machine, std::string_view name);
// What the standard calls this state, or empty.
[[nodiscard]] std::string_view name_elsewhere(const Machine& machine, std::string_view standard,
                                              std::string_view state);

[[nodiscard]] std::string_view name_of(Party party);  // "customer"
[[nodiscard]] std::optional<Party> party_of(std::string_view name);
[[nodiscard]] Label label_of(Party party);
// "chi ha chiesto o chi eroga"
[[nodiscard]] Text words_of(Parties parties);

}  // namespace raccordo::cases
