// SPDX-License-Identifier: EUPL-1.2
// One connection to one SQLite file, and the queries on it. A connection belongs to one thread at a time:
// whoever shares it guards it. Every failure of the library becomes an Error that names the file and what to
// do.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "raccordo/model/result.hpp"
#include "raccordo/model/uuid.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace raccordo::sqlite {

struct Blob {
  std::string_view bytes;
};

class Database;

// A statement in use. Texts and blobs that are bound stay borrowed until it ends or is reset; columns until
// the next `next`. While it stands on a row it holds a read transaction, so let it end early. Owned by the
// connection.
class Query {
 public:
  Query(Database& database, sqlite3_stmt* statement) : database_(&database), statement_(statement) {}
  Query(Query&& other) noexcept;
  Query& operator=(Query&&) = delete;
  ~Query() { reset(); }

  // Parameters from the first on.
  template <typename... Values>
  Query& bind(const Values&... values) {
    int index = 0;
    (put(++index, values), ...);
    return *this;
  }

  // True: stands on a row. False: there are no more.
  [[nodiscard]] Result<bool> next();
  // For statements without rows; ready to be bound again afterwards.
  [[nodiscard]] Status run();
  void reset();

  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string_view bytes(int column) const;
  [[nodiscard]] std::string text(int column) const { return std::string(bytes(column)); }
  [[nodiscard]] Uuid uuid(int column) const;

 private:
  void put(int index, std::int64_t value);
  void put(int index, std::string_view text);
  void put(int index, const std::string& text) { put(index, std::string_view(text)); }
  void put(int index, Blob blob);
  void put(int index, const Uuid& id);  // its 16 bytes
  void put(int index, std::optional<Blob> blob);
  void keep(int code);

  Database* database_;
  sqlite3_stmt* statement_;
  int failed_ = 0;  // the first code that binding gave
};

enum class Access { kWrite, kRead };

class Database {
 public:
  static constexpr int kPageBytes = 8'192;

  // Makes the file when it is missing and access is kWrite (mode 0640: it may hold what people may not read).
  // Writers: WAL, synchronous=FULL, no automatic checkpoints. Readers cannot change anything. A file keeps
  // the pages that it was made with.
  [[nodiscard]] static Result<std::unique_ptr<Database>> open(const std::string& path, Access access,
                                                              int page_bytes = kPageBytes);
  ~Database();
  Database(Database&&) = delete;
  Database& operator=(Database&&) = delete;

  // Statements without parameters or rows, separated by semicolons.
  [[nodiscard]] Status execute(const std::string& sql);
  // Prepared once, kept with the connection. One use of the same text at a time.
  [[nodiscard]] Result<Query> query(const std::string& sql);
  // The one number that a query gives; 0 where it gives none.
  [[nodiscard]] Result<std::int64_t> number(const std::string& sql);

  [[nodiscard]] std::int64_t last_id() const;
  [[nodiscard]] std::int64_t changed() const;  // rows, by the last statement

  // Pages that stand in the WAL, as the last commit told.
  [[nodiscard]] int wal_pages() const { return wal_pages_; }
  // Copies the WAL into the file. Readers in their middle may leave a rest for the next time; `whole` waits
  // for them and cuts the WAL to nothing.
  [[nodiscard]] Status checkpoint(bool whole);

  // What a code of the library means for the one who runs the hub.
  [[nodiscard]] Error failure(int code) const;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  explicit Database(std::string path) : path_(std::move(path)) {}
  Status connect(Access access);
  Status set_up_writer(int page_bytes);

  struct Close {
    void operator()(sqlite3* handle) const;
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };

  std::string path_;
  std::unique_ptr<sqlite3, Close> handle_;
  std::unordered_map<std::string, std::unique_ptr<sqlite3_stmt, Finalize>> statements_;
  int wal_pages_ = 0;
};

// All or nothing: rolls back at its end unless committed.
class Transaction {
 public:
  [[nodiscard]] static Result<Transaction> begin(Database& database);
  Transaction(Transaction&& other) noexcept : database_(other.database_) { other.database_ = nullptr; }
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  [[nodiscard]] Status commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

}  // namespace raccordo::sqlite
