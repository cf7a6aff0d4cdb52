// SPDX-License-Identifier: EUPL-1.2
#include "adapters/postgresql/postgres_case_store.hpp"

#include "adapters/postgresql/case_schema.hpp"
#include "adapters/postgresql/case_work.hpp"
#include "adapters/postgresql/failure.hpp"
#include "adapters/postgresql/lease_rows.hpp"
#include "adapters/postgresql/pool.hpp"
#include "adapters/postgresql/shared_turns.hpp"
#include "adapters/postgresql/transaction.hpp"
#include "core/ports/case_rules.hpp"

namespace raccordo::postgresql {
namespace {

constexpr int kTries = 10;

// Found out by a statement that went well: the whole transaction is done again.
Error others_were_first() {
  return error(ErrorCode::kUnavailable, say("altri hanno cambiato nel frattempo le stesse pratiche",
                                            "others changed the same cases meanwhile"));
}

Foreseen foreseen_by(std::span<Turn* const> turns) {
  Foreseen all;
  const auto add = [](auto& to, const auto& more) { to.insert(to.end(), more.begin(), more.end()); };
  for (const auto* turn : turns) {
    add(all.messages, turn->foreseen.messages);
    add(all.asked, turn->foreseen.asked);
    add(all.cases, turn->foreseen.cases);
  }
  return all;
}

// What became of a transaction that did not end well.
struct Failure {
  Error why;
  bool again = false;  // it did not happen, and may now
};

using Inside = std::function<Status(Connection&)>;

class PostgresCaseStore final : public CaseStore {
 public:
  PostgresCaseStore(ServerOptions server, const CaseStoreOptions& options)
      : server_(std::move(server)),
        pool_(options.transactions + options.readers, [this] { return make(); }),
        turns_(options.transactions, options.works, [this](std::span<Turn* const> turns) { run(turns); }) {}

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
  Result<Session> make();
  void run(std::span<Turn* const> turns);
  Status persist(const Fence& fence, const Inside& inside);
  std::optional<Failure> attempt(const Fence& fence, const Inside& inside);
  std::optional<Failure> failed(const Pool::Loan& loan, Error why);
  std::optional<Failure> settle(const Pool::Loan& loan, std::int64_t number, Error why);

