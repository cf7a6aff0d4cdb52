// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/cases/refusal.hpp"

#include "raccordo/model/nearest.hpp"

namespace raccordo::cases {
namespace {

Text shown(const Named& event) {
  return {fmt::format("«{}» ({})", event.label.it, event.name),
          fmt::format("\"{}\" ({})", event.label.en, event.name)};
}

// Who makes this step, wherever the case stands.
Parties makers_of(const Machine& machine, std::string_view event) {
  Parties makers;
  for (const auto& one : machine.transitions)
    if (one.event == event) makers.add(one.by);
  return makers;
}

void join(Text& out, const Text& more, const Text& between) {
  if (!out.empty()) out.it += between.it, out.en += between.en;
  out.it += more.it;
  out.en += more.en;
}

Text not_yours(const Machine& machine, const Named& event, Party by) {
  const auto step = shown(event);
  const auto makers = words_of(makers_of(machine, event.name));
  const auto who = label_of(by);
  return {fmt::format("{} spetta a {}, non a {}", step.it, makers.it, who.it),
          fmt::format("{} is up to {}, not to {}", step.en, makers.en, who.en)};
}

}  // namespace

Text why_not(const Machine& machine, const Standing& standing, Verdict verdict, std::string_view event,
             Party by) {
  const auto* known = event_of(machine, event);
  if (known == nullptr)
    return {fmt::format("{}: nessun passo «{}»", machine.label.it, event),
            fmt::format("{}: there is no step \"{}\"", machine.label.en, event)};
  if (verdict == Verdict::kNotYours) return not_yours(machine, *known, by);
  const auto step = shown(*known);
  if (standing.state.empty())
    return {fmt::format("{}: la pratica a cui si riferisce non c'è ancora", step.it),
            fmt::format("{}: the case that it is about is not there yet", step.en)};
  const auto* state = state_of(machine, standing.state);
  const auto label = state == nullptr ? Label{standing.state, standing.state} : state->label;
  if (verdict == Verdict::kRepeated)
    return {fmt::format("{}: è già così, lo stato è «{}»", step.it, label.it),
            fmt::format("{}: it is so already, the state is \"{}\"", step.en, label.en)};
  if (verdict == Verdict::kEarly)
    return {fmt::format("{} arriva prima del passo che lo rende possibile: lo stato è ancora «{}»", step.it,
                        label.it),
            fmt::format("{} comes before the step that makes it possible: the state is still \"{}\"", step.en,
                        label.en)};
  return {fmt::format("{} arriva tardi: lo stato è già «{}»", step.it, label.it),
          fmt::format("{} comes late: the state is \"{}\" already", step.en, label.en)};
}

Text what_instead(const Machine& machine, const Answer& answer, std::string_view event) {
  Text out;
  if (answer.verdict == Verdict::kUnknown) {
    const auto near = nearest(event, machine.events, [](const Named& one) { return one.name; });
    if (!near.empty()) out = say("forse «{}»", "perhaps \"{}\"", near);
  }
  Text steps;
  for (const auto& one : answer.legal) {
    const auto who = words_of(one.by);
    join(steps,
         {fmt::format("{} ({}): {}", one.event, one.label.it, who.it),
          fmt::format("{} ({}): {}", one.event, one.label.en, who.en)},
         {"; ", "; "});
  }
  if (steps.empty()) {
    join(out, say("da qui nessuno può fare altro", "nobody can do anything else from here"), {"; ", "; "});
  } else {
    join(out, {"ora si può: " + steps.it, "possible now: " + steps.en}, {"; ", "; "});
  }
  return out;
}

}  // namespace raccordo::cases
