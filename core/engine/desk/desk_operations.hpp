// SPDX-License-Identifier: EUPL-1.2
// What can be asked about cases and wallets, answered from the store.
#pragma once

#include <functional>
#include <vector>

#include "core/engine/desk/payrolls.hpp"
#include "core/engine/operations.hpp"
#include "core/engine/wallets/tuir.hpp"
#include "core/ports/case_store.hpp"
#include "core/ports/clock.hpp"

namespace raccordo::cases {

class DeskOperations final : public Operations {
 public:
  // All borrowed. Without a store this hub keeps no cases, and says so. `payrolls`: none where no hub runs
  // that would look for payroll files.
  DeskOperations(CaseStore* store, const wallets::Tuir& tuir, const Clock& clock,
                 std::function<std::vector<PayrollSeen>()> payrolls = {})
      : store_(store), tuir_(tuir), clock_(clock), payrolls_(std::move(payrolls)) {}

  [[nodiscard]] std::string perform(std::string_view request_json) override;

 private:
  CaseStore* store_;
  const wallets::Tuir& tuir_;
  const Clock& clock_;
  std::function<std::vector<PayrollSeen>()> payrolls_;
};

}  // namespace raccordo::cases
