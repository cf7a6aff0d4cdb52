// SPDX-License-Identifier: EUPL-1.2
// libical, behind owners and the few questions that are asked of it.
#pragma once

#include <libical/ical.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/agenda/calendar.hpp"

namespace agenda {

struct FreesComponent {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreesComponent>;

// One VCALENDAR. Errors: as read_calendar.
[[nodiscard]] raccordo::Result<Component> parsed(std::string_view text);
[[nodiscard]] std::string written(icalcomponent* calendar);

[[nodiscard]] std::vector<icalcomponent*> events_of(icalcomponent* calendar);
[[nodiscard]] std::vector<icalproperty*> properties_of(icalcomponent* component, icalproperty_kind kind);
[[nodiscard]] icalproperty* property_of(icalcomponent* component, icalproperty_kind kind);
// As it stands, unescaped; empty: there is none.
[[nodiscard]] std::string text_of(icalcomponent* component, icalproperty_kind kind);
[[nodiscard]] std::string mark_of(icalcomponent* event, std::string_view name);

[[nodiscard]] Wall wall_of(const icaltimetype& time);
[[nodiscard]] icaltimetype time_of(const Wall& wall, bool is_date);

// Whose clock a time is read by.
class Clock {
 public:
  // The zone that the property names: Rome's for those of Central Europe and where it names none. Nothing:
  // nobody knows that zone.
  [[nodiscard]] static std::optional<Clock> of(icalproperty* property, icalcomponent* calendar);
  [[nodiscard]] Seconds seconds_of(const icaltimetype& time) const;

 private:
  explicit Clock(icaltimezone* zone) : zone_(zone) {}
  icaltimezone* zone_;  // none: Rome's
};

[[nodiscard]] std::optional<Marks> marks_of(icalcomponent* event);

// When an event is, and again by its rules.
struct Times {
  bool all_day = false;
  std::vector<Span> spans;
};
// Steps that rules of a calendar may still make.
struct StepsLeft {
  std::size_t steps = kMostStepsInAll;
};
struct TimesTrouble {
  const char* code;
  const char* property;
  raccordo::Text text;
};
// Of the event itself, without those that replace one of its times.
[[nodiscard]] std::optional<TimesTrouble> read_times(icalcomponent* event, icalcomponent* calendar,
                                                     const Span& window, StepsLeft& left, Times& into);
[[nodiscard]] std::optional<TimesTrouble> read_first(icalcomponent* event, icalcomponent* calendar,
                                                     bool& all_day, Span& into);

}  // namespace agenda
