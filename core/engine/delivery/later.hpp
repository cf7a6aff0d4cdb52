// SPDX-License-Identifier: EUPL-1.2
// Requests that a partner accepts now and answers later (202): asked for at the address that it names, or
// told by the next thing that becomes of the case. Either way until a time that does not move.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/engine/delivery/call.hpp"
#include "core/ports/clock.hpp"

namespace raccordo {

struct LaterRule {
  Duration poll = std::chrono::seconds(30);   // between two looks, where the partner does not say
  Duration give_up = std::chrono::hours(24);  // behind the 202; then the event is parked
  Duration callback{};  // the same where a call of the partner brings the answer; 0: it makes none
};

// How a delivery waits for the answer to its first request.
struct Awaiting {
  std::optional<Call> look;  // at the address where the answer will be; none: a call brings it
  std::int64_t since_ms = 0;
  std::int64_t until_ms = 0;
  int moved = 0;  // how often the partner named another address
};

// Where a 202, or a 303, says that the answer will be; as a request. None: it names no address.
[[nodiscard]] std::optional<WebRequest> address_in(const WebAnswer& answer);

// What is kept of a 202 while its answer is awaited: since when, and until when.
[[nodiscard]] WebAnswer marked(WebAnswer answer, const Awaiting& awaiting);
// The times of such an answer; none: it is an answer like any other.
[[nodiscard]] std::optional<Awaiting> mark_in(const WebAnswer& answer);

// When to look next, behind an answer that is no answer yet.
[[nodiscard]] Duration pause_of(const LaterRule& rule, const WebAnswer& answer);

}  // namespace raccordo
