// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/cases/sessions.hpp"

#include <algorithm>
#include <optional>

namespace raccordo::cases {
namespace {

std::optional<SessionState> led_to_by(std::string_view command) {
  if (command == "attend") return SessionState::kAttended;
  if (command == "no_show") return SessionState::kNoShow;
  if (command == "cancel") return SessionState::kCancelled;
  return std::nullopt;
}

bool any_in(std::span<const Session> sessions, SessionState state) {
  return std::ranges::find(sessions, state, &Session::state) != sessions.end();
}

std::vector<std::size_t> all_in(std::span<const Session> sessions, SessionState state) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < sessions.size(); ++i)
    if (sessions[i].state == state) found.push_back(i);
  return found;
}

Error not_so(const Session& session, SessionState wanted) {
  return error(ErrorCode::kInvalid,
               say("l'incontro del {0} è già registrato come {1}: non può diventare {2}",
                   "the session of {0} is recorded as {1} already: it cannot become {2}", session.start,
                   name_of(session.state), name_of(wanted)),
               say("una presenza o una disdetta registrata non si cambia",
                   "a recorded attendance or cancellation stays"));
}

// Which sessions change; those that are so already do not.
Result<std::vector<std::size_t>> chosen(std::span<const Session> sessions,
                                        std::span<const std::string> starts, SessionState wanted) {
  if (starts.empty()) {
    auto changed = all_in(sessions, SessionState::kToCome);
    // Nothing to come, and they were there after all.
    if (changed.empty() && wanted == SessionState::kAttended)
      changed = all_in(sessions, SessionState::kNoShow);
    return changed;
  }
  std::vector<std::size_t> changed;
  for (const auto& start : starts) {
    const auto found = std::ranges::find(sessions, start, &Session::start);
    if (found == sessions.end())
      return error(
          ErrorCode::kInvalid, say("nessun incontro comincia il {}", "no session begins at {}", start),
          say("l'inizio va scritto come nella prenotazione", "write the beginning as the booking has it"));
    if (found->state == wanted) continue;
    const bool corrects = found->state == SessionState::kNoShow && wanted == SessionState::kAttended;
    if (found->state != SessionState::kToCome && !corrects) return not_so(*found, wanted);
    changed.push_back(static_cast<std::size_t>(found - sessions.begin()));
  }
  std::ranges::sort(changed);
  changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
  return changed;
}

// The last sessions of a booking end it: as they ended, if all ended so, or as attended if any was.
void name_step(std::string_view command, bool corrects, SessionState wanted, SessionStep& step) {
  const bool whole = !any_in(step.sessions, SessionState::kToCome);
  const bool attended = any_in(step.sessions, SessionState::kAttended);
  const bool missed = any_in(step.sessions, SessionState::kNoShow);
  if (corrects) {
    step.event = "correct_part";
  } else if (!whole) {
    step.event = std::string(command) + "_part";
  } else if (wanted == SessionState::kAttended) {
    step.event = "attend";
  } else if (!attended && (wanted == SessionState::kNoShow || !missed)) {
    step.event = std::string(command);
  } else {
    step.event = std::string(command) + "_part";
    step.then = attended ? "attend" : "no_show";
  }
}

}  // namespace

std::string_view name_of(SessionState state) {
  switch (state) {
    case SessionState::kToCome:
      return "to_come";
    case SessionState::kAttended:
      return "attended";
    case SessionState::kNoShow:
      return "no_show";
    case SessionState::kCancelled:
      return "cancelled";
  }
  return {};
}

Result<SessionStep> session_step(std::string_view command, std::span<const Session> sessions,
                                 std::span<const std::string> starts) {
  SessionStep step{std::string(command), {}, {}, {sessions.begin(), sessions.end()}};
  const auto wanted = led_to_by(command);
  if (!wanted || sessions.empty()) return step;
  RACCORDO_TRY(step.changed, chosen(sessions, starts, *wanted));
  bool to_come = false, corrected = false;
  for (const auto index : step.changed)
    (step.sessions[index].state == SessionState::kToCome ? to_come : corrected) = true;
  if (to_come && corrected)
    return error(
        ErrorCode::kInvalid,
        say("incontri da correggere e incontri nuovi insieme", "sessions to correct together with new ones"),
        say("vanno detti in due messaggi", "say them in two messages"));
  for (const auto index : step.changed) step.sessions[index].state = *wanted;
  // Nothing named that would change: the message is repeated. Nothing named at all is about the booking.
  if (step.changed.empty()) {
    if (!starts.empty()) step.event.clear();
    return step;
  }
  name_step(command, corrected, *wanted, step);
  return step;
}

}  // namespace raccordo::cases
