// SPDX-License-Identifier: EUPL-1.2
// What a case awaits, from whom and until when, and why it stands where it does: a sentence each, for people.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "core/engine/cases/rules.hpp"
#include "core/ports/case_store.hpp"

namespace raccordo::cases {

// A time (ms since 1970, UTC) as clocks on the wall show it where the readers are.
using WallClock = std::function<std::chrono::local_seconds(std::int64_t time_ms)>;

// "martedì 10 marzo 2026, ore 9:00", "Tuesday 10 March 2026, 9:00"
[[nodiscard]] Text day_and_hour(std::chrono::local_seconds time);

// "Richiesta: attende L'Airone (chi eroga) fino a martedì 10 marzo 2026, ore 9:00; poi, da sé: Scadere".
// `whom`: the awaited party's own name, or empty.
[[nodiscard]] Text what_it_awaits(const Machine& machine, const Standing& standing, std::string_view whom,
                                  const std::optional<Due>& due, const WallClock& clock);

// "Confermata da martedì 10 marzo 2026, ore 9:00: Confermare, chi eroga (airone)": the last step that led to
// another state. Steps are those of one case, by revision; without any the text is empty.
[[nodiscard]] Text why_it_is_so(const Machine& machine, std::span<const CaseStep> history,
                                const WallClock& clock);

}  // namespace raccordo::cases
