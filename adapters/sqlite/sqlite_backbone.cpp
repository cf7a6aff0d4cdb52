// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sqlite/sqlite_backbone.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>

#include "adapters/sqlite/compaction.hpp"
#include "adapters/sqlite/migrations.hpp"
#include "adapters/sqlite/readers.hpp"
#include "adapters/sqlite/shared_commits.hpp"
#include "adapters/sqlite/topic_tables.hpp"

namespace raccordo::sqlite {
namespace {

constexpr std::array kMigrations{
    Migration{
        1,
        "CREATE TABLE topics(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, compacted INTEGER NOT NULL)"},
    // Names this log: made with the file, never changed.
    Migration{2,
              "CREATE TABLE log(id INTEGER PRIMARY KEY CHECK(id = 1), identity TEXT NOT NULL);"
              "INSERT INTO log VALUES(1, lower(hex(randomblob(16))))"},
};

// A WAL that readers kept from starting again is cut with force at this many times its bound.
constexpr int kForceCheckpoint = 4;

std::string_view bytes_of(const Uuid& key) {
  return {reinterpret_cast<const char*>(key.bytes.data()), key.bytes.size()};
}

std::size_t bytes_of(std::span<const Message> messages) {
  std::size_t bytes = 0;
  for (const auto& message : messages) bytes += sizeof(Message) + (message.value ? message.value->size() : 0);
  return bytes;
}

std::int64_t milliseconds(WallTime time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

Error behind_the_end(const std::string& topic, std::int64_t from, std::int64_t end) {
  return error(
      ErrorCode::kConflict,
      say("{}: si chiede dal messaggio {}, ma finisce al {}: l'archivio è stato rifatto o ripristinato",
          "{}: asked from message {}, but it ends at {}: the log was made anew or restored", topic, from,
          end),
      say("rileggere dall'inizio", "read from the start again"));
}

// Read transactions of the process end with each call, and the writer alone moves the WAL into the file.
class SqliteBackbone final : public Backbone {
 public:
  SqliteBackbone(std::unique_ptr<Database> writer, const Clock& clock, const BackboneOptions& options)
      : options_(options),
        clock_(clock),
        writer_(std::move(writer)),
        readers_(writer_->path(), options.max_readers),
        commits_([this](const Commits::Group& group) { return write(group); }, options.max_group_bytes) {}

  Status load();

  Status ensure(std::span<const TopicSettings> topics) override;
  Status append(std::span<const Message> messages) override;
  Result<std::unique_ptr<MessageBatch>> read(const std::string& topic, const Position& from,
                                             std::size_t limit, Duration patience) override;
  Result<Position> end(const std::string& topic) override;
  Result<Position> begin(const std::string& topic) override;
  Result<std::string> identity(const std::string& topic) override;
  Result<std::vector<std::string>> topics() override { return topics_.names(); }
  Status compact(Duration keep_tombstones) override;

 private:
  using Ends = std::map<std::string_view, std::int64_t>;
  using Commits = SharedCommits<std::span<const Message>>;
  Status write(const Commits::Group& group);
  Status insert(const Commits::Group& group, Ends& ends);
  void bound_wal();
  bool wait_for(const std::string& topic, std::int64_t offset, Duration patience);
  Status fill(MessageBatch& batch, const TopicTable& topic, std::int64_t from, std::size_t limit);

  BackboneOptions options_;
  const Clock& clock_;
  std::unique_ptr<Database> writer_;  // used inside `commits_` only; closes after the readers
  Readers readers_;
  TopicTables topics_;
  std::string identity_;
  std::mutex mutex_;
  std::condition_variable appended_;
  Commits commits_;
};

Status SqliteBackbone::load() {
  RACCORDO_CHECK(topics_.load(*writer_));
  RACCORDO_TRY(auto row, writer_->query("SELECT identity FROM log"));
  RACCORDO_TRY(const bool found, row.next());
  if (found) identity_ = row.text(0);
  if (identity_.empty()) return writer_->failure(SQLITE_CORRUPT);
  return done();
}

Result<std::string> SqliteBackbone::identity(const std::string& topic) {
  RACCORDO_CHECK(topics_.find(topic));
  return identity_;
}

Status SqliteBackbone::ensure(std::span<const TopicSettings> topics) {
  return commits_.alone([&]() -> Status {
    for (const auto& topic : topics) RACCORDO_CHECK(topics_.ensure(*writer_, topic));
    return done();
  });
}

Status SqliteBackbone::append(std::span<const Message> messages) {
  std::string_view last;
  for (const auto& message : messages) {
    if (message.value && message.value->size() > options_.max_message_bytes)
      return too_large(message, options_.max_message_bytes);
    if (message.topic == last) continue;
    RACCORDO_CHECK(topics_.find(message.topic));
    last = message.topic;
  }
  if (messages.empty()) return done();
  return commits_.write(messages, bytes_of(messages));
}

Status SqliteBackbone::write(const Commits::Group& group) {
  Ends ends;
  RACCORDO_TRY(auto transaction, Transaction::begin(*writer_));
  RACCORDO_CHECK(insert(group, ends));
  RACCORDO_CHECK(transaction.commit());
  {
    const std::scoped_lock lock(mutex_);
    topics_.moved(ends);
  }
  appended_.notify_all();
  bound_wal();
  return done();
}

Status SqliteBackbone::insert(const Commits::Group& group, Ends& ends) {
  const std::int64_t now = milliseconds(clock_.now());
  std::optional<Query> query;
  auto current = ends.end();
  for (const auto* messages : group) {
    for (const auto& message : *messages) {
      if (current == ends.end() || current->first != message.topic) {
        RACCORDO_TRY(const auto topic, topics_.find(message.topic));
        current = ends.try_emplace(message.topic, topic.end).first;
        query.reset();
        RACCORDO_TRY(auto found, writer_->query("INSERT INTO " + topic.table() + " VALUES(?1, ?2, ?3, ?4)"));
        query.emplace(std::move(found));
      }
      query->bind(current->second, now, Blob{bytes_of(message.key)},
                  message.value ? std::optional(Blob{*message.value}) : std::nullopt);
      RACCORDO_CHECK(query->run());
      ++current->second;
    }
  }
  return done();
}

// The messages are safe in the WAL: when this fails (a full disk, a reader in its middle) the next append
// tries again.
void SqliteBackbone::bound_wal() {
  const auto bytes = static_cast<std::size_t>(writer_->wal_pages()) * Database::kPageBytes;
  if (bytes < options_.checkpoint_bytes) return;
  const bool force = bytes >= kForceCheckpoint * options_.checkpoint_bytes;
  if (const auto moved = writer_->checkpoint(force); !moved.ok()) return;
}

Result<std::unique_ptr<MessageBatch>> SqliteBackbone::read(const std::string& topic, const Position& from,
                                                           std::size_t limit, Duration patience) {
  const std::int64_t offset = from.next.empty() ? 0 : std::max<std::int64_t>(0, from.next.front());
  RACCORDO_TRY(auto table, topics_.find(topic));
  if (offset > table.end) return behind_the_end(topic, offset, table.end);
  auto batch = std::make_unique<MessageBatch>();
  batch->next.next = {offset};
  if (limit == 0) return batch;
  if (offset == table.end) {
    if (!wait_for(topic, offset, patience)) return batch;
    RACCORDO_TRY(table, topics_.find(topic));
  }
  RACCORDO_CHECK(fill(*batch, table, offset, limit));
  return batch;
}

bool SqliteBackbone::wait_for(const std::string& topic, std::int64_t offset, Duration patience) {
  std::unique_lock lock(mutex_);
  return appended_.wait_for(lock, patience, [&] {
    const auto table = topics_.find(topic);
    return table.ok() && table->end > offset;
  });
}

Status SqliteBackbone::fill(MessageBatch& batch, const TopicTable& topic, std::int64_t from,
                            std::size_t limit) {
  RACCORDO_TRY(auto reader, readers_.lend());
  RACCORDO_TRY(auto rows, reader->query("SELECT offset, time, key, value FROM " + topic.table() +
                                        " WHERE offset >= ?1 AND offset < ?2 ORDER BY offset LIMIT ?3"));
  // What was committed a moment ago, and is not counted into the end yet, waits for the next time: whoever
  // read it would ask from behind the end.
  rows.bind(from, topic.end, static_cast<std::int64_t>(std::min<std::size_t>(limit, INT64_MAX)));
  std::vector<std::size_t> sizes;
  for (;;) {
    RACCORDO_TRY(const bool more, rows.next());
    if (!more) break;
    const auto value = rows.bytes(3);
    if (!batch.messages.empty() && batch.bytes.size() + value.size() > options_.max_batch_bytes) break;
    auto& message = batch.messages.emplace_back();
    message.offset = rows.integer(0);
    message.time_ms = rows.integer(1);
    message.tombstone = rows.is_null(3);
    const auto key = rows.bytes(2);
    if (key.size() != 16) return reader->failure(SQLITE_CORRUPT);
    std::copy_n(key.begin(), 16, reinterpret_cast<char*>(message.key.emplace().bytes.data()));
    batch.bytes.append(value);
    sizes.push_back(value.size());
  }
  std::size_t at = 0;
  for (std::size_t i = 0; i < sizes.size(); at += sizes[i++])
    batch.messages[i].value = std::string_view(batch.bytes).substr(at, sizes[i]);
  if (!batch.messages.empty()) batch.next.next = {batch.messages.back().offset + 1};
  return done();
}

Result<Position> SqliteBackbone::end(const std::string& topic) {
  RACCORDO_TRY(const auto table, topics_.find(topic));
  return Position{{table.end}};
}

Result<Position> SqliteBackbone::begin(const std::string& topic) {
  RACCORDO_TRY(const auto table, topics_.find(topic));
  RACCORDO_TRY(auto reader, readers_.lend());
  RACCORDO_TRY(const auto first, reader->number("SELECT min(offset) FROM " + table.table()));
  return Position{{first}};
}

Status SqliteBackbone::compact(Duration keep_tombstones) {
  const std::int64_t tombstones_before =
      milliseconds(clock_.now()) -
      std::chrono::duration_cast<std::chrono::milliseconds>(keep_tombstones).count();
  for (const auto& name : topics_.names()) {
    RACCORDO_TRY(const auto topic, topics_.find(name));
    if (!topic.compacted) continue;
    const auto erase = [&](std::span<const std::int64_t> offsets) {
      return commits_.alone([&]() -> Status {
        RACCORDO_CHECK(erase_messages(*writer_, topic.table(), offsets));
        bound_wal();
        return done();
      });
    };
    RACCORDO_TRY(auto reader, readers_.lend());
    RACCORDO_CHECK(compact_topic(*reader, topic, tombstones_before, erase));
  }
  return done();
}

}  // namespace

Result<std::unique_ptr<Backbone>> open_backbone(const std::string& path, const Clock& clock,
                                                BackboneOptions options) {
  RACCORDO_TRY(auto writer, Database::open(path, Access::kWrite));
  RACCORDO_CHECK(migrate(*writer, kBackboneFile, kMigrations));
  auto backbone = std::make_unique<SqliteBackbone>(std::move(writer), clock, options);
  RACCORDO_CHECK(backbone->load());
  return std::unique_ptr<Backbone>(std::move(backbone));
}

}  // namespace raccordo::sqlite
