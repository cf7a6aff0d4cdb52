// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/cases/explain.hpp"

#include <fmt/format.h>

namespace raccordo::cases {
namespace {

constexpr Label kDays[] = {{"domenica", "Sunday"},     {"lunedì", "Monday"},    {"martedì", "Tuesday"},
                           {"mercoledì", "Wednesday"}, {"giovedì", "Thursday"}, {"venerdì", "Friday"},
                           {"sabato", "Saturday"}};
constexpr Label kMonths[] = {{"gennaio", "January"}, {"febbraio", "February"}, {"marzo", "March"},
                             {"aprile", "April"},    {"maggio", "May"},        {"giugno", "June"},
                             {"luglio", "July"},     {"agosto", "August"},     {"settembre", "September"},
                             {"ottobre", "October"}, {"novembre", "November"}, {"dicembre", "December"}};

// A name that the machine no longer has stays as it is written.
Label state_label(const Machine& machine, std::string_view name) {
  const auto* state = state_of(machine, name);
  return state == nullptr ? Label{name, name} : state->label;
}

Label event_label(const Machine& machine, std::string_view name) {
  const auto* event = event_of(machine, name);
  return event == nullptr ? Label{name, name} : event->label;
}

Text named(Label role, std::string_view name) {
  if (name.empty()) return {std::string(role.it), std::string(role.en)};
  return {fmt::format("{} ({})", name, role.it), fmt::format("{} ({})", name, role.en)};
}

// Who made a step, and through which connector; a step that came through none is time's.
Text maker_of(const CaseStep& step) {
  if (step.connector.empty() && step.note.find("\"follows\"") != std::string::npos)
    return say("l'hub, dopo un altro passo", "the hub, behind another step");
  if (step.connector.empty()) return say("è passato il tempo", "its time was over");
  const auto party = party_of(step.party);
  const auto role = party ? label_of(*party) : Label{step.party, step.party};
  return {fmt::format("{} ({})", role.it, step.connector), fmt::format("{} ({})", role.en, step.connector)};
}

const CaseStep* last_change(std::span<const CaseStep> history) {
  for (auto step = history.rbegin(); step != history.rend(); ++step)
    if (step->from != step->to) return &*step;
  return nullptr;
}

}  // namespace

Text day_and_hour(std::chrono::local_seconds time) {
  const auto midnight = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(midnight);
  const auto day = kDays[std::chrono::weekday(midnight).c_encoding()];
  const auto month = kMonths[static_cast<unsigned>(date.month()) - 1];
  const std::chrono::hh_mm_ss hour(time - midnight);
  const auto number = static_cast<unsigned>(date.day());
  const auto year = static_cast<int>(date.year());
  const auto clock = fmt::format("{}:{:02}", hour.hours().count(), hour.minutes().count());
  return {fmt::format("{} {} {} {}, ore {}", day.it, number, month.it, year, clock),
          fmt::format("{} {} {} {}, {}", day.en, number, month.en, year, clock)};
}

Text what_it_awaits(const Machine& machine, const Standing& standing, std::string_view whom,
                    const std::optional<Due>& due, const WallClock& clock) {
  const auto label = state_label(machine, standing.state);
  const auto* state = state_of(machine, standing.state);
  if (state == nullptr || state->ends)
    return {fmt::format("{}: non attende nulla", label.it), fmt::format("{}: awaits nothing", label.en)};
  const auto who = named(label_of(standing.awaits), whom);
  Text out{fmt::format("{}: attende {}", label.it, who.it), fmt::format("{}: awaits {}", label.en, who.en)};
  if (!due) return out;
  const auto until = day_and_hour(clock(due->time_ms));
  const auto then = event_label(machine, due->event);
  out.it += fmt::format(" fino a {}; poi, da sé: {}", until.it, then.it);
  out.en += fmt::format(" until {}; then, by itself: {}", until.en, then.en);
  return out;
}

Text why_it_is_so(const Machine& machine, std::span<const CaseStep> history, const WallClock& clock) {
  const auto* step = last_change(history);
  if (step == nullptr) return {};
  const auto state = state_label(machine, step->to);
  const auto event = event_label(machine, step->event);
  const auto since = day_and_hour(clock(step->time_ms));
  const auto maker = maker_of(*step);
  return {fmt::format("{} da {}: {}, {}", state.it, since.it, event.it, maker.it),
          fmt::format("{} since {}: {}, {}", state.en, since.en, event.en, maker.en)};
}

}  // namespace raccordo::cases
