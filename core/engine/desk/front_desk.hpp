// SPDX-License-Identifier: EUPL-1.2
// Where commands come in: what is not as the model says is sent away, quotes are answered there and then, the
// rest goes to the desk.
#pragma once

#include "core/engine/desk/case_desk.hpp"
#include "core/engine/desk/quotes.hpp"

namespace raccordo::cases {

class FrontDesk final : public CaseCommands {
 public:
  // Both borrowed.
  FrontDesk(CaseDesk& desk, const Quotes& quotes) : desk_(desk), quotes_(quotes) {}

  // A quote is asked of what was there before the others of its batch.
  [[nodiscard]] Result<std::vector<CaseOutcome>> give(std::span<const CaseCommand> commands) override;

 private:
  CaseDesk& desk_;
  const Quotes& quotes_;
};

}  // namespace raccordo::cases
