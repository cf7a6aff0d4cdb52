// SPDX-License-Identifier: EUPL-1.2
#include "adapters/postgresql/postgres_store.hpp"

#include <map>
#include <mutex>

#include "adapters/postgresql/changes.hpp"
#include "adapters/postgresql/commit_digest.hpp"
#include "adapters/postgresql/lease_rows.hpp"
#include "adapters/postgresql/parked_rows.hpp"

namespace raccordo::postgresql {
namespace {

constexpr std::int64_t kDeltasPerPage = 64;

// A commit of which it is not known whether it happened, and what it did if so.
struct InDoubt {
  Doubt where;
  Uuid digest;
  Committed committed;
};

class PostgresStore final : public Store {
 public:
  PostgresStore(std::unique_ptr<Sessions> sessions, StoreOptions options)
      : options_(std::move(options)), sessions_(std::move(sessions)) {}

  Result<std::string> epoch() override { return sessions_->epoch(); }
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
  template <typename Look>
  auto look(Look at) {
    return postgresql::look(sessions_->pool(), at);
  }
  Status simple_change(const Work& work);
  Status change_of(const std::string& connector, const Work& work);
  Status check_lease(Connection& connection, const std::string& connector) const;
  template <typename Commit, typename Put>
  Result<Committed> commit_once(Side side, const Commit& commit, Put put);
  using Key = std::pair<Side, std::string>;
  Result<std::optional<InDoubt>> settle(const Key& key);

