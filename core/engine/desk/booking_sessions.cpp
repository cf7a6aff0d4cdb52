// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/booking_sessions.hpp"

#include <algorithm>
#include <set>

#include "core/engine/desk/json_text.hpp"
#include "core/engine/desk/times.hpp"

namespace raccordo::cases {
namespace {

constexpr SessionState kStates[] = {SessionState::kToCome, SessionState::kAttended, SessionState::kNoShow,
                                    SessionState::kCancelled};

SessionState state_named(std::string_view name) {
  const auto found = std::ranges::find(kStates, name, [](auto state) { return name_of(state); });
  return found == std::end(kStates) ? SessionState::kToCome : *found;
}

void put_sessions(const std::vector<Session>& sessions, nlohmann::json& booking) {
  auto& all = booking["sessions"] = nlohmann::json::array();
  for (const auto& each : sessions) {
    nlohmann::json one{{"start", each.start}, {"state", name_of(each.state)}};
    if (!each.end.empty()) one["end"] = each.end;
    all.push_back(std::move(one));
  }
}

Error no_time(std::string_view field, const std::string& text) {
  return error(ErrorCode::kInvalid,
               say("{}: «{}» non è una data e un'ora", "{}: \"{}\" is no date and time", field, text));
}

// Each has its own time.
Status check(const std::vector<Session>& sessions) {
  std::set<std::int64_t> starts;
  for (const auto& each : sessions) {
    const auto start = unix_ms_of(each.start);
    if (!start) return no_time("sessions.start", each.start);
    if (!each.end.empty() && !unix_ms_of(each.end)) return no_time("sessions.end", each.end);
    if (each.state != SessionState::kCancelled && !starts.insert(*start).second)
      return error(ErrorCode::kInvalid, say("sessions: due incontri cominciano il {}",
                                            "sessions: two sessions begin at {}", each.start));
  }
  return done();
}

Error no_session(std::int64_t number, std::size_t count) {
  return error(ErrorCode::kInvalid, say("session: l'incontro {} non c'è: sono {}",
                                        "session: there is no session {}: there are {}", number, count));
}

// As the booking writes its start; as the command does where none begins then.
std::string start_in(const std::vector<Session>& sessions, const std::string& start) {
  const auto time = unix_ms_of(start);
  const auto found =
      std::ranges::find_if(sessions, [&](const auto& each) { return unix_ms_of(each.start) == time; });
  return time && found != sessions.end() ? found->start : start;
}

// The starts of the sessions that the command names; none: all.
Result<std::vector<std::string>> named_in(const nlohmann::json& command,
                                          const std::vector<Session>& sessions) {
  std::vector<std::string> starts;
  if (!command.is_object()) return starts;
  if (const auto number = command.find("session"); number != command.end()) {
    const auto wanted = number->get<std::int64_t>();
    if (wanted < 1 || wanted > static_cast<std::int64_t>(sessions.size()))
      return no_session(wanted, sessions.size());
    starts.push_back(sessions[static_cast<std::size_t>(wanted - 1)].start);
  }
  if (const auto named = command.find("sessions"); named != command.end())
    for (const auto& each : *named) starts.push_back(start_in(sessions, text_of(each, "start")));
  return starts;
}

std::vector<std::size_t> to_come(const std::vector<Session>& sessions) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < sessions.size(); ++i)
    if (sessions[i].state == SessionState::kToCome) found.push_back(i);
  return found;
}

Error not_to_be_moved(std::size_t index, const Session& session) {
  return error(ErrorCode::kInvalid,
               say("l'incontro {} non si può più spostare: {}", "session {} cannot be moved any more: {}",
                   index + 1, name_of(session.state)));
}

Status move_one(std::int64_t number, const nlohmann::json& command, std::vector<Session>& sessions,
                std::vector<std::size_t>& parts) {
  if (number < 1 || number > static_cast<std::int64_t>(sessions.size()))
    return no_session(number, sessions.size());
  const auto index = static_cast<std::size_t>(number - 1);
  if (sessions[index].state != SessionState::kToCome) return not_to_be_moved(index, sessions[index]);
  sessions[index].start = text_of(command, "start");
  sessions[index].end = text_of(command, "end");
  parts = {index};
  return done();
}

// By the times that they have now: whoever says new ones may not know the numbers.
std::vector<std::size_t> in_order_of_time(const std::vector<Session>& sessions, bool to_come_only) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < sessions.size(); ++i)
    if (sessions[i].state == SessionState::kToCome ||
        (!to_come_only && sessions[i].state != SessionState::kCancelled))
      found.push_back(i);
  std::ranges::stable_sort(found, {}, [&](std::size_t i) { return unix_ms_of(sessions[i].start); });
  return found;
}

