// SPDX-License-Identifier: EUPL-1.2
// TUIR (D.P.R. 917/1986) article 51, as data: for whom a letter may be spent, and what a worker may have
// under it in a year. The figures stand in config/tuir/article-51.yaml, by date.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/config/finding.hpp"
#include "core/ports/case_store.hpp"

namespace raccordo::wallets {

struct Ceiling {
  std::string letter;
  std::string from;                           // the first day
  std::string to;                             // the last one; empty: until further notice
  std::int64_t cents = 0;                     // a calendar year
  std::optional<std::int64_t> with_children;  // for workers with dependent children
  std::string source;                         // the law
};

struct LetterRule {
  std::string letter;
  std::vector<std::string> relations;  // of the beneficiary to the worker; "self" is the worker
  bool dependent = false;              // relatives only where they are fiscally dependent
  std::string source;
};

struct Tuir {
  std::vector<LetterRule> letters;
  std::vector<Ceiling> ceilings;  // by letter and day, without gaps
};

// Nothing where something is wrong: then `findings` says what and where. Refuses what it does not know, days
// that stand in two rows or in none.
[[nodiscard]] std::optional<Tuir> read_tuir(const std::string& file, std::string_view text,
                                            ConfigurationFindings& findings);

// config/tuir/article-51.yaml as it was when the hub was built.
[[nodiscard]] const Tuir& built_in_tuir();

// Who a service is for.
struct Beneficiary {
  std::string relation;    // code list "relation"
  bool dependent = false;  // fiscally, as the worker declared it
};

// Errors: kInvalid: the letter does not know this relation, asks for a dependent relative, or is not known.
[[nodiscard]] Status may_be_for(const Tuir& tuir, std::string_view letter, const Beneficiary& who);
// The same, for money that goes to the worker.
[[nodiscard]] Status may_reimburse(const Tuir& tuir, std::string_view letter, const Beneficiary& who);

// None: the letter has no ceiling on that day.
[[nodiscard]] const Ceiling* ceiling_on(const Tuir& tuir, std::string_view letter, std::string_view date);

// What counts for a ceiling: spent within the year of `date` and not given back, and whatever is still
// reserved.
[[nodiscard]] std::int64_t used_in_year(std::string_view letter, std::string_view date,
                                        std::span<const WalletMovement> movements);

struct Use {
  std::string letter;
  std::string date;         // of what is to come
  std::int64_t used = 0;    // in that year so far: of all wallets of the worker
  std::int64_t amount = 0;  // what is to come
  bool children = false;    // fiscally dependent ones
};

struct CeilingWarning {
  std::int64_t ceiling = 0;
  std::int64_t used = 0;
  std::int64_t would_be = 0;
  std::string taxable_from;  // the day on which all of it becomes taxable
  Text text;
};

// To be shown before: beyond the ceiling all of the year's amount is taxable, not only what is above it (art.
// 51 c. 3).
[[nodiscard]] std::optional<CeilingWarning> before_passing(const Tuir& tuir, const Use& use);

}  // namespace raccordo::wallets
