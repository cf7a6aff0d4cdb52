// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "core/ports/case_store.hpp"
#include "core/ports/testing/faulty_case_transaction.hpp"

namespace raccordo::testing {

// Fails as planned, by the names of the methods; "within" is any call that a work makes of its transaction. A
// store says that it changed nothing when it fails, so When::kAfter at a change means a process that died
// before it heard the answer; a call within that fails with kUnavailable or kFull ends the whole transaction.
class FaultyCaseStore final : public CaseStore {
 public:
  explicit FaultyCaseStore(CaseStore& inner) : inner_(inner) {}

  Faults faults;

  Result<std::vector<Status>> transact(std::span<const Work> works, const Fence& fence = {},
                                       const Foreseen& foreseen = {}) override {
    std::vector<Work> watched;
    for (const auto& work : works)
      watched.emplace_back([this, &work](CaseTransaction& transaction) {
        FaultyTransaction faulty(transaction, faults);
        auto outcome = work(faulty);
        return faulty.broken() ? Status(*faulty.broken()) : outcome;
      });
    return faults.through("transact", [&] { return inner_.transact(watched, fence, foreseen); });
  }
  Status look(const Work& work) override {
    return faults.through("look", [&] { return inner_.look(work); });
  }
  Result<std::optional<CaseRecord>> find(const Uuid& id) override {
    return faults.through("find", [&] { return inner_.find(id); });
  }
  Result<std::vector<CaseRecord>> cases(const CaseQuery& query) override {
    return faults.through("cases", [&] { return inner_.cases(query); });
  }
  Result<std::vector<CaseStep>> history(const Uuid& id) override {
    return faults.through("history", [&] { return inner_.history(id); });
  }
  Result<std::vector<Uuid>> due(std::int64_t now_ms, std::size_t limit) override {
    return faults.through("due", [&] { return inner_.due(now_ms, limit); });
  }
  Result<std::optional<std::int64_t>> next_due() override {
    return faults.through("next_due", [&] { return inner_.next_due(); });
  }
  Result<std::vector<WalletRecord>> wallets(const std::string& plan) override {
    return faults.through("wallets", [&] { return inner_.wallets(plan); });
  }
  Result<std::vector<WalletMovement>> movements(const Uuid& wallet) override {
    return faults.through("movements", [&] { return inner_.movements(wallet); });
  }
  Result<std::vector<std::string>> pools_waited_for(const std::string& after, std::size_t limit) override {
    return faults.through("pools_waited_for", [&] { return inner_.pools_waited_for(after, limit); });
  }
  Result<std::vector<Allowance>> allowances(const Uuid& entitlement) override {
    return faults.through("allowances", [&] { return inner_.allowances(entitlement); });
  }
  Result<std::vector<OutboxMessage>> to_tell(std::size_t limit) override {
    return faults.through("to_tell", [&] { return inner_.to_tell(limit); });
  }
  Status told(std::span<const std::int64_t> numbers, const Fence& fence = {}) override {
    return faults.through("told", [&] { return inner_.told(numbers, fence); });
  }
  Result<std::optional<Lease>> lease(const std::string& name, const std::string& holder,
                                     std::int64_t for_ms) override {
    return faults.through("lease", [&] { return inner_.lease(name, holder, for_ms); });
  }
  Status give_back(const Lease& lease) override {
    return faults.through("give_back", [&] { return inner_.give_back(lease); });
  }
  Result<std::vector<Lease>> prolong(std::span<const Lease> ours, std::int64_t for_ms) override {
    return faults.through("prolong", [&] { return inner_.prolong(ours, for_ms); });
  }
  Result<LeaseBook> lease_book() override {
    return faults.through("lease_book", [&] { return inner_.lease_book(); });
  }
  Status forget_answers_before(std::int64_t time_ms) override {
    return faults.through("forget_answers_before", [&] { return inner_.forget_answers_before(time_ms); });
  }

 private:
  CaseStore& inner_;
};

}  // namespace raccordo::testing
