// SPDX-License-Identifier: EUPL-1.2
// The times of one event: DTSTART, RRULE, RDATE, EXDATE. By libical's rules, within our bounds.
#include <algorithm>

#include "plugins/agenda/ical.hpp"

namespace agenda {
namespace {

using raccordo::say;

struct FreesIterator {
  void operator()(icalrecur_iterator* iterator) const { icalrecur_iterator_free(iterator); }
};

TimesTrouble unknown_zone(const char* property) {
  return {"unknown_zone", property,
          say("il fuso orario non è noto e il calendario non lo descrive",
              "the time zone is not known, and the calendar does not describe it")};
}

TimesTrouble too_many(const char* property) {
  return {"too_many_times", property,
          say("si ripete più di {} volte", "it is repeated more than {} times", kMostTimes)};
}

bool is_usable(const icaltimetype& time) {
  return icaltime_is_null_time(time) == 0 && time.year >= 1900 && time.year <= 2199;
}

// How long: DTEND, DURATION, a day for what has days only (RFC 5545, section 3.6.1).
std::optional<TimesTrouble> read_length(icalcomponent* event, icalcomponent* calendar, bool all_day,
                                        Seconds start, Seconds& length) {
  length = all_day ? *midnight_of(day_text(start + kDay + 2 * kHour)) - start : 0;
  if (auto* const end = property_of(event, ICAL_DTEND_PROPERTY)) {
    const auto clock = Clock::of(end, calendar);
    if (!clock) return unknown_zone("DTEND");
    const auto time = icalproperty_get_dtend(end);
    if (!is_usable(time)) return TimesTrouble{"invalid_time", "DTEND", say("non è un'ora", "it is no time")};
    length = clock->seconds_of(time) - start;
  } else if (auto* const duration = property_of(event, ICAL_DURATION_PROPERTY)) {
    length = icaldurationtype_as_int(icalproperty_get_duration(duration));
  }
  if (length >= 0 && length <= 366 * kDay) return std::nullopt;
  return TimesTrouble{"invalid_time", "DTEND",
                      say("finisce prima di cominciare, o dura più di un anno",
                          "it ends before it begins, or lasts more than a year")};
}

// What an event's rules say, gathered.
class Repeating {
 public:
  Repeating(icalcomponent* event, icalcomponent* calendar, const Span& window, StepsLeft& left)
      : event_(event), calendar_(calendar), window_(window), left_(left) {}

  std::optional<TimesTrouble> read(bool& all_day, std::vector<Span>& spans) {
    auto* const start = property_of(event_, ICAL_DTSTART_PROPERTY);
    first_ = icalproperty_get_dtstart(start);
    clock_ = Clock::of(start, calendar_);
    Span first;
    if (auto trouble = read_first(event_, calendar_, all_day, first)) return trouble;
    length_ = first.end - first.start;
    add(first.start);
    if (auto trouble = by_rules()) return trouble;
    if (auto trouble = by_dates()) return trouble;
    if (auto trouble = without_exceptions()) return trouble;
    std::ranges::sort(starts_);
    starts_.erase(std::unique(starts_.begin(), starts_.end()), starts_.end());
    for (const auto each : starts_) spans.push_back({each, each + length_});
    return std::nullopt;
  }

 private:
  // False: there are too many.
  bool add(Seconds start) {
    const Span span{start, start + std::max<Seconds>(length_, 1)};
    if (!span.overlaps(window_)) return true;
    starts_.push_back(start);
    return starts_.size() <= kMostTimes;
  }

  std::optional<TimesTrouble> by_rules() {
    for (auto* const each : properties_of(event_, ICAL_RRULE_PROPERTY))
      if (auto trouble = by_rule(icalproperty_get_rrule(each))) return trouble;
    return std::nullopt;
  }

