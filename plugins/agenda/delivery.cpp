// SPDX-License-Identifier: EUPL-1.2
#include "plugins/agenda/delivery.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "plugins/agenda/changes.hpp"
#include "plugins/agenda/dav.hpp"
#include "plugins/agenda/writing.hpp"

namespace agenda {
namespace {

using namespace raccordo;

constexpr Header kCalendar{"Content-Type", "text/calendar; charset=utf-8"};
constexpr Header kXml{"Content-Type", "application/xml; charset=utf-8"};
constexpr Header kOneDeep{"Depth", "1"};
constexpr std::uint32_t kNotFound = 404, kGone = 410, kNotAsItWas = 412;
constexpr Seconds kAhead = 14 * kDay;  // where free times are looked for in the place of one that is taken
constexpr std::size_t kMostNext = 3;
constexpr std::int64_t kMostTries = 5;  // against somebody who changes the same appointment

bool is_missing(const Response& response) { return response.status == kNotFound || response.status == kGone; }

// A weak one promises too little for If-Match (RFC 9110, section 13.1.1).
std::string_view strong_tag(const Response& response) {
  const auto tag = response.headers["ETag"];
  return tag.starts_with("W/") ? std::string_view() : tag;
}

void put(const std::string& path, const std::string& calendar, const Header& condition,
         const std::string& context, Effects& effects) {
  const std::array headers{kCalendar, condition};
  effects.send({.method = "PUT",
                .path = path,
                .query = {},
                .headers = std::span(headers).first(condition.value.empty() ? 1 : 2),
                .body = calendar},
               context);
}

// Free times that are long enough, behind the one that was asked for.
std::vector<Span> next_of(const std::vector<Span>& free, const Span& wanted) {
  std::vector<Span> next;
  const auto length = wanted.end - wanted.start;
  for (const auto& each : free)
    if (each.end - each.start >= length && each.start >= wanted.start && next.size() < kMostNext)
      next.push_back(each);
  return next;
}

}  // namespace

struct Delivery::Under {
  std::string booking;  // JSON
  Visit visit;
  std::int64_t tries = 0;
  bool by_hand = false;  // a person confirms it, whatever was configured