// New times of all that are to come, or of all but the cancelled: what took place stays when it was.
Status move_all(const nlohmann::json& times, std::vector<Session>& sessions,
                std::vector<std::size_t>& parts) {
  auto named = in_order_of_time(sessions, true);
  const auto count = named.size();
  if (times.size() != count) named = in_order_of_time(sessions, false);
  if (times.size() != named.size())
    return error(ErrorCode::kInvalid,
                 say("sessions: {} nuovi orari per {} incontri da svolgere",
                     "sessions: {} new times for {} sessions that are to come", times.size(), count));
  for (std::size_t i = 0; i < named.size(); ++i) {
    auto& session = sessions[named[i]];
    const auto start = text_of(times[i], "start");
    if (session.state != SessionState::kToCome) {
      if (unix_ms_of(start) != unix_ms_of(session.start)) return not_to_be_moved(named[i], session);
      continue;
    }
    session.start = start;
    session.end = text_of(times[i], "end");
    parts.push_back(named[i]);
  }
  return done();
}

}  // namespace

std::vector<Session> sessions_of(const nlohmann::json& booking) {
  std::vector<Session> sessions;
  const auto found = booking.find("sessions");
  if (found == booking.end() || !found->is_array()) return sessions;
  for (const auto& each : *found)
    sessions.push_back({text_of(each, "start"), text_of(each, "end"), state_named(text_of(each, "state"))});
  return sessions;
}

std::vector<nlohmann::json> occurrences_to_come(const nlohmann::json& booking,
                                                const std::vector<std::size_t>& parts) {
  const auto sessions = sessions_of(booking);
  if (sessions.empty()) return {booking};
  auto one = booking;
  one.erase("sessions");
  std::vector<nlohmann::json> all;
  for (const auto index : parts.empty() ? to_come(sessions) : parts) {
    one["start"] = sessions[index].start;
    one["end"] = sessions[index].end;
    all.push_back(one);
  }
  return all;
}

Status begin_sessions(nlohmann::json& booking) {
  auto sessions = sessions_of(booking);
  if (sessions.empty()) return done();
  for (auto& each : sessions) each.state = SessionState::kToCome;
  RACCORDO_CHECK(check(sessions));
  std::ranges::stable_sort(sessions, {}, [](const auto& each) { return unix_ms_of(each.start); });
  put_sessions(sessions, booking);
  return done();
}

Result<std::string> step_of_sessions(Handling& handling) {
  const auto sessions = sessions_of(handling.data);
  if (sessions.empty()) return handling.event;
  RACCORDO_TRY(const auto starts, named_in(handling.command, sessions));
  RACCORDO_TRY(auto step, session_step(handling.event, sessions, starts));
  if (!step.changed.empty()) put_sessions(step.sessions, handling.data);
  handling.parts = std::move(step.changed);
  if (!step.then.empty()) handling.then.push_back({handling.record.id, step.then});
  return std::move(step.event);
}

Status move_sessions(Handling& handling) {
  auto sessions = sessions_of(handling.data);
  const auto& command = handling.command;
  const auto left = to_come(sessions);
  if (command.contains("session")) {
    const auto number = command["session"].get<std::int64_t>();
    RACCORDO_CHECK(move_one(number, command, sessions, handling.parts));
  } else if (command.contains("sessions")) {
    RACCORDO_CHECK(move_all(command["sessions"], sessions, handling.parts));
  } else if (command.contains("start") && left.size() == 1) {
    const auto number = static_cast<std::int64_t>(left.front()) + 1;
    RACCORDO_CHECK(move_one(number, command, sessions, handling.parts));
  } else if (command.contains("start")) {
    return error(ErrorCode::kInvalid, say("session: quale incontro?", "session: which session?"),
                 say("session dice il numero dell'incontro, sessions i nuovi orari di tutti",
                     "session says the session's number, sessions the new times of all"));
  }
  RACCORDO_CHECK(check(sessions));
  put_sessions(sessions, handling.data);
  return done();
}

std::optional<std::int64_t> time_of_sessions(const std::vector<Session>& sessions, std::string_view field) {
  std::optional<std::int64_t> found;
  const bool any = !to_come(sessions).empty();
  for (const auto& each : sessions) {
    const auto time = unix_ms_of(field == "start" ? each.start : each.end);
    if (!time || (field == "start" && any && each.state != SessionState::kToCome)) continue;
    if (!found || (field == "start" ? *time < *found : *time > *found)) found = time;
  }
  return found;
}

std::int64_t share_of_sessions(std::int64_t amount, const std::vector<std::size_t>& parts,
                               std::size_t count) {
  const auto all = static_cast<std::int64_t>(count);
  std::int64_t sum = 0;
  for (const auto index : parts)
    sum += amount / all + (static_cast<std::int64_t>(index) < amount % all ? 1 : 0);
  return sum;
}

}  // namespace raccordo::cases
