// SPDX-License-Identifier: EUPL-1.2
// One connection to a database. It belongs to one thread at a time. Nothing waits longer than the options
// say, whatever becomes of server and network; every failure becomes an Error that names the server and what
// to do, and no password.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "adapters/postgresql/parameters.hpp"
#include "adapters/postgresql/rows.hpp"
#include "adapters/postgresql/server.hpp"

struct pg_conn;

namespace raccordo::postgresql {

class Connection {
 public:
  // Durable commits, whatever the database's default is; names without a schema are those of the options'
  // schema. Errors: kInvalid (the address), kUnavailable (not there, starting, too many connections), kDenied
  // (not let in), kNotFound (no such database).
  [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const ServerOptions& options);
  ~Connection();
  Connection(Connection&&) = delete;
  Connection& operator=(Connection&&) = delete;

  // One statement, prepared once for each text.
  template <typename... Values>
  [[nodiscard]] Result<Rows> run(const std::string& sql, const Values&... values) {
    Parameters parameters;
    (parameters.add(values), ...);
    return run_prepared(sql, parameters);
  }
  // Statements without values, separated by semicolons.
  [[nodiscard]] Status script(const std::string& sql);

  // Of no more use: the other side is gone, or did not answer in time. What was under way may have been done.
  [[nodiscard]] bool lost() const { return lost_; }
  // The SQLSTATE of the last statement; empty: it went well, or the server said none.
  [[nodiscard]] const std::string& last_state() const { return last_state_; }
  [[nodiscard]] int server_version() const;  // 150004
  [[nodiscard]] bool encrypted() const;
  [[nodiscard]] const std::string& name() const { return name_; }
  // A name within a statement, between its quotation marks.
  [[nodiscard]] static std::string quoted(std::string_view name);

 private:
  Connection(const ServerOptions& options, std::string name) : options_(options), name_(std::move(name)) {}
  Status connect(const Address& address);
  Status reach();
  Status set_up();
  Result<Rows> run_prepared(const std::string& sql, const Parameters& parameters);
  Result<Rows> answer(Duration at_most);
  [[nodiscard]] bool wait(bool to_write, Duration until) const;
  Error failed(const pg_result* result);
  Error timed_out();

  struct Finish {
    void operator()(pg_conn* handle) const;
  };

  ServerOptions options_;
  std::string name_;
  std::unique_ptr<pg_conn, Finish> handle_;
  std::unordered_map<std::string, std::string> prepared_;  // text -> name
  std::string last_state_;
  bool lost_ = false;
};

}  // namespace raccordo::postgresql
