// SPDX-License-Identifier: EUPL-1.2
// Calendars, bookings and a CalDAV server's answers, as tests write them.
#pragma once

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "plugins/agenda/calendar.hpp"
#include "plugins/agenda/visit.hpp"

namespace agenda {

inline constexpr const char* kCase = "5f0a5f34-7f3b-4d9c-9c3e-0d0a3f9d2b11";
inline constexpr const char* kOther = "6f0a5f34-7f3b-4d9c-9c3e-0d0a3f9d2b22";
inline constexpr const char* kOffer = "7f0a5f34-7f3b-4d9c-9c3e-0d0a3f9d2b33";

inline std::string calendar(const std::string& events) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Prova//IT\r\n" + events + "END:VCALENDAR\r\n";
}
// Lines without their ends: "DTSTART:..."
inline std::string event(const std::vector<std::string>& lines, const std::string& uid = "u1") {
  std::string text = "BEGIN:VEVENT\r\nUID:" + uid + "\r\nDTSTAMP:20260101T000000Z\r\n";
  for (const auto& line : lines) text += line + "\r\n";
  return text + "END:VEVENT\r\n";
}

inline Seconds at(const std::string& text) { return *seconds_of(text); }
inline Span span(const std::string& from, const std::string& to) { return {at(from), at(to)}; }

inline Calendar read(const std::string& text, const Span& window = kAlways) {
  auto calendar = read_calendar(text, window);
  EXPECT_TRUE(calendar.ok()) << calendar.error().message.en;
  return calendar.ok() ? *calendar : Calendar{};
}

// "2027-03-28T09:00:00+02:00" each.
inline std::vector<std::string> starts_of(const Appointment& one) {
  std::vector<std::string> out;
  for (const auto& each : one.times) out.push_back(text_of(each.start));
  return out;
}

inline std::string booking(
    const std::string& state = "requested", int revision = 1, const std::string& more = "",
    const std::string& when = R"("start":"2027-03-28T09:00:00+02:00","end":"2027-03-28T10:00:00+02:00")") {
  return fmt::format(R"({{"id":"{}","kind":"slot","offer":"{}","revision":{},"state":"{}",{}{}}})", kCase,
                     kOffer, revision, state, when, more);
}
inline Visit visit(
    const std::string& state = "requested", int revision = 1, const std::string& more = "",
    const std::string& when = R"("start":"2027-03-28T09:00:00+02:00","end":"2027-03-28T10:00:00+02:00")") {
  auto made = visit_of(booking(state, revision, more, when), {"Assistenza domiciliare", Shows::kContacts});
  EXPECT_TRUE(made.ok()) << made.error().message.en;
  return made.ok() ? *made : Visit{};
}

inline constexpr const char* kMoved =
    R"("start":"2027-03-30T15:00:00+02:00","end":"2027-03-30T16:00:00+02:00")";
inline constexpr const char* kSeries =
    R"("sessions":[{"start":"2027-03-21T09:00:00+01:00","end":"2027-03-21T10:00:00+01:00"},)"
    R"({"start":"2027-03-28T09:00:00+02:00","end":"2027-03-28T10:00:00+02:00"},)"
    R"({"start":"2027-04-04T09:00:00+02:00","end":"2027-04-04T11:00:00+02:00"}])";
inline constexpr const char* kPeople =
    R"(,"people":{"applicant":{"name":"Ugo","surname":"Neri","phone":"0372 555200"},)"
    R"("beneficiary":{"name":"Ada","surname":"Verdi; \\, di\nCrema","fiscal_code":"VRDLCU80A01D150X","phone":"0372 555100"}})";

inline std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const auto found = text.find(what);
  EXPECT_NE(found, std::string::npos) << what << " in " << text;
  if (found != std::string::npos) text.replace(found, what.size(), with);
  return text;
}

}  // namespace agenda
