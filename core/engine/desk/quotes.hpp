// SPDX-License-Identifier: EUPL-1.2
// In which ways somebody may have a service, and what each would cost: a booking of every offer, begun as the
// desk begins it and asked of the same rules, in a transaction that only reads. Nothing is kept.
#pragma once

#include <string>

#include "core/engine/cases/commands.hpp"
#include "core/engine/desk/procedure.hpp"
#include "core/engine/desk/terms.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/seals.hpp"

namespace raccordo::cases {

inline constexpr const char* kQuoteCommand = "quote.v1";

class Quotes {
 public:
  // All borrowed. Without seals no quote may say anything about people.
  Quotes(const Terms& terms, const Procedure& bookings, CaseStore& store, const Seals* seals,
         const Clock& clock)
      : terms_(terms), bookings_(bookings), store_(store), seals_(seals), clock_(clock) {}

  // Of a quote_request as the model has it: a quote as data, or why there is none. [any] Errors: the store's.
  [[nodiscard]] Result<CaseOutcome> answer(std::string_view json) const;

 private:
  struct Asked;

  [[nodiscard]] Result<nlohmann::json> quoted(CaseTransaction& transaction, const Asked& asked,
                                              const nlohmann::json& offer) const;
  [[nodiscard]] Status decide(Handling& handling, nlohmann::json& told) const;
  [[nodiscard]] Status look_closer(const Handling& handling, nlohmann::json& told) const;

  const Terms& terms_;
  const Procedure& bookings_;
  CaseStore& store_;
  const Seals* seals_;
  const Clock& clock_;
};

}  // namespace raccordo::cases
