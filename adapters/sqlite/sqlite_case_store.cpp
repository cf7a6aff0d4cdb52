// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sqlite/sqlite_case_store.hpp"

#include "adapters/sqlite/amount_rows.hpp"
#include "adapters/sqlite/case_rows.hpp"
#include "adapters/sqlite/case_schema.hpp"
#include "adapters/sqlite/claim_rows.hpp"
#include "adapters/sqlite/readers.hpp"
#include "adapters/sqlite/shared_commits.hpp"
#include "adapters/sqlite/telling_rows.hpp"
#include "core/ports/case_rules.hpp"

namespace raccordo::sqlite {
namespace {

// Half of what other files have: a transaction touches some pages at random, each of which is written whole.
constexpr int kCasePageBytes = 4'096;
constexpr std::int64_t kForgottenAtOnce = 1'000;

// What a work does, in its savepoint. A failure of the disk is remembered, whatever the work makes of it: the
// whole transaction ends with it.
class SqliteCaseWork final : public CaseTransaction {
 public:
  explicit SqliteCaseWork(Database& database) : database_(database) {}

  // Kept when a call failed for another reason than what it was asked.
  [[nodiscard]] const std::optional<Error>& broken() const { return broken_; }

  Status change(const std::function<Status(Database&)>& work) { return watched(work(database_)); }

  Result<std::optional<InboxEntry>> inbox(const std::string& source, const std::string& id) override {
    return watched(read_answer(database_, source, id));
  }
  Status remember(const InboxEntry& entry) override { return watched(put_answer(database_, entry)); }
  Result<std::optional<CaseRecord>> find(const Uuid& id) override {
    return watched(read_case(database_, id));
  }
  Result<std::optional<CaseRecord>> find_asked(const std::string& asked_by,
                                               const std::string& asked_id) override {
    return watched(read_asked_case(database_, asked_by, asked_id));
  }
  Status put(const CaseRecord& record, const CaseStep& step) override {
    return watched(put_case(database_, record, step));
  }
  Result<bool> take_places(const std::string& pool, const Uuid& id, std::int64_t places,
                           std::int64_t total) override {
    return watched(sqlite::take_places(database_, pool, id, places, total));
  }
  Status give_places_back(const Uuid& id) override {
    return watched(sqlite::give_places_back(database_, id));
  }
  Status give_places_back(const Uuid& id, const std::string& pool) override {
    return watched(sqlite::give_places_back(database_, id, pool));
  }
  Result<std::vector<std::string>> pools_of(const Uuid& id) override {
    return watched(read_pools_of(database_, id));
  }
  Result<std::int64_t> taken_places(const std::string& pool) override {
    return watched(read_taken(database_, pool));
  }
  Status wait_for(const std::string& pool, const Uuid& id) override {
    return watched(put_waiting(database_, pool, id));
  }
  Status wait_no_more(const Uuid& id) override { return watched(drop_waiting(database_, id)); }
  Result<std::vector<Uuid>> waiting(const std::string& pool, const std::optional<Uuid>& after,
                                    std::size_t limit) override {
    return watched(read_waiting(database_, pool, after, limit));
  }
  Result<bool> draw(const Uuid& id, const Drawn& drawn, std::int64_t granted) override {
    return watched(put_drawn(database_, id, drawn, granted));
  }
  Result<std::vector<Drawn>> drawn_by(const Uuid& id) override {
    return watched(read_drawn_by(database_, id));
  }
  Result<Drawn> drawn(const Uuid& entitlement, const std::string& period) override {
    return watched(read_drawn(database_, entitlement, period));
  }
  Result<std::optional<WalletRecord>> wallet(const Uuid& id) override {
    return watched(read_wallet(database_, id));
  }
  Result<std::vector<WalletRecord>> wallets_of(const std::string& holder) override {
    return watched(read_wallets_of(database_, holder));
  }
  Result<std::optional<WalletMovement>> movement(const Uuid& id) override {
    return watched(read_movement(database_, id));
  }
  Result<std::vector<WalletMovement>> movements(const Uuid& wallet) override {
    return watched(read_movements(database_, wallet));
  }
  Status put(const WalletRecord& wallet, const WalletMovement& movement) override {
    return watched(put_wallet(database_, wallet, movement));
  }
  Status put(const WalletRecord& wallet) override { return watched(put_wallet(database_, wallet)); }
  Status tell(const OutboxMessage& message) override { return watched(put_message(database_, message)); }

 private:
  template <typename T>
  Result<T> watched(Result<T> result) {
    if (!result.ok() && result.error().code != ErrorCode::kConflict &&
        result.error().code != ErrorCode::kInvalid)
      broken_ = result.error();
    return result;
  }

