// SPDX-License-Identifier: EUPL-1.2
// What pieces of work see of the tables of cases, within one transaction.
#pragma once

#include "adapters/postgresql/case_draft.hpp"
#include "adapters/postgresql/case_rows.hpp"

namespace raccordo::postgresql {

// Cases, wallets and pools that are read or written are locked until the transaction ends: whoever wants the
// same waits. What works do to messages, cases, places and what is to be told is written by `write`, all
// together; the rest as they do it. With Lock::kNone it only reads.
class CaseWork final : public CaseTransaction {
 public:
  // `trusting`: a case that begins is taken for one that is not there, unread, until `write` finds out.
  explicit CaseWork(Connection& connection, Lock lock = Lock::kRow, bool trusting = false)
      : connection_(connection), lock_(lock), trusting_(trusting) {}

  Result<std::optional<InboxEntry>> inbox(const std::string& source, const std::string& id) override;
  Status remember(const InboxEntry& entry) override;
  Result<std::optional<CaseRecord>> find(const Uuid& id) override;
  Result<std::optional<CaseRecord>> find_asked(const std::string& asked_by,
                                               const std::string& asked_id) override;
  Status put(const CaseRecord& record, const CaseStep& step) override;
  Result<bool> take_places(const std::string& pool, const Uuid& id, std::int64_t places,
                           std::int64_t total) override;
  Status give_places_back(const Uuid& id) override;
  Status give_places_back(const Uuid& id, const std::string& pool) override;
  Result<std::vector<std::string>> pools_of(const Uuid& id) override;
  Result<std::int64_t> taken_places(const std::string& pool) override;
  Status wait_for(const std::string& pool, const Uuid& id) override;
  Status wait_no_more(const Uuid& id) override;
  Result<std::vector<Uuid>> waiting(const std::string& pool, const std::optional<Uuid>& after,
                                    std::size_t limit) override;
  Result<bool> draw(const Uuid& id, const Drawn& drawn, std::int64_t granted) override;
  Result<std::vector<Drawn>> drawn_by(const Uuid& id) override;
  Result<Drawn> drawn(const Uuid& entitlement, const std::string& period) override;
  Result<std::optional<WalletRecord>> wallet(const Uuid& id) override;
  Result<std::vector<WalletRecord>> wallets_of(const std::string& holder) override;
  Result<std::optional<WalletMovement>> movement(const Uuid& id) override;
  Result<std::vector<WalletMovement>> movements(const Uuid& wallet) override;
  Status put(const WalletRecord& wallet, const WalletMovement& movement) override;
  Status put(const WalletRecord& wallet) override;
  Status tell(const OutboxMessage& message) override;

  // All of it at once: works find it here.
  [[nodiscard]] Status read(const Foreseen& foreseen);
  // Does one: what it did counts, or nothing of it.
  [[nodiscard]] Status perform(const CaseStore::Work& work);
  // False: others were first, or a case was there that was taken for new. The works are to be run again, and
  // without trust.
  [[nodiscard]] Result<bool> write();
  // What ends the whole transaction, whatever the works made of it.
  [[nodiscard]] const std::optional<Error>& broken() const { return broken_; }

 private:
  template <typename Value>
  Result<Value> noting(Result<Value> result);
  Status write_at_once();
  void know(CaseRecord record);
  Result<std::optional<Uuid>> asked_case(const Named& name);
  void note_name(const CaseRecord& record);
  Status begin(const CaseRecord& record);
  Status go_on(const CaseRecord& record);
  bool begins(const Uuid& id);
  Result<Seats> seats_of(const Uuid& id);
  Result<PoolStand> stand_of(const std::string& pool);
  Result<PoolStand> read_pool(const std::string& pool);
  void seat(const Uuid& id, Seats seats, const std::string& pool, PoolStand stand);
  Result<Drawn> locked_allowance(const Uuid& entitlement, const std::string& period);

  Connection& connection_;
  Lock lock_;
  bool trusting_;
  CaseDrafts drafts_;
  bool saved_ = false;  // what the work wrote at once can be taken back
  std::optional<Error> broken_;
};

}  // namespace raccordo::postgresql