  const ServerOptions server_;
  Pool pool_;
  SharedTurns turns_;
};

Result<Session> PostgresCaseStore::make() {
  RACCORDO_TRY(auto connection, Connection::open(server_));
  // Each statement has its index. A plan that was made while a table was small stays: it must not read all of
  // it.
  RACCORDO_CHECK(connection->script("SET enable_seqscan = off"));
  RACCORDO_TRY(const auto row, connection->run("INSERT INTO case_writer(number) VALUES(0) RETURNING id"));
  return Session{std::move(connection), row.integer(0, 0)};
}

std::optional<Failure> PostgresCaseStore::failed(const Pool::Loan& loan, Error why) {
  if (loan->lost()) pool_.drop_idle();
  const bool again = (loan->lost() && why.code != ErrorCode::kTimeout) ||
                     (why.code == ErrorCode::kUnavailable &&
                      (loan->last_state().empty() || is_collision(loan->last_state())));
  return Failure{std::move(why), again};
}

// The answer to COMMIT was lost: the row is had once that transaction has ended, one way or the other.
std::optional<Failure> PostgresCaseStore::settle(const Pool::Loan& loan, std::int64_t number, Error why) {
  pool_.drop_idle();
  const auto writer = loan.writer();
  const auto connection = Connection::open(server_);
  if (!connection.ok()) return Failure{connection.error(), false};
  const auto rows = (*connection)->run("SELECT number FROM case_writer WHERE id = $1 FOR UPDATE", writer);
  if (!rows.ok()) return Failure{rows.error(), false};
  if (!rows->empty() && rows->integer(0, 0) == number) return std::nullopt;
  return Failure{std::move(why), true};
}

// None: it happened, and is durable.
std::optional<Failure> PostgresCaseStore::attempt(const Fence& fence, const Inside& inside) {
  auto lent = pool_.lend();
  if (!lent.ok()) return Failure{std::move(lent).error(), false};
  const auto loan = std::move(lent).value();
  auto transaction = Transaction::begin(*loan);
  if (!transaction.ok()) return failed(loan, std::move(transaction).error());
  const auto number = loan->run(
      "INSERT INTO case_writer(id, number) VALUES($1, 1) ON CONFLICT(id) DO UPDATE SET number = "
      "case_writer.number + 1, used = now() RETURNING number",
      loan.writer());
  if (!number.ok()) return failed(loan, number.error());
  if (auto fenced = check_fence(*loan, fence); !fenced.ok()) return failed(loan, std::move(fenced).error());
  if (auto worked = inside(*loan); !worked.ok()) return failed(loan, std::move(worked).error());
  auto committed = transaction->commit();
  if (committed.ok()) return std::nullopt;
  if (!loan->lost()) return failed(loan, std::move(committed).error());
  return settle(loan, number->integer(0, 0), std::move(committed).error());
}

Status PostgresCaseStore::persist(const Fence& fence, const Inside& inside) {
  for (int tried = 1;; ++tried) {
    auto failure = attempt(fence, inside);
    if (!failure) return done();
    if (!failure->again || tried == kTries) return std::move(failure->why);
  }
}

Result<std::vector<Status>> PostgresCaseStore::transact(std::span<const Work> works, const Fence& fence,
                                                        const Foreseen& foreseen) {
  if (works.empty()) return std::vector<Status>{};
  Turn turn{works, fence, foreseen, {}, {}};
  turns_.take(turn);
  if (turn.failure) return std::move(*turn.failure);
  return std::move(turn.outcomes);
}

void PostgresCaseStore::run(std::span<Turn* const> turns) {
  bool trusting = true;
  const auto persisted = persist(turns.front()->fence, [&](Connection& connection) -> Status {
    CaseWork transaction(connection, Lock::kRow, std::exchange(trusting, false));
    RACCORDO_CHECK(transaction.read(foreseen_by(turns)));
    for (auto* const turn : turns) {
      turn->outcomes.clear();
      for (const auto& work : turn->works) {
        turn->outcomes.push_back(transaction.perform(work));
        if (transaction.broken()) return *transaction.broken();
      }
    }
    RACCORDO_TRY(const bool written, transaction.write());
    return written ? done() : others_were_first();
  });
  if (persisted.ok()) return;
  for (auto* const turn : turns) turn->failure = persisted.error();
}

Status PostgresCaseStore::look(const Work& work) {
  return postgresql::look(pool_, [&](Connection& connection) -> Status {
    RACCORDO_TRY(const auto transaction, Transaction::begin_reading(connection));
    CaseWork seen(connection, Lock::kNone);
    return work(seen);
  });
}

Result<std::optional<CaseRecord>> PostgresCaseStore::find(const Uuid& id) {
  return postgresql::look(pool_,
                          [&](Connection& connection) { return read_case(connection, id, Lock::kNone); });
}

Result<std::vector<CaseRecord>> PostgresCaseStore::cases(const CaseQuery& query) {
  return postgresql::look(pool_, [&](Connection& connection) { return read_cases(connection, query); });
}

Result<std::vector<CaseStep>> PostgresCaseStore::history(const Uuid& id) {
  return postgresql::look(pool_, [&](Connection& connection) { return read_steps(connection, id); });
}

Result<std::vector<Uuid>> PostgresCaseStore::due(std::int64_t now_ms, std::size_t limit) {
  return postgresql::look(pool_, [&](Connection& connection) -> Result<std::vector<Uuid>> {
    RACCORDO_TRY(const auto rows,
                 connection.run(
                     "SELECT id FROM cases WHERE due_ms > 0 AND due_ms <= $1 ORDER BY due_ms, began LIMIT $2",
                     now_ms, static_cast<std::int64_t>(limit)));
    std::vector<Uuid> ids;
    for (int i = 0; i < rows.size(); ++i) ids.push_back(rows.uuid(i, 0));
    return ids;
  });
}

Result<std::optional<std::int64_t>> PostgresCaseStore::next_due() {
  return postgresql::look(pool_, [&](Connection& connection) -> Result<std::optional<std::int64_t>> {
    RACCORDO_TRY(const auto rows, connection.run("SELECT min(due_ms) FROM cases WHERE due_ms > 0"));
    return rows.is_null(0, 0) ? std::nullopt : std::optional(rows.integer(0, 0));
  });
}

Result<std::vector<WalletRecord>> PostgresCaseStore::wallets(const std::string& plan) {
  return postgresql::look(pool_, [&](Connection& connection) { return read_wallets(connection, plan); });
}

Result<std::vector<WalletMovement>> PostgresCaseStore::movements(const Uuid& wallet) {
  return postgresql::look(pool_, [&](Connection& connection) { return read_movements(connection, wallet); });
}

Result<std::vector<std::string>> PostgresCaseStore::pools_waited_for(const std::string& after,
                                                                     std::size_t limit) {
  return postgresql::look(pool_, [&](Connection& connection) -> Result<std::vector<std::string>> {
    RACCORDO_TRY(const auto rows, connection.run("SELECT DISTINCT pool FROM waiting WHERE pool > $1 ORDER BY "
                                                 "pool LIMIT $2",
                                                 after, static_cast<std::int64_t>(limit)));
    std::vector<std::string> pools;
    for (int i = 0; i < rows.size(); ++i) pools.push_back(rows.text(i, 0));
    return pools;
  });
}

Result<std::vector<Allowance>> PostgresCaseStore::allowances(const Uuid& entitlement) {
  return postgresql::look(pool_, [&](Connection& connection) -> Result<std::vector<Allowance>> {
    RACCORDO_TRY(
        const auto rows,
        connection.run("SELECT period, granted, remains, held, used FROM allowance WHERE entitlement "
                       "= $1 AND held + used + granted > 0 ORDER BY period",
                       entitlement));
    std::vector<Allowance> all;
    for (int i = 0; i < rows.size(); ++i)
      all.push_back(
          {rows.text(i, 0), rows.integer(i, 1), rows.integer(i, 2), rows.integer(i, 3), rows.integer(i, 4)});
    return all;
  });
}

// Numbers of transactions that run at once may become visible in another order. What is told of one case or
// wallet comes in its order all the same: its row is locked while the number is given.
Result<std::vector<OutboxMessage>> PostgresCaseStore::to_tell(std::size_t limit) {
  return postgresql::look(pool_, [&](Connection& connection) -> Result<std::vector<OutboxMessage>> {
    RACCORDO_TRY(const auto rows,
                 connection.run("SELECT number, topic, key, value FROM outbox ORDER BY number LIMIT $1",
                                static_cast<std::int64_t>(limit)));
    std::vector<OutboxMessage> messages;
    for (int i = 0; i < rows.size(); ++i)
      messages.push_back({rows.integer(i, 0), rows.text(i, 1), rows.text(i, 2), rows.text(i, 3)});
    return messages;
  });
}

Status PostgresCaseStore::told(std::span<const std::int64_t> numbers, const Fence& fence) {
  return persist(fence, [&](Connection& connection) -> Status {
    RACCORDO_CHECK(connection.run("DELETE FROM outbox WHERE number = ANY($1)",
                                  Integers{{numbers.begin(), numbers.end()}}));
    return done();
  });
}

Result<std::optional<Lease>> PostgresCaseStore::lease(const std::string& name, const std::string& holder,
                                                      std::int64_t for_ms) {
  std::optional<Lease> taken;
  RACCORDO_CHECK(persist({}, [&](Connection& connection) -> Status {
    RACCORDO_TRY(taken, take_lease(connection, name, holder, for_ms));
    return done();
  }));
  return taken;
}

Result<std::vector<Lease>> PostgresCaseStore::prolong(std::span<const Lease> ours, std::int64_t for_ms) {
  std::vector<Lease> still;
  if (ours.empty()) return still;
  RACCORDO_CHECK(persist({}, [&](Connection& connection) -> Status {
    RACCORDO_TRY(still, prolong_leases(connection, ours, for_ms));
    return done();
  }));
  return still;
}

Status PostgresCaseStore::give_back(const Lease& lease) {
  return persist({}, [&](Connection& connection) { return give_lease_back(connection, lease); });
}

Result<LeaseBook> PostgresCaseStore::lease_book() { return postgresql::look(pool_, read_lease_book); }

Status PostgresCaseStore::forget_answers_before(std::int64_t time_ms) {
  return persist({}, [&](Connection& connection) -> Status {
    RACCORDO_CHECK(connection.run("DELETE FROM inbox WHERE time_ms < $1", time_ms));
    RACCORDO_CHECK(
        connection.run("DELETE FROM case_step USING cases WHERE cases.id = case_step.id AND cases.ended AND "
                       "cases.changed_ms < $1",
                       time_ms));
    RACCORDO_CHECK(connection.run("DELETE FROM case_writer WHERE used < now() - interval '1 day'"));
    return done();
  });
}

}  // namespace

Result<std::unique_ptr<CaseStore>> open_case_store(ServerOptions server, CaseStoreOptions options) {
  {
    RACCORDO_TRY(const auto connection, Connection::open(server));
    RACCORDO_CHECK(migrate(*connection, server.schema, kCasePart, kCaseMigrations));
  }
  return std::unique_ptr<CaseStore>(std::make_unique<PostgresCaseStore>(std::move(server), options));
}

}  // namespace raccordo::postgresql