  Database& database_;
  std::optional<Error> broken_;
};

// One caller's works.
struct Part {
  std::span<const CaseStore::Work> works;
  const CaseStore::Fence& fence;
  std::vector<Status> outcomes;
  bool fenced_off = false;
};

class SqliteCaseStore final : public CaseStore {
 public:
  SqliteCaseStore(std::unique_ptr<Database> writer, const Clock& clock, const CaseStoreOptions& options)
      : options_(options),
        clock_(clock),
        writer_(std::move(writer)),
        readers_(writer_->path(), options.max_readers),
        commits_([this](const Commits::Group& group) { return commit(group); }, options.max_group_works) {}

  Result<std::vector<Status>> transact(std::span<const Work> works, const Fence& fence,
                                       const Foreseen& foreseen) override;
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
  Status told(std::span<const std::int64_t> numbers, const Fence& fence) override;
  Result<std::optional<Lease>> lease(const std::string& name, const std::string& holder,
                                     std::int64_t for_ms) override;
  Result<std::vector<Lease>> prolong(std::span<const Lease> ours, std::int64_t for_ms) override;
  Status give_back(const Lease& lease) override;
  Result<LeaseBook> lease_book() override;
  Status forget_answers_before(std::int64_t time_ms) override;

 private:
  using Commits = SharedCommits<Part>;

  Status commit(const Commits::Group& group);
  Status run(Part& part);
  Result<Status> run(const Work& work);
  Status change(const std::function<Status(Database&)>& work, const Fence& fence = {});
  [[nodiscard]] std::int64_t now_ms() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(clock_.now().time_since_epoch()).count();
  }
  void bound_wal();

