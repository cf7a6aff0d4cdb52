// SPDX-License-Identifier: EUPL-1.2
// A booking of several sessions, of which some are attended, missed or cancelled: which step of the machine a
// message about some of them is.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "raccordo/model/result.hpp"

namespace raccordo::cases {

enum class SessionState { kToCome, kAttended, kNoShow, kCancelled };

[[nodiscard]] std::string_view name_of(SessionState state);  // "to_come", "attended", "no_show", "cancelled"

struct Session {
  std::string start;  // RFC 3339: what tells sessions of a booking apart
  std::string end;
  SessionState state = SessionState::kToCome;
  friend bool operator==(const Session&, const Session&) = default;
};

// What a message about sessions is.
struct SessionStep {
  std::string event;                 // the step to judge: "attend" or "attend_part"; empty: all is so already
  std::string then;                  // the step that the hub makes behind it, or empty
  std::vector<std::size_t> changed;  // which sessions it is about: their shares are what moves
  std::vector<Session> sessions;     // as they are behind it
};

// attend, no_show and cancel, of the sessions that begin as named (none named: all that are to come). Any
// other command, and any about a booking without sessions, is the event of its own name. A missed session
// that turns out to have been attended is corrected (correct_part); one attended is never taken back. Errors:
// kInvalid: a session that the booking does not have, or that is over in another way.
[[nodiscard]] Result<SessionStep> session_step(std::string_view command, std::span<const Session> sessions,
                                               std::span<const std::string> starts);

}  // namespace raccordo::cases
