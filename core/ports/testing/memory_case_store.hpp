// SPDX-License-Identifier: EUPL-1.2
// A store of cases that lives as long as its object: for tests of what stands above it. Each work runs on a
// copy of everything, which takes the place of what was there when it succeeds. One that ends with
// kUnavailable or kFull met a store that is away: the whole transaction ends with it, as the products' do.
#pragma once

#include <map>
#include <mutex>
#include <tuple>
#include <utility>

#include "core/ports/case_store.hpp"
#include "core/ports/clock.hpp"

namespace raccordo::testing {

class MemoryCaseStore final : public CaseStore {
 public:
  // Leases run by the clock's calendar.
  explicit MemoryCaseStore(const Clock& clock) : clock_(clock) {}

  Result<std::vector<Status>> transact(std::span<const Work> works, const Fence& fence = {},
                                       const Foreseen& foreseen = {}) override;
  Status look(const Work& work) override;
  Result<std::optional<CaseRecord>> find(const Uuid& id) override;
  Result<std::vector<CaseRecord>> cases(const CaseQuery& query) override;
  Result<std::vector<CaseStep>> history(const Uuid& id) override;
  Result<std::vector<Uuid>> due(std::int64_t now_ms, std::size_t limit) override;
  Result<std::optional<std::int64_t>> next_due() override;
  Result<std::vector<WalletRecord>> wallets(const std::string& plan) override;
  Result<std::vector<WalletMovement>> movements(const Uuid& wallet) override;
  Result<std::vector<std::string>> pools_waited_for(const std::string& after, std::size_t limit) override;
  Result<std::vector<Allowance>> allowances(const Uuid& entitlement) override;
  Result<std::vector<OutboxMessage>> to_tell(std::size_t limit) override;
  Status told(std::span<const std::int64_t> numbers, const Fence& fence = {}) override;
  Result<std::optional<Lease>> lease(const std::string& name, const std::string& holder,
                                     std::int64_t for_ms) override;
  Result<std::vector<Lease>> prolong(std::span<const Lease> ours, std::int64_t for_ms) override;
  Status give_back(const Lease& lease) override;
  Result<LeaseBook> lease_book() override;
  Status forget_answers_before(std::int64_t time_ms) override;

  // How many works have counted so far.
  [[nodiscard]] std::size_t works_done();

 private:
  class Working;

  struct Held {
    [[nodiscard]] Drawn sum_of(const Uuid& entitlement, const std::string& period) const;

    std::map<std::pair<std::string, std::string>, InboxEntry> inbox;  // by source and id
    std::map<Uuid, CaseRecord> cases;
    std::vector<Uuid> order;  // in which cases began
    std::map<Uuid, std::vector<CaseStep>> steps;
    std::map<std::pair<std::string, Uuid>, std::int64_t> places;   // by pool and case
    std::map<std::string, std::vector<Uuid>> lists;                // by pool, in the order of coming
    std::map<std::tuple<Uuid, Uuid, std::string>, Drawn> drawn;    // by case, entitlement and period
    std::map<std::pair<Uuid, std::string>, std::int64_t> granted;  // by entitlement and period
    std::map<Uuid, WalletRecord> wallets;
    std::vector<WalletMovement> movements;
    std::map<std::int64_t, OutboxMessage> outbox;
    std::int64_t last_number = 0;  // of the outbox
  };

  [[nodiscard]] bool is_ours(const Fence& fence) const;
  [[nodiscard]] std::int64_t now_ms() const;

  const Clock& clock_;
  std::mutex mutex_;
  Held held_;
  std::map<std::string, Lease> leases_;
  std::size_t works_done_ = 0;
};

}  // namespace raccordo::testing
