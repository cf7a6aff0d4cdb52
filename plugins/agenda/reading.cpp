// SPDX-License-Identifier: EUPL-1.2
#include "plugins/agenda/reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "plugins/agenda/changes.hpp"
#include "plugins/agenda/dav.hpp"
#include "plugins/agenda/known.hpp"

namespace agenda {
namespace {

using namespace raccordo;

constexpr Header kXml{"Content-Type", "application/xml; charset=utf-8"};
constexpr std::size_t kAtOnce = 40;          // appointments of one REPORT
constexpr std::size_t kMostSchedules = 500;  // free times of a service
constexpr Seconds kKept = 45 * kDay;         // behind its end: until then a booking may still be cancelled
constexpr std::size_t kFew = 10;             // taken out at once by a person, whatever stood there
constexpr const char* kId = "agenda";        // of what is published: one agenda, one service

void ask(std::string_view method, std::string_view depth, const std::string& body, const std::string& context,
         Effects& effects) {
  const std::array headers{kXml, Header{"Depth", depth}};
  effects.send({.method = method, .path = "/", .query = {}, .headers = headers, .body = body}, context);
}

std::string with_slash(std::string href) {
  if (!href.ends_with('/')) href += '/';
  return href;
}

// Because of one version of an appointment a step is asked for once, however often that version is read; who
// changes it again asks again.
void give(const Step& step, const std::string& tag, Effects& effects) {
  effects.command(step.command, step.json, tag);
}

// An agenda that was emptied, or is another one, is no person's cancellation.
bool looks_like_a_loss(std::size_t gone, std::size_t of) {
  return (gone > 2 && gone == of) || (gone > kFew && gone * 2 > of);
}

void tell(const Trouble& trouble, Effects& effects) {
  effects.finding(trouble.code, trouble.uid,
                  Text{fmt::format("riga {}: {}", trouble.line, trouble.text.it),
                       fmt::format("line {}: {}", trouble.line, trouble.text.en)});
}

}  // namespace

// What is known in between, in the contexts.
struct AgendaReading::Poll {
  Seconds now = 0;
  std::string token;  // of the collection: what was read last, then what is being read
  std::string home;   // the collection's address as the server spells it
  bool syncs = false;
  bool whole = false;   // what is listed is all there is
  bool hourly = false;  // only time has passed
  Known known;

