// SPDX-License-Identifier: EUPL-1.2
// Amounts as whole numbers of a unit: euro cents ("EUR"), minutes ("minutes"), points of a named scheme
// ("points:SCHEME"). Units are never converted into each other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "raccordo/model/text.hpp"

namespace raccordo::wallets {

// Ten billion euro: more in one movement or price is a slip, and below it no sum of ours can overflow.
inline constexpr std::int64_t kMaxAmount = 1'000'000'000'000;

struct Amount {
  std::int64_t value = 0;
  std::string unit = "EUR";
  friend bool operator==(const Amount&, const Amount&) = default;
};

[[nodiscard]] bool is_unit(std::string_view unit);

// As people read it: "1.234,50 €" and "€1,234.50", "90 minuti", "12 punti MERCATO".
[[nodiscard]] Text amount_text(std::int64_t value, std::string_view unit);

// As spreadsheets of offices read it: "1234,50" for euro, else the number.
[[nodiscard]] std::string for_cell(std::int64_t value, std::string_view unit);

// A text as a cell of a CSV file: in quotes where it must be. One that a spreadsheet would take for a formula
// begins with an apostrophe.
[[nodiscard]] std::string for_csv(std::string_view text);

// Euro as Italian offices write them, as cents: "300", "300,00", "1.250,5". Nothing for all else: a point
// that is not before three digits may be meant as a comma, and nobody guesses with money.
[[nodiscard]] std::optional<std::int64_t> read_euro(std::string_view text);

}  // namespace raccordo::wallets