  [[nodiscard]] std::string context(std::string_view step) const {
    Fields fields;
    fields.add("to", step).add("tries", tries).add("booking", booking);
    if (by_hand) fields.add("by_hand", "1");
    return fields.text();
  }
  [[nodiscard]] std::string path() const { return path_of(visit.booking); }
};

bool Delivery::confirms(const Under& under) const {
  const auto& visit = under.visit;
  return visit.state == "requested" && !visit.all_day && !under.by_hand && options_.confirm == "automatic";
}

void Delivery::on_event(const Event& event, Effects& effects) const {
  if (event.kind != "booking")
    return effects.filter(say("un'agenda prende solo prenotazioni", "an agenda takes bookings only"));
  auto visit = visit_of(event.data, options_.wording());
  if (event.deleted || !visit)
    return effects.reject(
        "invalid_data", "",
        event.deleted ? say("una pratica non si cancella", "a case is not deleted") : visit.error().message);
  if (visit->stands == Stands::kNowhere)
    return effects.filter(say("nell'agenda resta com'è", "in the agenda it stays as it is"));
  Under under{std::string(event.data), std::move(*visit), 0, false};
  if (under.visit.stands != Stands::kTentative) return get(std::move(under), effects);
  if (confirms(under)) return look(under, effects);
  create(under, effects);
}

bool Delivery::on_response(const Response& response, Effects& effects) const {
  const auto context = Fields::of(response.context);
  const auto step = context["to"];
  if (step.empty()) return false;
  Under under{std::string(context["booking"]),
              {},
              context.number("tries").value_or(kMostTries),
              context["by_hand"] == "1"};
  auto visit = visit_of(under.booking, options_.wording());
  if (!visit) return effects.reject("wrong_context", "", visit.error().message), true;
  under.visit = std::move(*visit);
  if (step == "look")
    looked(under, response, effects);
  else if (step == "create")
    created(under, response, effects);
  else if (step == "get")
    got(under, response, effects);
  else
    changed(under, response, effects);
  return true;
}

// What stands in the agenda at that time, and in the two weeks behind it.
void Delivery::look(const Under& under, Effects& effects) const {
  const auto& times = under.visit.times;
  const auto body = dav::ask_within({times.front().start, times.back().end + kAhead});
  const std::array headers{kXml, kOneDeep};
  effects.send({.method = "REPORT", .path = "/", .query = {}, .headers = headers, .body = body},
               under.context("look"));
}

// Whether the time is free nobody can tell where an appointment cannot be read: then a person confirms.
void Delivery::looked(Under under, const Response& response, Effects& effects) const {
  if (!response.ok()) return;  // the refusal stands
  const auto answer = dav::read_multistatus(response.body);
  if (!answer) return effects.reject("invalid_answer", "", answer.error().message);
  const auto& visit = under.visit;
  std::vector<Appointment> agenda;
  const Span window{visit.times.front().start, visit.times.back().end + kAhead};
  for (const auto& each : answer->resources) {
    if (each.calendar.empty()) continue;
    auto calendar = read_calendar(each.calendar, window);
    if (!calendar) {
      under.by_hand = true;
      effects.finding("unreadable_appointment", each.href, calendar.error().message);
      continue;
    }
    for (const auto& trouble : calendar->troubles) {
      under.by_hand = true;
      effects.finding(trouble.code, trouble.uid, trouble.text);
    }
    std::ranges::move(calendar->appointments, std::back_inserter(agenda));
  }
  const auto own = uid_of(visit.booking);
  for (const auto& each : under.by_hand ? std::vector<Span>() : visit.times) {
    const auto room = room_for(each, agenda, options_.offering(), own);
    if (room == Room::kFree) continue;
    const auto next = next_of(free_times(agenda, options_.offering(), own), each);
    const auto step = refused(visit.booking, visit.revision, room == Room::kTaken, next);
    return effects.command(step.command, step.json);
  }
  create(under, effects);
}

void Delivery::create(const Under& under, Effects& effects) const {
  put(under.path(), new_calendar(under.visit), {"If-None-Match", "*"}, under.context("create"), effects);
}

// There already: it was asked for again, was moved, or our answer was lost.
void Delivery::created(const Under& under, const Response& response, Effects& effects) const {
  if (response.status == kNotAsItWas) return get(under, effects);
  if (response.ok()) ended(under, effects);
}

void Delivery::get(Under under, Effects& effects) const {
  if (++under.tries > kMostTries)
    return effects.reject(
        "changed_all_the_time", "",
        say("l'appuntamento cambia a ogni tentativo", "the appointment changes at every try"));
  effects.send({.method = "GET", .path = under.path(), .query = {}, .headers = {}, .body = {}},
               under.context("get"));
}

// What is over need not be there. Whoever took out an appointment is heard by the reading; one that is merely
// not there, as in an agenda that is new, is written.
void Delivery::got(const Under& under, const Response& response, Effects& effects) const {
  if (response.ok()) return change(under, response, effects);
  if (!is_missing(response)) return;
  if (under.visit.stands == Stands::kCancelled)
    return effects.filter(say("non è nell'agenda", "it is not in the agenda"));
  if (under.visit.stands == Stands::kConfirmed)
    effects.finding("written_again", uid_of(under.visit.booking),
                    say("la prenotazione confermata non era nell'agenda: vi è scritta ora",
                        "the confirmed booking was not in the agenda: it is written now"));
  create(under, effects);
}

void Delivery::change(const Under& under, const Response& response, Effects& effects) const {
  const auto text = changed_calendar(response.body, under.visit);
  if (!text) return effects.reject("not_ours", "", text.error().message);
  const Header condition{"If-Match", strong_tag(response)};
  if (under.visit.stands == Stands::kCancelled && options_.cancelled == "delete" && *text) {
    effects.send({.method = "DELETE",
                  .path = under.path(),
                  .query = {},
                  .headers = std::span(&condition, condition.value.empty() ? 0 : 1),
                  .body = {}},
                 under.context("change"));
    return;
  }
  if (!*text) return ended(under, effects);
  put(under.path(), **text, condition, under.context("change"), effects);
}

void Delivery::changed(const Under& under, const Response& response, Effects& effects) const {
  if (response.status == kNotAsItWas) return get(under, effects);
  if (response.ok() || is_missing(response)) ended(under, effects);
}

void Delivery::ended(const Under& under, Effects& effects) const {
  if (!confirms(under)) return effects.filter(say("l'agenda è aggiornata", "the agenda is up to date"));
  const auto step = confirmed(under.visit.booking, under.visit.revision);
  effects.command(step.command, step.json);
}

}  // namespace agenda
