// SPDX-License-Identifier: EUPL-1.2
// A booking of several sessions in a case's data: which of them a command is about, and how each stands.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "core/engine/cases/sessions.hpp"
#include "core/engine/desk/procedure.hpp"

namespace raccordo::cases {

// In the order of their numbers; none: it is of one date.
[[nodiscard]] std::vector<Session> sessions_of(const nlohmann::json& booking);

// The booking as it is on each date that is to come: with that session's start and end and no sessions;
// itself where it is of one date. `parts`: only of those sessions.
[[nodiscard]] std::vector<nlohmann::json> occurrences_to_come(const nlohmann::json& booking,
                                                              const std::vector<std::size_t>& parts = {});

// Numbers the sessions of a new booking by their time, each to come. kInvalid: one without a time, or two at
// one time.
[[nodiscard]] Status begin_sessions(nlohmann::json& booking);

// Which step the command is, of which sessions: those that it names with `session` (a number from 1), or with
// `sessions` (by their start), else all. What it makes of them is in the data behind it.
[[nodiscard]] Result<std::string> step_of_sessions(Handling& handling);

// Moves what is to come: the named session to `start` and `end`, or all to the times of `sessions`.
[[nodiscard]] Status move_sessions(Handling& handling);

// The first session's start of those to come (else of all), the last one's end; nothing: no such field.
[[nodiscard]] std::optional<std::int64_t> time_of_sessions(const std::vector<Session>& sessions,
                                                           std::string_view field);

// What those sessions cost of an amount for all, to the cent: shares differ by a cent at most, and add up.
[[nodiscard]] std::int64_t share_of_sessions(std::int64_t amount, const std::vector<std::size_t>& parts,
                                             std::size_t count);

}  // namespace raccordo::cases
