// SPDX-License-Identifier: EUPL-1.2
// What a work of a FaultyCaseStore sees.
#pragma once

#include "core/ports/case_store.hpp"
#include "core/ports/testing/faults.hpp"

namespace raccordo::testing {

class FaultyTransaction final : public CaseTransaction {
 public:
  FaultyTransaction(CaseTransaction& inner, Faults& faults) : inner_(inner), faults_(faults) {}

  // The store was away at some call, whatever the work made of it.
  [[nodiscard]] const std::optional<Error>& broken() const { return broken_; }

  Result<std::optional<InboxEntry>> inbox(const std::string& source, const std::string& id) override {
    return within([&] { return inner_.inbox(source, id); });
  }
  Status remember(const InboxEntry& entry) override {
    return within([&] { return inner_.remember(entry); });
  }
  Result<std::optional<CaseRecord>> find(const Uuid& id) override {
    return within([&] { return inner_.find(id); });
  }
  Result<std::optional<CaseRecord>> find_asked(const std::string& asked_by,
                                               const std::string& asked_id) override {
    return within([&] { return inner_.find_asked(asked_by, asked_id); });
  }
  Status put(const CaseRecord& record, const CaseStep& step) override {
    return within([&] { return inner_.put(record, step); });
  }
  Result<bool> take_places(const std::string& pool, const Uuid& id, std::int64_t places,
                           std::int64_t total) override {
    return within([&] { return inner_.take_places(pool, id, places, total); });
  }
  Status give_places_back(const Uuid& id) override {
    return within([&] { return inner_.give_places_back(id); });
  }
  Status give_places_back(const Uuid& id, const std::string& pool) override {
    return within([&] { return inner_.give_places_back(id, pool); });
  }
  Result<std::vector<std::string>> pools_of(const Uuid& id) override {
    return within([&] { return inner_.pools_of(id); });
  }
  Result<std::int64_t> taken_places(const std::string& pool) override {
    return within([&] { return inner_.taken_places(pool); });
  }
  Status wait_for(const std::string& pool, const Uuid& id) override {
    return within([&] { return inner_.wait_for(pool, id); });
  }
  Status wait_no_more(const Uuid& id) override {
    return within([&] { return inner_.wait_no_more(id); });
  }
  Result<std::vector<Uuid>> waiting(const std::string& pool, const std::optional<Uuid>& after,
                                    std::size_t limit) override {
    return within([&] { return inner_.waiting(pool, after, limit); });
  }
  Result<bool> draw(const Uuid& id, const Drawn& drawn, std::int64_t granted) override {
    return within([&] { return inner_.draw(id, drawn, granted); });
  }
  Result<std::vector<Drawn>> drawn_by(const Uuid& id) override {
    return within([&] { return inner_.drawn_by(id); });
  }
  Result<Drawn> drawn(const Uuid& entitlement, const std::string& period) override {
    return within([&] { return inner_.drawn(entitlement, period); });
  }
  Result<std::optional<WalletRecord>> wallet(const Uuid& id) override {
    return within([&] { return inner_.wallet(id); });
  }
  Result<std::vector<WalletRecord>> wallets_of(const std::string& holder) override {
    return within([&] { return inner_.wallets_of(holder); });
  }
  Result<std::optional<WalletMovement>> movement(const Uuid& id) override {
    return within([&] { return inner_.movement(id); });
  }
  Result<std::vector<WalletMovement>> movements(const Uuid& wallet) override {
    return within([&] { return inner_.movements(wallet); });
  }
  Status put(const WalletRecord& wallet, const WalletMovement& movement) override {
    return within([&] { return inner_.put(wallet, movement); });
  }
  Status put(const WalletRecord& wallet) override {
    return within([&] { return inner_.put(wallet); });
  }
  Status tell(const OutboxMessage& message) override {
    return within([&] { return inner_.tell(message); });
  }

 private:
  template <typename Call>
  auto within(Call call) -> decltype(call()) {
    auto result = faults_.through("within", call);
    if (!result.ok() &&
        (result.error().code == ErrorCode::kUnavailable || result.error().code == ErrorCode::kFull))
      broken_ = result.error();
    return result;
  }

  CaseTransaction& inner_;
  Faults& faults_;
  std::optional<Error> broken_;
};

}  // namespace raccordo::testing
