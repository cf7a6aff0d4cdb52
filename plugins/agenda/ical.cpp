// SPDX-License-Identifier: EUPL-1.2
#include "plugins/agenda/ical.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace agenda {
namespace {

using namespace std::string_view_literals;

// Zones whose clocks go as Rome's do, as calendar programs of all kinds name them.
constexpr std::array kAsInRome{"Rome"sv,
                               "Vatican"sv,
                               "San_Marino"sv,
                               "Malta"sv,
                               "Berlin"sv,
                               "Paris"sv,
                               "Madrid"sv,
                               "Vienna"sv,
                               "Zurich"sv,
                               "Brussels"sv,
                               "Amsterdam"sv,
                               "Luxembourg"sv,
                               "Prague"sv,
                               "Budapest"sv,
                               "Warsaw"sv,
                               "Stockholm"sv,
                               "Copenhagen"sv,
                               "Oslo"sv,
                               "Ljubljana"sv,
                               "Zagreb"sv,
                               "Monaco"sv,
                               "Andorra"sv,
                               "Vaduz"sv,
                               "Bratislava"sv,
                               "Belgrade"sv,
                               "Sarajevo"sv,
                               "Skopje"sv,
                               "Podgorica"sv,
                               "Tirane"sv,
                               "Busingen"sv,
                               "CET"sv,
                               "W. Europe Standard Time"sv,
                               "Romance Standard Time"sv,
                               "Central Europe Standard Time"sv,
                               "Central European Standard Time"sv};

bool goes_as_in_rome(std::string_view zone) {
  constexpr auto kEurope = "Europe/"sv;
  const auto at = zone.rfind(kEurope);
  const auto name = at == std::string_view::npos ? zone : zone.substr(at + kEurope.size());
  return std::ranges::find(kAsInRome, name) != kAsInRome.end();
}

struct FreesBuffer {
  void operator()(char* buffer) const { icalmemory_free_buffer(buffer); }
};

}  // namespace

raccordo::Result<Component> parsed(std::string_view text) {
  const auto lines = unfolded(text);
  RACCORDO_CHECK(may_be_read(lines));
  icalerror_set_errors_are_fatal(0);
  Component root(icalparser_parse_string(lines.c_str()));
  if (root && icalcomponent_isa(root.get()) == ICAL_VCALENDAR_COMPONENT) return root;
  return raccordo::error(raccordo::ErrorCode::kInvalid,
                         raccordo::say("non è un calendario iCalendar", "it is no iCalendar calendar"));
}

std::string written(icalcomponent* calendar) {
  const std::unique_ptr<char, FreesBuffer> text(icalcomponent_as_ical_string_r(calendar));
  return text ? std::string(text.get()) : std::string();
}

std::vector<icalcomponent*> events_of(icalcomponent* calendar) {
  std::vector<icalcomponent*> events;
  for (auto* each = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); each != nullptr;
       each = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT))
    events.push_back(each);
  return events;
}

std::vector<icalproperty*> properties_of(icalcomponent* component, icalproperty_kind kind) {
  std::vector<icalproperty*> properties;
  for (auto* each = icalcomponent_get_first_property(component, kind); each != nullptr;
       each = icalcomponent_get_next_property(component, kind))
    properties.push_back(each);
  return properties;
}

icalproperty* property_of(icalcomponent* component, icalproperty_kind kind) {
  return icalcomponent_get_first_property(component, kind);
}

std::string text_of(icalcomponent* component, icalproperty_kind kind) {
  auto* const property = property_of(component, kind);
  if (property == nullptr) return {};
  const std::unique_ptr<char, FreesBuffer> text(icalproperty_get_value_as_string_r(property));
  return text ? std::string(text.get()) : std::string();
}

std::string mark_of(icalcomponent* event, std::string_view name) {
  for (auto* const each : properties_of(event, ICAL_X_PROPERTY)) {
    const char* const called = icalproperty_get_x_name(each);
    if (called == nullptr || name != called) continue;
    const std::unique_ptr<char, FreesBuffer> text(icalproperty_get_value_as_string_r(each));
    return text ? std::string(text.get()) : std::string();
  }
  return {};
}

Wall wall_of(const icaltimetype& time) {
  return {time.year,
          time.month,
          time.day,
          time.is_date ? 0 : time.hour,
          time.is_date ? 0 : time.minute,
          time.is_date ? 0 : time.second};
}

icaltimetype time_of(const Wall& wall, bool is_date) {
  auto time = icaltime_null_time();
  time.year = wall.year;
  time.month = wall.month;
  time.day = wall.day;
  time.is_date = is_date ? 1 : 0;
  if (is_date) return time;
  time.hour = wall.hour;
  time.minute = wall.minute;
  time.second = wall.second;
  return time;
}

std::optional<Clock> Clock::of(icalproperty* property, icalcomponent* calendar) {
  auto* const parameter = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
  const char* const named = parameter == nullptr ? nullptr : icalparameter_get_tzid(parameter);
  if (named == nullptr || goes_as_in_rome(named)) return Clock(nullptr);
  if (named == "UTC"sv || named == "Etc/UTC"sv) return Clock(icaltimezone_get_utc_timezone());
  if (auto* const zone = icalcomponent_get_timezone(calendar, named)) return Clock(zone);
  return std::nullopt;
}

Seconds Clock::seconds_of(const icaltimetype& time) const {
  const auto wall = wall_of(time);
  if (icaltime_is_utc(time) != 0) return from_utc(wall);
  if (zone_ == nullptr || time.is_date) return from_rome(wall);
  auto local = time;
  const auto shown = from_utc(wall);
  int is_summer = 0;
  return shown - icaltimezone_get_utc_offset(zone_, &local, &is_summer);
}

std::optional<Marks> marks_of(icalcomponent* event) {
  Marks marks;
  marks.booking = mark_of(event, "X-RACCORDO-CASE");
  if (marks.booking.empty()) return std::nullopt;
  const auto revision = mark_of(event, "X-RACCORDO-REVISION");
  std::from_chars(revision.data(), revision.data() + revision.size(), marks.revision);
  marks.stands = stands_of(mark_of(event, "X-RACCORDO-STATUS"));
  const auto times = mark_of(event, "X-RACCORDO-TIMES");
  for (std::size_t at = 0; at < times.size() && marks.times.size() < kMostTimes;) {
    const auto end = std::min(times.find(' ', at), times.size());
    const auto slash = times.find('/', at);
    if (slash != std::string::npos && slash < end) {
      const auto from = seconds_of_basic(std::string_view(times).substr(at, slash - at));
      const auto to = seconds_of_basic(std::string_view(times).substr(slash + 1, end - slash - 1));
      if (from && to) marks.times.push_back({*from, *to});
    }
    at = end + 1;
  }
  return marks;
}

}  // namespace agenda
