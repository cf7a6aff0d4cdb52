// SPDX-License-Identifier: EUPL-1.2
// What can be asked of a hub (core/engine/operations.hpp), answered from its flows, its store and its
// backbone.
#pragma once

#include <functional>
#include <string>

#include "core/engine/flow/flows.hpp"
#include "core/engine/flow/shared_out.hpp"
#include "core/engine/operations.hpp"

namespace raccordo {

struct HubFacts {
  std::string id;
  std::string version;
  std::string topic_prefix;
  std::int64_t since_ms = 0;
};

// One connector's ledger, with what it holds right now.
struct LedgerEntry {
  std::string id;
  Counts counts;
  std::int64_t in_flight = 0;
};

class HubOperations final : public Operations {
 public:
  // All borrowed. `reload` answers {"do":"reload"}; none where there is nothing to reload. `desk` answers
  // what is asked about cases and wallets; null: nobody does.
  // `shared`: of several daemons, who works at what.
  HubOperations(HubFacts facts, Flows& flows, FlowParts parts, std::function<std::string()> reload,
                Operations* desk = nullptr, std::function<SharedOut()> shared = {});

  [[nodiscard]] std::string perform(std::string_view request_json) override;

  // Totals since each connector's first start: those configured first, then those that once were. [any]
  [[nodiscard]] Result<std::vector<LedgerEntry>> ledger() const;

 private:
  HubFacts facts_;
  Flows& flows_;
  FlowParts parts_;
  std::function<std::string()> reload_;
  Operations* desk_;
  std::function<SharedOut()> shared_;
};

// The answer to {"do":"ledger"}, of these entries in the order given.
[[nodiscard]] std::string ledger_json(const std::vector<LedgerEntry>& entries);

}  // namespace raccordo
