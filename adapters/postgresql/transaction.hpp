// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "adapters/postgresql/connection.hpp"

namespace raccordo::postgresql {

// All or nothing: rolls back at its end unless committed. What it reads may change while it lasts, but for
// what it locks.
class Transaction {
 public:
  [[nodiscard]] static Result<Transaction> begin(Connection& connection) {
    RACCORDO_CHECK(connection.run("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"));
    return Transaction(connection);
  }
  // All that it reads is as of one moment, and it writes and locks nothing.
  [[nodiscard]] static Result<Transaction> begin_reading(Connection& connection) {
    RACCORDO_CHECK(connection.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
    return Transaction(connection);
  }
  Transaction(Transaction&& other) noexcept : connection_(other.connection_) { other.connection_ = nullptr; }
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction() {
    if (connection_ != nullptr && !connection_->lost() && !connection_->run("ROLLBACK").ok()) return;
  }

  // Where it fails and the connection is lost, nobody knows whether it happened.
  [[nodiscard]] Status commit() {
    auto& connection = *std::exchange(connection_, nullptr);
    RACCORDO_CHECK(connection.run("COMMIT"));
    return done();
  }

 private:
  explicit Transaction(Connection& connection) : connection_(&connection) {}
  Connection* connection_;
};

}  // namespace raccordo::postgresql
