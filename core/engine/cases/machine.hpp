// SPDX-License-Identifier: EUPL-1.2
// A procedure as data: its states, who may make which step, what a step asks for and does, and what time
// does. The engine knows no procedure: it reads these tables (rules.hpp).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "raccordo/model/text.hpp"

namespace raccordo::cases {

// Who makes a step. The hub itself: time, and what follows from another step.
enum class Party : std::uint8_t { kCustomer, kProvider, kPayer, kHub };
inline constexpr Party kParties[] = {Party::kCustomer, Party::kProvider, Party::kPayer, Party::kHub};

class Parties {
 public:
  constexpr Parties() = default;
  constexpr Parties(Party one) : bits_(bit(one)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] constexpr bool has(Party one) const { return (bits_ & bit(one)) != 0; }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
  constexpr void add(Parties others) { bits_ |= others.bits_; }
  friend constexpr bool operator==(Parties, Parties) = default;

 private:
  static constexpr unsigned bit(Party one) { return 1U << static_cast<unsigned>(one); }
  unsigned bits_ = 0;
};

[[nodiscard]] constexpr Parties operator|(Parties some, Party one) {
  some.add(one);
  return some;
}
[[nodiscard]] constexpr Parties operator|(Party a, Party b) { return Parties(a) | b; }

// What a table calls by name, and how people call it.
struct Named {
  std::string_view name;
  Label label;
};

// They stand in the order in which a case goes through them: what is legal only in states before the present
// one comes late, what is legal only behind it comes early.
struct State {
  std::string_view name;  // "requested"
  Label label;
  Party awaits = Party::kHub;  // who is to make the next step
  bool ends = false;           // nothing is awaited; a step behind it only corrects, and leads to an end
};

// A rule that must hold for a step. Where it does not, the hub makes another step in its place, from the same
// state, with that step's own guards; without a name the step is not made.
struct Guard {
  std::string_view rule;
  std::string_view fails;  // the event where it does not hold
  std::string_view waits;  // the event where nobody can say yet
};

// From each state that `from` names, with blanks between, by each of `by`.
struct Transition {
  std::string_view from;   // empty: the case begins with it
  std::string_view event;  // "confirm"
  std::string_view to;     // "=": the same state, and the same party is awaited
  Parties by;
  std::span<const Guard> guards = {};       // all are asked, in this order
  std::string_view effects = {};            // with blanks between, done in this order
  std::optional<Party> while_awaited = {};  // legal only while the case awaits this one
  std::optional<Party> then_awaits = {};    // where it is not the one that the state awaits
};

// A case that stands in `state` makes the step `event` by itself at the time (RFC 3339) that the field says,
// and so many seconds; where the field is missing, so many seconds after it came to stand so (0: never).
struct Timeout {
  std::string_view state;
  std::string_view event;
  std::string_view field;
  std::int64_t seconds_after_field = 0;
  std::int64_t seconds_without_field = 0;
  std::optional<Party> while_awaited = {};
};

struct NameElsewhere {
  std::string_view state;
  std::string_view standard;
  std::string_view name;
};

struct Machine {
  std::string_view name;  // "booking": commands are booking.EVENT.v1, facts booking.STATE.v1
  Label label;
  std::span<const State> states;
  std::span<const Named> events;
  std::span<const Named> guards;
  std::span<const Named> effects;
  std::span<const Transition> transitions;
  std::span<const Timeout> timeouts;
  std::span<const NameElsewhere> names_elsewhere = {};
  std::span<const Named> kinds = {};  // what a case may be about, where there are several
};

}  // namespace raccordo::cases
