// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sqlite/sqlite_store.hpp"

#include <mutex>

#include "adapters/sqlite/parked_rows.hpp"
#include "adapters/sqlite/readers.hpp"
#include "adapters/sqlite/store_schema.hpp"
#include "core/ports/commit_mark.hpp"

namespace raccordo::sqlite {
namespace {

// Changes go through one connection, one after the other; looks go through the readers'.
class SqliteStore final : public Store {
 public:
  SqliteStore(std::unique_ptr<Database> writer, CommitMark mark, const StoreOptions& options)
      : options_(options),
        mark_(std::move(mark)),
        writer_(std::move(writer)),
        readers_(writer_->path(), options.max_readers) {}

  // Decides whether this is the store that the mark belongs to.
  Status load();

  Result<std::string> epoch() override { return stand_.epoch; }
  Result<std::optional<std::string>> fact(const std::string& name) override;
  Status set_fact(const std::string& name, const std::string& value) override;
  Result<SourceState> source(const std::string& connector) override;
  Result<SinkState> sink(const std::string& connector) override;
  Result<std::string> scan_files(const std::string& connector) override;
  Result<std::vector<AcceptedRequest>> accepted(const std::string& connector) override;
  Result<std::map<std::string, std::string>> file_notes(const std::string& connector) override;
  Result<Committed> commit(const SourceCommit& commit) override;
  Result<Committed> commit(const SinkCommit& commit) override;
  Status move(const std::string& connector, const ParkedMove& move) override;
  Status deltas(const std::string& connector, const std::string& kind,
                const std::function<bool(std::string_view)>& each) override;
  Result<std::vector<std::string>> delta_kinds(const std::string& connector) override;
  Status replace_deltas(const std::string& connector, const std::string& kind,
                        std::span<const std::string> deltas) override;
  Result<std::map<std::string, Counts>> ledger() override;
  Result<std::vector<ParkedRecord>> parked(const ParkedQuery& query) override;
  Result<std::optional<ParkedRecord>> parked_one(std::int64_t id) override;
  Result<std::vector<Finding>> findings(const std::string& connector, std::size_t limit) override;

 private:
  template <typename Change>
  Status change(Change work);
  Status count_commit();
  void bound_wal();