  StoreOptions options_;
  std::unique_ptr<Sessions> sessions_;
  std::mutex mutex_;
  std::map<Key, InDoubt> in_doubt_;
};

// Done twice it is as if it were done once: a doubt needs no memory.
Status PostgresStore::simple_change(const Work& work) {
  std::optional<Doubt> doubt;
  return change(*sessions_, work, doubt);
}

Status PostgresStore::change_of(const std::string& connector, const Work& work) {
  return simple_change([&](Connection& connection) -> Status {
    RACCORDO_CHECK(check_lease(connection, connector));
    return work(connection);
  });
}

// Of several daemons only the one that has its lease changes what belongs to a connector.
Status PostgresStore::check_lease(Connection& connection, const std::string& connector) const {
  if (options_.fences == nullptr) return done();
  RACCORDO_TRY(const auto fence, options_.fences->of(lease_of_connector(connector)));
  return check_fence(connection, fence);
}

// What became of the connector's last commit, where its answer was lost; none: nothing is in doubt. Errors:
// nobody knows yet.
Result<std::optional<InDoubt>> PostgresStore::settle(const Key& key) {
  std::optional<InDoubt> known;
  {
    const std::scoped_lock lock(mutex_);
    const auto found = in_doubt_.find(key);
    if (found == in_doubt_.end()) return known;
    known = found->second;
  }
  RACCORDO_TRY(const bool happened, sessions_->happened(known->where.writer, known->where.number));
  if (happened) sessions_->committed(known->where.number);
  const std::scoped_lock lock(mutex_);
  in_doubt_.erase(key);
  return happened ? known : std::nullopt;
}

template <typename Commit, typename Put>
Result<Committed> PostgresStore::commit_once(Side side, const Commit& commit, Put put) {
  const Key key{side, commit.connector};
  RACCORDO_TRY(const auto before, settle(key));
  if (before && before->digest == digest_of(commit)) return before->committed;
  Committed committed;
  std::optional<Doubt> doubt;
  auto changed = change(
      *sessions_,
      [&](Connection& connection) -> Status {
        RACCORDO_CHECK(check_lease(connection, commit.connector));
        committed = Committed{commit.counts};
        RACCORDO_CHECK(put(connection, committed));
        return add_counts(connection, commit.connector, committed.counts);
      },
      doubt);
  if (changed.ok()) return committed;
  if (doubt) {
    const std::scoped_lock lock(mutex_);
    in_doubt_[key] = {*doubt, digest_of(commit), committed};
  }
  return std::move(changed).error();
}

Result<std::optional<std::string>> PostgresStore::fact(const std::string& name) {
  return look([&](Connection& connection) -> Result<std::optional<std::string>> {
    RACCORDO_TRY(const auto rows, connection.run("SELECT value FROM fact WHERE name = $1", name));
    return rows.empty() ? std::nullopt : std::optional(rows.text(0, 0));
  });
}

Status PostgresStore::set_fact(const std::string& name, const std::string& value) {
  return simple_change([&](Connection& connection) -> Status {
    RACCORDO_CHECK(connection.run(
        "INSERT INTO fact VALUES($1, $2) ON CONFLICT(name) DO UPDATE SET value = excluded.value", name,
        value));
    return done();
  });
}

Result<SourceState> PostgresStore::source(const std::string& connector) {
  RACCORDO_CHECK(settle({Side::kSource, connector}));
  return look([&](Connection& connection) { return read_source(connection, connector); });
}

Result<SinkState> PostgresStore::sink(const std::string& connector) {
  RACCORDO_CHECK(settle({Side::kSink, connector}));
  return look([&](Connection& connection) { return read_sink(connection, connector); });
}

Result<std::string> PostgresStore::scan_files(const std::string& connector) {
  return look([&](Connection& connection) { return read_scan_files(connection, connector); });
}

Result<std::vector<AcceptedRequest>> PostgresStore::accepted(const std::string& connector) {
  return look([&](Connection& connection) { return read_accepted(connection, connector); });
}

Result<std::map<std::string, std::string>> PostgresStore::file_notes(const std::string& connector) {
  return look([&](Connection& connection) { return read_file_notes(connection, connector); });
}

Result<Committed> PostgresStore::commit(const SourceCommit& commit) {
  const auto& connector = commit.connector;
  return commit_once(Side::kSource, commit, [&](Connection& connection, Committed& committed) -> Status {
    RACCORDO_CHECK(put_source(connection, connector, commit.state));
    if (commit.scan_files) RACCORDO_CHECK(put_scan_files(connection, connector, *commit.scan_files));
    RACCORDO_CHECK(put_file_notes(connection, connector, commit.files));
    RACCORDO_CHECK(put_deltas(connection, connector, commit.deltas));
    RACCORDO_CHECK(put_parked(connection, Side::kSource, connector, commit.parked, committed));
    if (commit.supersede_before)
      RACCORDO_CHECK(supersede_parked(connection, connector, *commit.supersede_before, committed));
    return put_findings(connection, connector, commit.findings);
  });
}

Result<Committed> PostgresStore::commit(const SinkCommit& commit) {
  const auto& connector = commit.connector;
  return commit_once(Side::kSink, commit, [&](Connection& connection, Committed& committed) -> Status {
    RACCORDO_CHECK(put_sink(connection, connector, commit.state));
    RACCORDO_CHECK(put_accepted(connection, connector, commit.accepted));
    RACCORDO_CHECK(forget_accepted(connection, connector, commit.finished));
    RACCORDO_CHECK(put_deltas(connection, connector, commit.deltas));
    RACCORDO_CHECK(put_parked(connection, Side::kSink, connector, commit.parked, committed));
    return put_findings(connection, connector, commit.findings);
  });
}

Status PostgresStore::move(const std::string& connector, const ParkedMove& move) {
  return change_of(connector, [&](Connection& connection) -> Status {
    RACCORDO_CHECK(move_parked(connection, connector, move));
    RACCORDO_CHECK(put_deltas(connection, connector, move.deltas));
    RACCORDO_CHECK(put_findings(connection, connector, move.findings));
    return add_counts(connection, connector, move.counts);
  });
}

// Page by page: an index may be larger than what an answer should hold.
Status PostgresStore::deltas(const std::string& connector, const std::string& kind,
                             const std::function<bool(std::string_view)>& each) {
  for (std::int64_t after = 0;;) {
    RACCORDO_TRY(const auto rows, look([&](Connection& connection) {
                   return connection.run(
                       "SELECT id, bytes FROM delta WHERE connector = $1 AND kind = $2 AND id > $3 "
                       "ORDER BY id LIMIT $4",
                       connector, kind, after, kDeltasPerPage);
                 }));
    if (rows.empty()) return done();
    for (int i = 0; i < rows.size(); ++i)
      if (!each(rows.bytes(i, 1))) return done();
    after = rows.integer(rows.size() - 1, 0);
  }
}

Result<std::vector<std::string>> PostgresStore::delta_kinds(const std::string& connector) {
  return look([&](Connection& connection) -> Result<std::vector<std::string>> {
    RACCORDO_TRY(const auto rows,
                 connection.run(
                     "SELECT kind FROM delta WHERE connector = $1 GROUP BY kind ORDER BY kind COLLATE \"C\"",
                     connector));
    std::vector<std::string> kinds;
    for (int i = 0; i < rows.size(); ++i) kinds.push_back(rows.text(i, 0));
    return kinds;
  });
}

Status PostgresStore::replace_deltas(const std::string& connector, const std::string& kind,
                                     std::span<const std::string> deltas) {
  return change_of(connector, [&](Connection& connection) -> Status {
    RACCORDO_CHECK(connection.run("DELETE FROM delta WHERE connector = $1 AND kind = $2", connector, kind));
    for (const auto& bytes : deltas)
      RACCORDO_CHECK(connection.run("INSERT INTO delta(connector, kind, bytes) VALUES($1, $2, $3)", connector,
                                    kind, Blob{bytes}));
    return done();
  });
}

Result<std::map<std::string, Counts>> PostgresStore::ledger() { return look(read_ledger); }

Result<std::vector<ParkedRecord>> PostgresStore::parked(const ParkedQuery& query) {
  return look(
      [&](Connection& connection) { return read_parked(connection, query, options_.max_page_bytes); });
}

Result<std::optional<ParkedRecord>> PostgresStore::parked_one(std::int64_t id) {
  return look([&](Connection& connection) { return read_parked_one(connection, id); });
}

Result<std::vector<Finding>> PostgresStore::findings(const std::string& connector, std::size_t limit) {
  return look([&](Connection& connection) { return read_findings(connection, connector, limit); });
}

}  // namespace

Result<std::unique_ptr<Store>> open_store(ServerOptions server, StoreOptions options) {
  RACCORDO_TRY(auto sessions, Sessions::open(std::move(server), {options.mark_file, options.connections,
                                                                 options.patience, options.daemon}));
  return std::unique_ptr<Store>(std::make_unique<PostgresStore>(std::move(sessions), std::move(options)));
}

}  // namespace raccordo::postgresql
