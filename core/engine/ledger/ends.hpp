// SPDX-License-Identifier: EUPL-1.2
// How inputs end, and how ends are counted: each input once, in the first of parked, delivered, unchanged,
// filtered.
#pragma once

#include <cstdint>
#include <string>

#include "core/ports/store.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo {

enum class End : std::uint8_t { kDelivered, kUnchanged, kFiltered, kParked };

// Why an input is parked.
struct ParkReason {
  std::string stage;   // one of the kStage... below
  std::string reason;  // a code
  std::string field;   // as the partner names it, or empty
  Text text;
};

inline constexpr const char* kStageFraming = "framing";
inline constexpr const char* kStageTranslation = "translation";
inline constexpr const char* kStageValidation = "validation";
inline constexpr const char* kStagePublication = "publication";
inline constexpr const char* kStageDelivery = "delivery";
inline constexpr const char* kStageCase = "case";  // a step of a case that was refused

// Counts one input that ended.
void count(End end, Counts& counts);

// Counts an end that took the place of a parked one: nothing is received again.
void count_move(End end, Counts& counts);

// What a commit adds to the account of one run: its own inputs, not what they overtook from earlier runs.
[[nodiscard]] Counts of_this_run(const Counts& counted, const Committed& committed);

// True when every input that was received is somewhere: the equation that the hub keeps at all times.
[[nodiscard]] bool adds_up(const Counts& counts, std::int64_t in_flight);

}  // namespace raccordo
