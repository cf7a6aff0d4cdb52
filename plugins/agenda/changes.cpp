// SPDX-License-Identifier: EUPL-1.2
#include "plugins/agenda/changes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "raccordo/model/case/booking_command.hpp"

namespace agenda {
namespace {

using namespace raccordo;

constexpr const char* kConfirm = "booking.confirm.v1";
constexpr const char* kRefuse = "booking.refuse.v1";
constexpr const char* kCancel = "booking.cancel.v1";
constexpr const char* kReschedule = "booking.reschedule.v1";

BookingCommand about(const std::string& booking, std::int64_t revision) {
  BookingCommand command;
  command.booking = booking;
  if (revision > 0) command.revision = revision;
  return command;
}

Reason because(const char* code, const Text& text) { return {code, text.it + " ⁄ " + text.en}; }

Step step_of(const char* name, const BookingCommand& command) {
  Step step{name, {}};
  encode(command, step.json);
  return step;
}

Session session_of(const Span& span) { return {text_of(span.end), text_of(span.start)}; }

Step moved(const std::string& booking, const Marks& marks, const std::vector<Span>& times) {
  auto command = about(booking, marks.revision);
  command.reason =
      because("moved_in_agenda", say("spostata nell'agenda di chi eroga", "moved in the provider's agenda"));
  if (marks.times.size() > 1)
    for (const auto& each : times) command.sessions.push_back(session_of(each));
  else
    command.start = text_of(times.front().start), command.end = text_of(times.front().end);
  return step_of(kReschedule, command);
}

Step cancelled(const std::string& booking, const Reason& why) {
  auto command = about(booking, 0);
  command.reason = why;
  return step_of(kCancel, command);
}

Change no_step(const char* code, const Text& text) { return {std::nullopt, NoStep{code, text}}; }

// The same number of times elsewhere is a move; fewer or more are another series.
Change moved_or_not(const Appointment& one, const std::string& booking) {
  const auto& marks = *one.marks;
  if (one.all_day)
    return no_step("day_moved", say("il giorno d'inizio di un'iscrizione non si sposta dall'agenda",
                                    "the day on which an enrolment begins is not moved in the agenda"));
  if (one.times.size() == marks.times.size()) return {moved(booking, marks, one.times), std::nullopt};
  return no_step("sessions_changed",
                 say("gli incontri erano {} e ora sono {}: disdire o aggiungere singoli incontri va detto "
                     "alla pratica, non all'agenda",
                     "there were {} sessions and now there are {}: cancelling or adding single sessions is "
                     "told to the case, not to the agenda",
                     marks.times.size(), one.times.size()));
}

}  // namespace

Change change_of(const Appointment& one, const std::string& booking) {
  const auto was = one.marks ? one.marks->stands : Stands::kNowhere;
  if (was == Stands::kCancelled) return {};
  if (one.stands == Stands::kCancelled)
    return {cancelled(booking, because("cancelled_in_agenda", say("annullata nell'agenda di chi eroga",
                                                                  "cancelled in the provider's agenda"))),
            std::nullopt};
  if (one.marks && !one.times.empty() && one.times != one.marks->times) return moved_or_not(one, booking);
  if (one.stands == Stands::kConfirmed && was != Stands::kConfirmed)
    return {confirmed(booking, one.marks ? one.marks->revision : 0), std::nullopt};
  return {};
}

Step deleted(const std::string& booking) {
  return cancelled(booking, because("deleted_in_agenda", say("tolta dall'agenda di chi eroga",
                                                             "taken out of the provider's agenda")));
}

Step confirmed(const std::string& booking, std::int64_t revision) {
  return step_of(kConfirm, about(booking, revision));
}

Step refused(const std::string& booking, std::int64_t revision, bool taken, const std::vector<Span>& next) {
  auto why = taken ? say("l'ora non è più libera nell'agenda", "the time is no longer free in the agenda")
                   : say("l'agenda non offre quell'ora", "the agenda does not offer that time");
  std::string times;
  for (const auto& each : next) times += (times.empty() ? "" : ", ") + shown(each);
  if (!times.empty())
    why = {fmt::format("{}; prossime ore libere: {}", why.it, times),
           fmt::format("{}; next free times: {}", why.en, times)};
  auto command = about(booking, revision);
  command.reason = because(taken ? "slot_taken" : "slot_not_offered", why);
  return step_of(kRefuse, command);
}

}  // namespace agenda