  // The end of a rule is ours to compare: libical takes UTC and the wall's time for the same.
  std::optional<TimesTrouble> by_rule(icalrecurrencetype rule) {
    if (rule.freq < ICAL_HOURLY_RECURRENCE || rule.freq > ICAL_YEARLY_RECURRENCE)
      return TimesTrouble{"rule_too_fine", "RRULE",
                          say("si ripete più spesso di ogni ora", "it is repeated more often than hourly")};
    Seconds until = window_.end;
    if (icaltime_is_null_time(rule.until) == 0)
      until = std::min(until, clock_->seconds_of(rule.until) + (rule.until.is_date ? kDay : 1));
    rule.until = icaltime_null_time();
    auto from = first_;
    from.zone = nullptr;
    const bool in_utc = icaltime_is_utc(first_) != 0;
    const std::unique_ptr<icalrecur_iterator, FreesIterator> iterator(icalrecur_iterator_new(rule, from));
    if (!iterator)
      return TimesTrouble{"invalid_rule", "RRULE", say("la regola non vale", "the rule does not hold")};
    for (std::size_t steps = 0; steps < kMostSteps && left_.steps > 0; ++steps, --left_.steps) {
      const auto next = icalrecur_iterator_next(iterator.get());
      if (!is_usable(next)) return std::nullopt;
      const auto at = in_utc ? from_utc(wall_of(next)) : clock_->seconds_of(next);
      if (at >= until) return std::nullopt;
      if (!add(at)) return too_many("RRULE");
    }
    return too_many("RRULE");
  }

  std::optional<TimesTrouble> by_dates() {
    for (auto* const each : properties_of(event_, ICAL_RDATE_PROPERTY)) {
      const auto clock = Clock::of(each, calendar_);
      if (!clock) return unknown_zone("RDATE");
      const auto date = icalproperty_get_rdate(each);
      const bool period = icaltime_is_null_time(date.time) != 0;
      const auto& time = period ? date.period.start : date.time;
      if (!is_usable(time))
        return TimesTrouble{"invalid_time", "RDATE", say("non è un'ora", "it is no time")};
      if (!add(clock->seconds_of(time))) return too_many("RDATE");
    }
    return std::nullopt;
  }

  std::optional<TimesTrouble> without_exceptions() {
    for (auto* const each : properties_of(event_, ICAL_EXDATE_PROPERTY)) {
      const auto clock = Clock::of(each, calendar_);
      if (!clock) return unknown_zone("EXDATE");
      const auto time = icalproperty_get_exdate(each);
      if (!is_usable(time)) continue;
      const auto at = clock->seconds_of(time);
      std::erase_if(starts_, [&](Seconds start) {
        return time.is_date ? start >= at && start < at + kDay : start == at;
      });
    }
    return std::nullopt;
  }

  icalcomponent* event_;
  icalcomponent* calendar_;
  Span window_;
  StepsLeft& left_;
  icaltimetype first_{};
  std::optional<Clock> clock_;
  Seconds length_ = 0;
  std::vector<Seconds> starts_;
};

}  // namespace

std::optional<TimesTrouble> read_first(icalcomponent* event, icalcomponent* calendar, bool& all_day,
                                       Span& into) {
  auto* const start = property_of(event, ICAL_DTSTART_PROPERTY);
  if (start == nullptr)
    return TimesTrouble{"missing", "DTSTART", say("manca quando comincia", "when it begins is missing")};
  const auto clock = Clock::of(start, calendar);
  if (!clock) return unknown_zone("DTSTART");
  const auto time = icalproperty_get_dtstart(start);
  if (!is_usable(time)) return TimesTrouble{"invalid_time", "DTSTART", say("non è un'ora", "it is no time")};
  all_day = time.is_date != 0;
  into.start = clock->seconds_of(time);
  Seconds length = 0;
  if (auto trouble = read_length(event, calendar, all_day, into.start, length)) return trouble;
  into.end = into.start + length;
  return std::nullopt;
}

std::optional<TimesTrouble> read_times(icalcomponent* event, icalcomponent* calendar, const Span& window,
                                       StepsLeft& left, Times& into) {
  if (property_of(event, ICAL_DTSTART_PROPERTY) == nullptr) {
    Span none;
    return read_first(event, calendar, into.all_day, none);
  }
  return Repeating(event, calendar, window, left).read(into.all_day, into.spans);
}

}  // namespace agenda
