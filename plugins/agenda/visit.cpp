// SPDX-License-Identifier: EUPL-1.2
#include "plugins/agenda/visit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "raccordo/model/case/booking.hpp"
#include "raccordo/model/decode.hpp"
#include "raccordo/model/uuid.hpp"

namespace agenda {
namespace {

using namespace raccordo;

constexpr std::string_view kPrefix = "raccordo-";
constexpr std::string_view kEnding = ".ics";
constexpr std::size_t kMostSessions = 500;

// What iCalendar calls each state (docs/reference/machines.md). What took place stays as it was confirmed.
Stands stands_in(std::string_view state) {
  if (state == "requested" || state == "held") return Stands::kTentative;
  if (state == "confirmed") return Stands::kConfirmed;
  if (state == "attended" || state == "no_show") return Stands::kNowhere;
  return Stands::kCancelled;
}

bool add_time(std::string_view start, std::string_view end, std::vector<Span>& times) {
  const auto from = seconds_of(start), to = seconds_of(end);
  if (!from || !to || *to < *from) return false;
  times.push_back({*from, *to});
  return true;
}

bool read_times(const Booking& booking, Visit& visit) {
  if (booking.from && !booking.start) {
    const auto day = midnight_of(*booking.from);
    visit.all_day = true;
    if (day) visit.times.push_back({*day, *midnight_of(day_text(*day + kDay + 2 * kHour))});
    return day.has_value();
  }
  if (booking.sessions.size() > kMostSessions) return false;
  for (const auto& each : booking.sessions)
    if (each.state != "cancelled" && !add_time(each.start, each.end, visit.times)) return false;
  if (visit.times.empty() && booking.start && booking.end)
    return add_time(*booking.start, *booking.end, visit.times);
  std::ranges::sort(visit.times);
  return !visit.times.empty();
}

void add_line(std::string_view it, const std::optional<std::string>& value, std::string& text) {
  if (value && !value->empty()) text += fmt::format("{}: {}\n", it, *value);
}

std::string full_name(const Person& person) {
  const auto name = person.name.value_or(""), surname = person.surname.value_or("");
  return name + (name.empty() || surname.empty() ? "" : " ") + surname;
}

// Who comes, and who asked where that is somebody else.
void tell_of(const Booking& booking, Shows shows, Visit& visit) {
  if (!booking.people || shows == Shows::kNothing) return;
  const auto& comes = booking.people->beneficiary ? booking.people->beneficiary : booking.people->applicant;
  if (!comes) return;
  if (const auto name = full_name(*comes); !name.empty()) {
    visit.summary += " - " + name;
    visit.names_people = true;
  }
  if (shows != Shows::kContacts) return;
  const auto before = visit.description.size();
  add_line("Telefono", comes->phone, visit.description);
  add_line("E-mail", comes->email, visit.description);
  const auto& asked = booking.people->applicant;
  if (asked && booking.people->beneficiary) {
    if (const auto name = full_name(*asked); !name.empty()) add_line("Richiedente", name, visit.description);
    add_line("Telefono del richiedente", asked->phone, visit.description);
  }
  visit.names_people |= visit.description.size() != before;
}

}  // namespace

Shows shows_of(std::string_view option) {
  if (option == "nothing") return Shows::kNothing;
  return option == "contacts" ? Shows::kContacts : Shows::kNames;
}

Result<Visit> visit_of(std::string_view json, const Wording& wording) {
  RACCORDO_TRY(const auto canonical, json::canonical(json));
  RACCORDO_TRY(const auto booking, decode<Booking>(canonical));
  const auto id = Uuid::parse(booking.id);
  if (!id || booking.revision < 1)
    return error(ErrorCode::kInvalid, say("non è una prenotazione", "it is no booking"));
  Visit visit;
  visit.booking = id->text();
  visit.state = booking.state;
  visit.revision = booking.revision;
  visit.stands = stands_in(booking.state);
  if (!read_times(booking, visit))
    return error(ErrorCode::kInvalid, say("non si sa quando: start, end, sessions, from",
                                          "nobody can tell when it is: start, end, sessions, from"));
  visit.summary = wording.title;
  if (booking.places.value_or(1) > 1) visit.summary += fmt::format(" ({})", *booking.places);
  tell_of(booking, wording.shows, visit);
  visit.description += "Pratica: " + visit.booking;
  return visit;
}

std::string uid_of(std::string_view booking) { return std::string(kPrefix) + std::string(booking); }

std::string path_of(std::string_view booking) { return "/" + uid_of(booking) + std::string(kEnding); }

std::string booking_of(std::string_view href) {
  const auto slash = href.rfind('/');
  auto name = slash == std::string_view::npos ? href : href.substr(slash + 1);
  if (!name.starts_with(kPrefix) || !name.ends_with(kEnding)) return {};
  name.remove_prefix(kPrefix.size());
  name.remove_suffix(std::min(name.size(), kEnding.size()));
  const auto id = Uuid::parse(name);
  return id ? id->text() : std::string();
}

}  // namespace agenda
