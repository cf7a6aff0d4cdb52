// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sqlite/database.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/ports/system_words.hpp"

namespace raccordo::sqlite {
namespace {

constexpr int kBusyMilliseconds = 5'000;

// SQLite would make the file readable for everybody; the WAL beside it takes over the mode.
int make_private(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
  if (file < 0) return errno;
  ::close(file);
  return 0;
}

Error not_made(const std::string& path, int reason) {
  const auto code = reason == ENOENT || reason == ENOTDIR  ? ErrorCode::kNotFound
                    : reason == ENOSPC || reason == EDQUOT ? ErrorCode::kFull
                                                           : ErrorCode::kDenied;
  const auto why = system_words(reason);
  return error(
      code,
      say("{0}: il file non si può creare o scrivere ({1})", "{0}: the file cannot be made or written ({2})",
          path, why.it, why.en),
      say("controllare che la cartella esista, che l'utente dell'hub possa scriverci e che ci sia spazio",
          "see that the folder exists, that the hub's user may write in it and that there is space"));
}

int remember_pages(void* pages, sqlite3*, const char*, int count) {
  *static_cast<int*>(pages) = count;
  return SQLITE_OK;
}

}  // namespace

void Database::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
void Database::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Database::~Database() { statements_.clear(); }

Result<std::unique_ptr<Database>> Database::open(const std::string& path, Access access, int page_bytes) {
  if (access == Access::kWrite)
    if (const int reason = make_private(path); reason != 0) return not_made(path, reason);
  std::unique_ptr<Database> database(new Database(path));
  RACCORDO_CHECK(database->connect(access));
  if (access == Access::kWrite) RACCORDO_CHECK(database->set_up_writer(page_bytes));
  return database;
}

Status Database::connect(Access access) {
  const int flags = (access == Access::kWrite ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) |
                    SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path_.c_str(), &handle, flags, nullptr);
  handle_.reset(handle);
  if (code != SQLITE_OK) return failure(code);
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, kBusyMilliseconds);
  // A file that comes from elsewhere must not run anything.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  // There are many readers, and each page that they need is in the system's cache.
  const std::string cache = access == Access::kWrite ? "8192" : "512";
  return execute("PRAGMA wal_autocheckpoint=0; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-" + cache);
}

Status Database::set_up_writer(int page_bytes) {
  RACCORDO_CHECK(
      execute("PRAGMA page_size=" + std::to_string(page_bytes)));  // counts only while the file is empty
  {
    RACCORDO_TRY(auto mode, query("PRAGMA journal_mode=WAL"));
    RACCORDO_CHECK(mode.next());
    if (mode.bytes(0) != "wal")
      return error(ErrorCode::kInvalid,
                   say("{}: il file system di questa cartella non tiene un archivio SQLite",
                       "{}: this folder's file system cannot hold a SQLite database", path_),
                   say("mettere hub.data su un disco locale", "put hub.data on a local disk"));
  }
  sqlite3_wal_hook(handle_.get(), remember_pages, &wal_pages_);
  return execute("PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864");
}

Status Database::execute(const std::string& sql) {
  const int code = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return failure(code);
  return done();
}

Result<Query> Database::query(const std::string& sql) {
  auto& kept = statements_[sql];
  if (!kept) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) return failure(code);
    kept.reset(statement);
  }
  return Query(*this, kept.get());
}

Result<std::int64_t> Database::number(const std::string& sql) {
  RACCORDO_TRY(auto question, query(sql));
  RACCORDO_TRY(const bool found, question.next());
  return found ? question.integer(0) : std::int64_t{0};
}

std::int64_t Database::last_id() const { return sqlite3_last_insert_rowid(handle_.get()); }
std::int64_t Database::changed() const { return sqlite3_changes64(handle_.get()); }

Status Database::checkpoint(bool whole) {
  const int mode = whole ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
  const int code = sqlite3_wal_checkpoint_v2(handle_.get(), "main", mode, nullptr, nullptr);
  if (code == SQLITE_OK) return done();
  return failure(code);
}

Query::Query(Query&& other) noexcept
    : database_(other.database_), statement_(other.statement_), failed_(other.failed_) {
  other.statement_ = nullptr;
}

void Query::reset() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  failed_ = SQLITE_OK;
}

Result<bool> Query::next() {
  if (failed_ != SQLITE_OK) return database_->failure(failed_);
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return database_->failure(code);
}

Status Query::run() {
  if (failed_ != SQLITE_OK) return database_->failure(failed_);
  const int code = sqlite3_step(statement_);
  if (code != SQLITE_DONE && code != SQLITE_ROW) {
    auto failed = database_->failure(code);
    reset();
    return failed;
  }
  sqlite3_reset(statement_);
  return done();
}

void Query::keep(int code) {
  if (failed_ == SQLITE_OK) failed_ = code;
}

void Query::put(int index, std::int64_t value) { keep(sqlite3_bind_int64(statement_, index, value)); }

// A view of nothing may have no address, which SQLite would take for NULL.
void Query::put(int index, std::string_view text) {
  keep(sqlite3_bind_text64(statement_, index, text.data() != nullptr ? text.data() : "", text.size(),
                           SQLITE_STATIC, SQLITE_UTF8));
}

void Query::put(int index, const Uuid& id) {
  keep(sqlite3_bind_blob64(statement_, index, id.bytes.data(), id.bytes.size(), SQLITE_STATIC));
}

void Query::put(int index, Blob blob) {
  keep(sqlite3_bind_blob64(statement_, index, blob.bytes.data() != nullptr ? blob.bytes.data() : "",
                           blob.bytes.size(), SQLITE_STATIC));
}

void Query::put(int index, std::optional<Blob> blob) {
  if (blob) return put(index, *blob);
  keep(sqlite3_bind_null(statement_, index));
}

bool Query::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
std::int64_t Query::integer(int column) const { return sqlite3_column_int64(statement_, column); }

Uuid Query::uuid(int column) const {
  Uuid id;
  const auto kept = bytes(column);
  std::copy_n(kept.begin(), std::min(kept.size(), id.bytes.size()), id.bytes.begin());
  return id;
}

std::string_view Query::bytes(int column) const {
  const void* const data = sqlite3_column_blob(statement_, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return {static_cast<const char*>(data), data == nullptr ? 0 : size};
}

Result<Transaction> Transaction::begin(Database& database) {
  RACCORDO_TRY(auto query, database.query("BEGIN IMMEDIATE"));
  RACCORDO_CHECK(query.run());
  return Transaction(database);
}

Status Transaction::commit() {
  RACCORDO_TRY(auto query, database_->query("COMMIT"));
  RACCORDO_CHECK(query.run());
  database_ = nullptr;
  return done();
}

Transaction::~Transaction() {
  if (database_ == nullptr) return;
  // Where SQLite has rolled back by itself (a full disk), this says so and changes nothing.
  auto query = database_->query("ROLLBACK");
  if (query.ok() && !query->run().ok()) return;
}

}  // namespace raccordo::sqlite