  static Poll of(std::string_view context) {
    const auto fields = Fields::of(context);
    Poll poll;
    poll.now = fields.number("now").value_or(0);
    poll.token = fields["token"];
    poll.home = fields["home"];
    poll.syncs = fields["syncs"] == "1";
    poll.whole = fields["whole"] == "1";
    poll.known = Known::of(fields["known"]);
    return poll;
  }
  [[nodiscard]] std::string context(std::string_view step) const {
    return Fields()
        .add("step", step)
        .add("now", now)
        .add("token", token)
        .add("home", home)
        .add("syncs", syncs ? "1" : "")
        .add("whole", whole ? "1" : "")
        .add("known", known.text())
        .text();
  }
  [[nodiscard]] std::string cursor() const {
    return Fields()
        .add("token", token)
        .add("home", home)
        .add("hour", now / kHour)
        .add("known", known.text())
        .text();
  }
};

void AgendaReading::on_tick(const Tick& tick, Effects& effects) const {
  const auto cursor = Fields::of(tick.cursor);
  Poll poll;
  poll.now = std::clamp(tick.now_ms / 1'000, kAlways.start, kAlways.end);
  poll.token = cursor["token"];
  poll.home = cursor["home"];
  poll.known = Known::of(cursor["known"]);
  poll.hourly = cursor.number("hour") != poll.now / kHour;
  ask("PROPFIND", "0", dav::ask_state(), poll.context(poll.hourly ? "state_hourly" : "state"), effects);
}

void AgendaReading::on_response(const Response& response, Effects& effects) const {
  const auto context = Fields::of(response.context);
  const auto step = context["step"];
  auto poll = Poll::of(response.context);
  if (poll.now < kAlways.start || poll.now > kAlways.end) poll.now = 0;
  if (step == "state" || step == "state_hourly") {
    poll.hourly = step == "state_hourly";
    return state(std::move(poll), response, effects);
  }
  if (step == "list") return list(std::move(poll), response, effects);
  if (step == "changed") return changed(std::move(poll), response, effects);
  if (step == "offered") return offered(poll, response, effects);
  if (step == "done") {
    effects.save_cursor(poll.cursor());
    return effects.filter(say("l'agenda è letta", "the agenda is read"));
  }
  effects.reject("wrong_context", "",
                 say("la risposta non è a una nostra domanda", "the response is to no question of ours"));
}

void AgendaReading::state(Poll poll, const Response& response, Effects& effects) const {
  if (!response.ok())
    return effects.reject("no_agenda", "",
                          say("l'agenda non c'è: il server risponde {}",
                              "the agenda is not there: the server answers {}", response.status));
  const auto answer = dav::read_multistatus(response.body);
  if (!answer) return effects.reject("invalid_answer", "", answer.error().message);
  if (answer->resources.empty() || !answer->is_calendar)
    return effects.reject(
        "no_agenda", "",
        say("all'indirizzo non c'è un'agenda CalDAV", "there is no CalDAV agenda at that address"));
  const auto home = with_slash(answer->resources.front().href);
  if (home != poll.home) {  // another agenda: what stood in the one before says nothing of it
    poll.token.clear();
    poll.known = {};
  }
  poll.home = home;
  poll.syncs = answer->offers_sync && !answer->sync_token.empty();
  const auto& now = poll.syncs ? answer->sync_token : answer->ctag;
  if (!now.empty() && now == poll.token) {
    if (poll.hourly && !options_.service.empty()) return go_on(std::move(poll), 0, effects);
    return effects.filter(say("nell'agenda niente è cambiato", "nothing changed in the agenda"));
  }
  poll.whole = !poll.syncs || poll.token.empty();
  if (!poll.syncs) poll.token = now;
  ask_list(poll, effects);
}

void AgendaReading::ask_list(const Poll& poll, Effects& effects) const {
  if (poll.syncs)
    return ask("REPORT", "0", dav::ask_changes(poll.whole ? "" : poll.token), poll.context("list"), effects);
  ask("REPORT", "1", dav::ask_list(poll.now - kKept), poll.context("list"), effects);
}

// A token that the server no longer knows: everything is listed.
void AgendaReading::list(Poll poll, const Response& response, Effects& effects) const {
  if (!response.ok() && poll.syncs && !poll.whole) {
    poll.whole = true;
    poll.token.clear();
    ask_list(poll, effects);
    return effects.filter(say("il server non ricorda da quando: si rilegge tutto",
                              "the server does not remember since when: all is read again"));
  }
  if (!response.ok())
    return effects.reject("no_list", "",
                          say("il server non elenca l'agenda: risponde {}",
                              "the server does not list the agenda: it answers {}", response.status));
  const auto answer = dav::read_multistatus(response.body);
  if (!answer) return effects.reject("invalid_answer", "", answer.error().message);
  std::set<std::string> listed, gone;
  for (const auto& each : answer->resources) {
    const auto booking = booking_of(each.href);
    if (booking.empty()) continue;
    if (each.status == 404)
      gone.insert(booking);
    else if (each.status / 100 == 2)
      listed.insert(booking), poll.known.seen(booking, each.etag);
  }
  if (poll.whole && !answer->has_more)
    for (const auto& booking : poll.known.bookings())
      if (!listed.contains(booking) && poll.known.find(booking)->end >= poll.now) gone.insert(booking);
  const auto steps = cancel(gone, poll, effects);
  if (!answer->sync_token.empty() && poll.syncs) {
    const bool more = answer->has_more && answer->sync_token != poll.token;
    poll.token = answer->sync_token;
    if (more) {
      poll.whole = false;
      return ask_list(poll, effects);
    }
  }
  if (const auto lost = poll.known.forget_before(poll.now - kKept); lost > 0)
    effects.finding(
        "agenda_too_large", "",
        say("più di {} prenotazioni: di {} non ci si accorge se vengono tolte",
            "more than {} bookings: of {} nobody notices when they are taken out", Known::kMost, lost));
  if (steps == 0) effects.filter(say("l'elenco è letto", "the list is read"));
  go_on(std::move(poll), steps, effects);
}

// An old appointment was tidied away. How many steps.
std::size_t AgendaReading::cancel(const std::set<std::string>& gone, Poll& poll, Effects& effects) const {
  std::vector<std::string> to_come;
  for (const auto& booking : gone) {
    const auto* const known = poll.known.find(booking);
    if (known == nullptr || known->unread || known->end >= poll.now)
      to_come.push_back(booking);
    else
      poll.known.forget(booking);
  }
  const auto all = std::ranges::count_if(
      poll.known.bookings(), [&](const auto& booking) { return poll.known.find(booking)->end >= poll.now; });
  if (looks_like_a_loss(to_come.size(), static_cast<std::size_t>(all))) {
    effects.finding(
        "agenda_emptied", "",
        say("{} appuntamenti su {} sono spariti insieme: niente è disdetto. Se è voluto, disdire le "
            "pratiche",
            "{} appointments of {} vanished at once: nothing is cancelled. If it is meant, cancel the "
            "cases",
            to_come.size(), all));
    return 0;
  }
  for (const auto& booking : to_come) {
    const auto* const known = poll.known.find(booking);
    give(deleted(booking), known == nullptr ? std::string() : known->tag, effects);
    poll.known.forget(booking);
  }
  return to_come.size();
}

// What is to be asked next; the cursor is kept behind the last.
void AgendaReading::go_on(Poll poll, std::size_t steps, Effects& effects) const {
  const auto unread = poll.known.unread(kAtOnce);
  if (!unread.empty()) {
    std::vector<std::string> hrefs;
    for (const auto& booking : unread) hrefs.push_back(poll.home + path_of(booking).substr(1));
    return ask("REPORT", "1", dav::ask_for(hrefs), poll.context("changed"), effects);
  }
  if (!options_.service.empty())
    return ask("REPORT", "1", dav::ask_within({poll.now, poll.now + options_.days * kDay}),
               poll.context("offered"), effects);
  if (steps > 0) return ask("PROPFIND", "0", dav::ask_state(), poll.context("done"), effects);
  effects.save_cursor(poll.cursor());
}

void AgendaReading::changed(Poll poll, const Response& response, Effects& effects) const {
  const auto answer = dav::read_multistatus(response.ok() ? response.body : "");
  if (!answer)  // not parked: it may tell of people
    return effects.finding("invalid_answer", "", answer.error().message),
           effects.filter(say("si rilegge alla prossima", "it is read again the next time"));
  std::size_t steps = 0;
  for (const auto& each : answer->resources) {
    const auto booking = booking_of(each.href);
    if (booking.empty() || poll.known.find(booking) == nullptr) continue;
    if (each.status == 404 || each.calendar.empty()) continue;  // the next poll is told that it is gone
    const auto calendar = read_calendar(each.calendar, kAlways);
    if (!calendar) {
      effects.finding("unreadable_appointment", uid_of(booking), calendar.error().message);
      continue;
    }
    for (const auto& trouble : calendar->troubles) tell(trouble, effects);
    for (const auto& one : calendar->appointments) {
      if (one.uid != uid_of(booking) && !(one.marks && one.marks->booking == booking)) continue;
      poll.known.read(booking, one.times.empty() ? poll.now : one.times.back().end);
      const auto change = change_of(one, booking);
      if (change.no_step) effects.finding(change.no_step->code, one.uid, change.no_step->text);
      if (change.step) give(*change.step, poll.known.find(booking)->tag, effects), ++steps;
    }
  }
  // What did not come, or could not be read, is not asked for twice in one poll.
  for (const auto& booking : poll.known.unread(kAtOnce)) poll.known.read(booking, poll.now + kDay);
  if (steps == 0) effects.filter(say("niente da dire alle pratiche", "nothing to tell to the cases"));
  go_on(std::move(poll), steps, effects);
}

void AgendaReading::offered(const Poll& poll, const Response& response, Effects& effects) const {
  const auto answer = dav::read_multistatus(response.ok() ? response.body : "");
  if (!answer)
    return effects.finding("invalid_answer", "", answer.error().message),
           effects.filter(say("si rilegge alla prossima", "it is read again the next time"));
  const Span window{poll.now, poll.now + options_.days * kDay};
  std::vector<Appointment> agenda;
  for (const auto& each : answer->resources) {
    if (each.calendar.empty()) continue;
    auto calendar = read_calendar(each.calendar, window);
    if (!calendar) {
      effects.finding("unreadable_appointment", each.href, calendar.error().message);
      continue;
    }
    for (const auto& trouble : calendar->troubles) tell(trouble, effects);
    std::ranges::move(calendar->appointments, std::back_inserter(agenda));
  }
  auto free = free_times(agenda, options_.offering());
  std::erase_if(free, [&](const Span& each) { return each.start < poll.now; });
  if (free.size() > kMostSchedules) {
    effects.finding("too_many_free_times", "",
                    say("{} ore libere: pubblicate le prime {}", "{} free times: the first {} are published",
                        free.size(), kMostSchedules));
    free.resize(kMostSchedules);
  }
  publish(free, effects);
  effects.save_cursor(poll.cursor());
}

// One service, bookable in one way, as many at a time as the agenda takes; its schedules are the free times.
void AgendaReading::publish(const std::vector<Span>& free, Effects& effects) const {
  Service service;
  service.id = kId;
  service.name = options_.service;
  for (const auto& each : free) {
    Schedule schedule;
    schedule.id = basic_text(each.start);
    schedule.dtstart = schedule.valid_from = day_text(each.start);
    schedule.valid_to = day_text(std::max(each.start, each.end - 1));
    schedule.opens_at = clock_text(each.start);
    schedule.closes_at = clock_text(each.end);
    service.schedules.push_back(std::move(schedule));
  }
  effects.publish(service);
  Offer offer;
  offer.id = kId;
  offer.service = kId;
  offer.channel = options_.channel;
  offer.booking_kinds = {"slot", "series"};
  effects.publish(offer);
  Capacity capacity;
  capacity.id = kId;
  capacity.service = kId;
  capacity.total = options_.places;
  effects.publish(capacity);
}

}  // namespace agenda