  StoreOptions options_;
  CommitMark mark_;
  std::mutex mutex_;
  std::unique_ptr<Database> writer_;  // closes after the readers
  Readers readers_;
  CommitMark::Stand stand_;  // the epoch never changes once it is open
};

Status SqliteStore::load() {
  {
    RACCORDO_TRY(auto row, writer_->query("SELECT epoch, commits FROM store"));
    RACCORDO_TRY(const bool found, row.next());
    if (found) stand_ = {row.text(0), row.integer(1)};
  }
  const auto mark = mark_.read();
  if (mark && mark->epoch == stand_.epoch && mark->commits <= stand_.commits) return done();
  stand_.epoch = Uuid::random().text();
  return change([&]() -> Status {
    RACCORDO_TRY(auto query, writer_->query("INSERT OR REPLACE INTO store VALUES(1, ?1, ?2)"));
    return query.bind(std::string_view(stand_.epoch), stand_.commits).run();
  });
}

// One transaction of the writer; counted, and marked beside the store once it is durable.
template <typename Change>
Status SqliteStore::change(Change work) {
  const std::scoped_lock lock(mutex_);
  RACCORDO_TRY(auto transaction, Transaction::begin(*writer_));
  RACCORDO_CHECK(work());
  RACCORDO_CHECK(count_commit());
  RACCORDO_CHECK(transaction.commit());
  ++stand_.commits;
  mark_.write(stand_);
  bound_wal();
  return done();
}

Status SqliteStore::count_commit() {
  RACCORDO_TRY(auto query, writer_->query("UPDATE store SET commits = ?1"));
  return query.bind(stand_.commits + 1).run();
}

// What was committed is safe in the WAL: when this fails the next commit tries again.
void SqliteStore::bound_wal() {
  const auto bytes = static_cast<std::size_t>(writer_->wal_pages()) * Database::kPageBytes;
  if (bytes < options_.checkpoint_bytes) return;
  if (const auto moved = writer_->checkpoint(bytes >= 4 * options_.checkpoint_bytes); !moved.ok()) return;
}

Result<std::optional<std::string>> SqliteStore::fact(const std::string& name) {
  RACCORDO_TRY(auto reader, readers_.lend());
  RACCORDO_TRY(auto query, reader->query("SELECT value FROM fact WHERE name = ?1"));
  RACCORDO_TRY(const bool found, query.bind(std::string_view(name)).next());
  return found ? std::optional(query.text(0)) : std::nullopt;
}

Status SqliteStore::set_fact(const std::string& name, const std::string& value) {
  return change([&]() -> Status {
    RACCORDO_TRY(auto query, writer_->query("INSERT OR REPLACE INTO fact VALUES(?1, ?2)"));
    return query.bind(std::string_view(name), std::string_view(value)).run();
  });
}

Result<SourceState> SqliteStore::source(const std::string& connector) {
  RACCORDO_TRY(auto reader, readers_.lend());
  return read_source(*reader, connector);
}

Result<SinkState> SqliteStore::sink(const std::string& connector) {
  RACCORDO_TRY(auto reader, readers_.lend());
  return read_sink(*reader, connector);
}

Result<std::string> SqliteStore::scan_files(const std::string& connector) {
  RACCORDO_TRY(auto reader, readers_.lend());
  return read_scan_files(*reader, connector);
}

Result<std::vector<AcceptedRequest>> SqliteStore::accepted(const std::string& connector) {
  RACCORDO_TRY(auto reader, readers_.lend());
  return read_accepted(*reader, connector);
}

Result<std::map<std::string, std::string>> SqliteStore::file_notes(const std::string& connector) {
  RACCORDO_TRY(auto reader, readers_.lend());
  return read_file_notes(*reader, connector);
}

Result<Committed> SqliteStore::commit(const SourceCommit& commit) {
  Committed committed{commit.counts};
  const auto work = [&]() -> Status {
    RACCORDO_CHECK(put_source(*writer_, commit.connector, commit.state));
    if (commit.scan_files) RACCORDO_CHECK(put_scan_files(*writer_, commit.connector, *commit.scan_files));
    RACCORDO_CHECK(put_file_notes(*writer_, commit.connector, commit.files));
    RACCORDO_CHECK(put_deltas(*writer_, commit.connector, commit.deltas));
    RACCORDO_CHECK(put_parked(*writer_, Side::kSource, commit.connector, commit.parked, committed));
    if (commit.supersede_before)
      RACCORDO_CHECK(supersede_parked(*writer_, commit.connector, *commit.supersede_before, committed));
    RACCORDO_CHECK(put_findings(*writer_, commit.connector, commit.findings));
    return add_counts(*writer_, commit.connector, committed.counts);
  };
  RACCORDO_CHECK(change(work));
  return committed;
}

Result<Committed> SqliteStore::commit(const SinkCommit& commit) {
  Committed committed{commit.counts};
  const auto work = [&]() -> Status {
    RACCORDO_CHECK(put_sink(*writer_, commit.connector, commit.state));
    RACCORDO_CHECK(put_accepted(*writer_, commit.connector, commit.accepted));
    RACCORDO_CHECK(forget_accepted(*writer_, commit.connector, commit.finished));
    RACCORDO_CHECK(put_deltas(*writer_, commit.connector, commit.deltas));
    RACCORDO_CHECK(put_parked(*writer_, Side::kSink, commit.connector, commit.parked, committed));
    RACCORDO_CHECK(put_findings(*writer_, commit.connector, commit.findings));
    return add_counts(*writer_, commit.connector, committed.counts);
  };
  RACCORDO_CHECK(change(work));
  return committed;
}

Status SqliteStore::move(const std::string& connector, const ParkedMove& move) {
  return change([&]() -> Status {
    RACCORDO_CHECK(move_parked(*writer_, connector, move));
    RACCORDO_CHECK(put_deltas(*writer_, connector, move.deltas));
    RACCORDO_CHECK(put_findings(*writer_, connector, move.findings));
    return add_counts(*writer_, connector, move.counts);
  });
}

Status SqliteStore::deltas(const std::string& connector, const std::string& kind,
                           const std::function<bool(std::string_view)>& each) {
  RACCORDO_TRY(auto reader, readers_.lend());
  RACCORDO_TRY(auto rows,
               reader->query("SELECT bytes FROM delta WHERE connector = ?1 AND kind = ?2 ORDER BY id"));
  rows.bind(std::string_view(connector), std::string_view(kind));
  for (;;) {
    RACCORDO_TRY(const bool more, rows.next());
    if (!more || !each(rows.bytes(0))) return done();
  }
}

Result<std::vector<std::string>> SqliteStore::delta_kinds(const std::string& connector) {
  RACCORDO_TRY(auto reader, readers_.lend());
  RACCORDO_TRY(auto rows,
               reader->query("SELECT DISTINCT kind FROM delta WHERE connector = ?1 ORDER BY kind"));
  rows.bind(std::string_view(connector));
  std::vector<std::string> kinds;
  for (;;) {
    RACCORDO_TRY(const bool more, rows.next());
    if (!more) return kinds;
    kinds.push_back(rows.text(0));
  }
}

Status SqliteStore::replace_deltas(const std::string& connector, const std::string& kind,
                                   std::span<const std::string> deltas) {
  return change([&]() -> Status {
    RACCORDO_TRY(auto clear, writer_->query("DELETE FROM delta WHERE connector = ?1 AND kind = ?2"));
    RACCORDO_CHECK(clear.bind(std::string_view(connector), std::string_view(kind)).run());
    RACCORDO_TRY(auto insert, writer_->query("INSERT INTO delta(connector, kind, bytes) VALUES(?1, ?2, ?3)"));
    for (const auto& bytes : deltas)
      RACCORDO_CHECK(insert.bind(std::string_view(connector), std::string_view(kind), Blob{bytes}).run());
    return done();
  });
}

Result<std::map<std::string, Counts>> SqliteStore::ledger() {
  RACCORDO_TRY(auto reader, readers_.lend());
  return read_ledger(*reader);
}

Result<std::vector<ParkedRecord>> SqliteStore::parked(const ParkedQuery& query) {
  RACCORDO_TRY(auto reader, readers_.lend());
  return read_parked(*reader, query, options_.max_page_bytes);
}

Result<std::optional<ParkedRecord>> SqliteStore::parked_one(std::int64_t id) {
  RACCORDO_TRY(auto reader, readers_.lend());
  return read_parked_one(*reader, id);
}

Result<std::vector<Finding>> SqliteStore::findings(const std::string& connector, std::size_t limit) {
  RACCORDO_TRY(auto reader, readers_.lend());
  return read_findings(*reader, connector, limit);
}

}  // namespace

Result<std::unique_ptr<Store>> open_store(const std::string& path, StoreOptions options) {
  RACCORDO_TRY(auto writer, Database::open(path, Access::kWrite));
  RACCORDO_CHECK(migrate(*writer, kStoreFile, kStoreMigrations));
  RACCORDO_TRY(auto mark, CommitMark::open(path + ".mark"));
  auto store = std::make_unique<SqliteStore>(std::move(writer), std::move(mark), options);
  RACCORDO_CHECK(store->load());
  return std::unique_ptr<Store>(std::move(store));
}

}  // namespace raccordo::sqlite
