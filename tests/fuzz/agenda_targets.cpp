// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "plugins/agenda/changes.hpp"
#include "plugins/agenda/dav.hpp"
#include "plugins/agenda/free_times.hpp"
#include "plugins/agenda/writing.hpp"
#include "tests/fuzz/targets.hpp"

namespace raccordo::fuzz {
namespace {

using namespace agenda;

constexpr const char* kCase = "5f0a5f34-7f3b-4d9c-9c3e-0d0a3f9d2b11";
constexpr Seconds kFrom = 1'800'000'000;

void check(const Calendar& calendar, const Span& window) {
  for (const auto& trouble : calendar.troubles)
    must(!trouble.code.empty() && !trouble.text.it.empty(), "a trouble without words");
  for (const auto& one : calendar.appointments) {
    must(one.times.size() <= kMostComponents + kMostTimes, "more times than there may be");
    must(std::ranges::is_sorted(one.times), "times out of order");
    for (const auto& each : one.times)
      must(Span{each.start, std::max(each.end, each.start + 1)}.overlaps(window),
           "a time outside the window");
    const auto change = change_of(one, kCase);
    must(!(change.step && change.no_step), "a step and none");
  }
  const auto free = free_times(calendar.appointments, {"LIBERO", 2});
  for (const auto& each : free) must(each.start < each.end, "a free time without length");
}

Visit some_visit() {
  Visit visit;
  visit.booking = kCase;
  visit.revision = 3;
  visit.stands = Stands::kConfirmed;
  visit.times = {{kFrom, kFrom + kHour}, {kFrom + kDay, kFrom + kDay + 2 * kHour}};
  visit.summary = "Visita";
  return visit;
}

}  // namespace

// An agenda's calendar: read within a window and without one, compared, and brought up to date.
void calendar(std::string_view bytes) {
  const Span window{kFrom, kFrom + 60 * kDay};
  if (const auto some = read_calendar(bytes, window); some.ok()) check(*some, window);
  if (const auto all = read_calendar(bytes, kAlways); all.ok()) check(*all, kAlways);
  const auto changed = changed_calendar(bytes, some_visit());
  if (changed.ok() && *changed) must(!(*changed)->empty(), "an empty calendar");
}

// What a CalDAV server answers.
void multistatus(std::string_view bytes) {
  const auto answer = dav::read_multistatus(bytes);
  if (!answer.ok()) return must(!answer.error().message.it.empty(), "an error without words");
  for (const auto& each : answer->resources) {
    const auto booking = booking_of(each.href);
    must(booking.empty() || booking_of(path_of(booking)) == booking, "an address that is another's");
  }
}

}  // namespace raccordo::fuzz