  CaseStoreOptions options_;
  const Clock& clock_;
  std::unique_ptr<Database> writer_;  // used inside `commits_` only; closes after the readers
  Readers readers_;
  Commits commits_;
};

Result<std::vector<Status>> SqliteCaseStore::transact(std::span<const Work> works, const Fence& fence,
                                                      const Foreseen&) {
  Part part{works, fence, {}};
  RACCORDO_CHECK(commits_.write(part, works.size()));
  if (part.fenced_off) return lost(*fence);
  return std::move(part.outcomes);
}

// Everybody's works in one transaction. The WAL is bounded before it, when those of the group before have
// their answers.
Status SqliteCaseStore::commit(const Commits::Group& group) {
  bound_wal();
  RACCORDO_TRY(auto transaction, Transaction::begin(*writer_));
  for (auto* part : group) RACCORDO_CHECK(run(*part));
  return transaction.commit();
}

Status SqliteCaseStore::run(Part& part) {
  if (part.fence) {
    RACCORDO_TRY(const bool ours, is_ours(*writer_, *part.fence));
    part.fenced_off = !ours;
    if (!ours) return done();
  }
  for (const auto& work : part.works) {
    RACCORDO_TRY(auto outcome, run(work));
    part.outcomes.push_back(std::move(outcome));
  }
  return done();
}

// What the work returned. Errors: the disk's.
Result<Status> SqliteCaseStore::run(const Work& work) {
  const auto say_to_database = [&](const char* sql) -> Status {
    RACCORDO_TRY(auto query, writer_->query(sql));
    return query.run();
  };
  RACCORDO_CHECK(say_to_database("SAVEPOINT work"));
  SqliteCaseWork transaction(*writer_);
  auto outcome = work(transaction);
  if (transaction.broken()) return *transaction.broken();
  if (!outcome.ok()) RACCORDO_CHECK(say_to_database("ROLLBACK TO work"));
  RACCORDO_CHECK(say_to_database("RELEASE work"));
  return outcome;
}

// A change of our own, among those of the works.
Status SqliteCaseStore::change(const std::function<Status(Database&)>& work, const Fence& fence) {
  const Work one = [&](CaseTransaction& t) { return static_cast<SqliteCaseWork&>(t).change(work); };
  RACCORDO_TRY(const auto outcomes, transact({&one, 1}, fence, {}));
  return outcomes.front();
}

// What was committed is safe in the WAL: when this fails the next commit tries again.
void SqliteCaseStore::bound_wal() {
  const auto bytes = static_cast<std::size_t>(writer_->wal_pages()) * kCasePageBytes;
  if (bytes < options_.checkpoint_bytes) return;
  if (const auto moved = writer_->checkpoint(bytes >= 4 * options_.checkpoint_bytes); !moved.ok()) return;
}

// The reader sees what was committed when it read first, until it ends.
Status SqliteCaseStore::look(const Work& work) {
  RACCORDO_TRY(auto reader, readers_.lend());
  RACCORDO_CHECK(reader->execute("BEGIN"));
  SqliteCaseWork transaction(*reader);
  auto outcome = work(transaction);
  RACCORDO_CHECK(reader->execute("ROLLBACK"));
  return outcome;
}

Result<std::optional<CaseRecord>> SqliteCaseStore::find(const Uuid& id) {
  RACCORDO_TRY(auto reader, readers_.lend());
  return read_case(*reader, id);
}

Result<std::vector<CaseRecord>> SqliteCaseStore::cases(const CaseQuery& query) {
  RACCORDO_TRY(auto reader, readers_.lend());
  return read_cases(*reader, query);
}

Result<std::vector<CaseStep>> SqliteCaseStore::history(const Uuid& id) {
  RACCORDO_TRY(auto reader, readers_.lend());
  return read_steps(*reader, id);
}

Result<std::vector<Uuid>> SqliteCaseStore::due(std::int64_t now_ms, std::size_t limit) {
  RACCORDO_TRY(auto reader, readers_.lend());
  return read_due(*reader, now_ms, limit);
}

Result<std::optional<std::int64_t>> SqliteCaseStore::next_due() {
  RACCORDO_TRY(auto reader, readers_.lend());
  return read_next_due(*reader);
}

Result<std::vector<WalletRecord>> SqliteCaseStore::wallets(const std::string& plan) {
  RACCORDO_TRY(auto reader, readers_.lend());
  return read_wallets(*reader, plan);
}

Result<std::vector<WalletMovement>> SqliteCaseStore::movements(const Uuid& wallet) {
  RACCORDO_TRY(auto reader, readers_.lend());
  return read_movements(*reader, wallet);
}

Result<std::vector<std::string>> SqliteCaseStore::pools_waited_for(const std::string& after,
                                                                   std::size_t limit) {
  RACCORDO_TRY(auto reader, readers_.lend());
  return read_pools_waited_for(*reader, after, limit);
}

Result<std::vector<Allowance>> SqliteCaseStore::allowances(const Uuid& entitlement) {
  RACCORDO_TRY(auto reader, readers_.lend());
  return read_allowances(*reader, entitlement);
}

Result<std::vector<OutboxMessage>> SqliteCaseStore::to_tell(std::size_t limit) {
  RACCORDO_TRY(auto reader, readers_.lend());
  return read_to_tell(*reader, limit);
}

Status SqliteCaseStore::told(std::span<const std::int64_t> numbers, const Fence& fence) {
  return change([&](Database& database) { return forget_told(database, numbers); }, fence);
}

Result<std::optional<Lease>> SqliteCaseStore::lease(const std::string& name, const std::string& holder,
                                                    std::int64_t for_ms) {
  std::optional<Lease> lease;
  RACCORDO_CHECK(change([&](Database& database) -> Status {
    RACCORDO_TRY(lease, take_lease(database, name, holder, now_ms(), for_ms));
    return done();
  }));
  return lease;
}

Result<std::vector<Lease>> SqliteCaseStore::prolong(std::span<const Lease> ours, std::int64_t for_ms) {
  std::vector<Lease> still;
  RACCORDO_CHECK(change([&](Database& database) -> Status {
    RACCORDO_TRY(still, prolong_leases(database, ours, now_ms() + for_ms));
    return done();
  }));
  return still;
}

Result<LeaseBook> SqliteCaseStore::lease_book() {
  LeaseBook book{now_ms(), {}};
  RACCORDO_TRY(auto reader, readers_.lend());
  RACCORDO_TRY(book.running, read_leases(*reader, book.now_ms));
  return book;
}

Status SqliteCaseStore::give_back(const Lease& lease) {
  return change([&](Database& database) { return give_lease_back(database, lease); });
}

// In steps, between which others commit.
Status SqliteCaseStore::forget_answers_before(std::int64_t time_ms) {
  for (std::int64_t forgotten = 1; forgotten > 0;)
    RACCORDO_CHECK(change([&](Database& database) -> Status {
      RACCORDO_TRY(forgotten, forget_before(database, time_ms, kForgottenAtOnce));
      return done();
    }));
  return done();
}

}  // namespace

Result<std::unique_ptr<CaseStore>> open_case_store(const std::string& path, const Clock& clock,
                                                   CaseStoreOptions options) {
  RACCORDO_TRY(auto writer, Database::open(path, Access::kWrite, kCasePageBytes));
  RACCORDO_CHECK(writer->execute("PRAGMA cache_size=-" + std::to_string(options.cache_bytes >> 10)));
  RACCORDO_CHECK(migrate(*writer, kCasesFile, kCaseMigrations));
  return std::unique_ptr<CaseStore>(std::make_unique<SqliteCaseStore>(std::move(writer), clock, options));
}

}  // namespace raccordo::sqlite
