// SPDX-License-Identifier: EUPL-1.2
// A hub's connections to its schema: lent to one thread at a time, made anew where the server was away, and
// of one hub only: of one daemon, or of several that go by names. Each has a row of its own in `writer`,
// where its transactions leave their number: so it is found out whether a commit happened whose answer was
// lost.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "adapters/postgresql/pool.hpp"
#include "core/ports/commit_mark.hpp"
#include "raccordo/model/uuid.hpp"

namespace raccordo::postgresql {

struct SessionOptions {
  std::string mark_file;
  std::size_t at_most = 1;
  Duration patience{};  // with a hub that is about to end
  std::string daemon;   // among several; empty: the only one
};

class Sessions {
 public:
  // Brings the schema to this version's tables and takes it for this hub: who had it before can change
  // nothing any more. Errors: those of Connection and of migrate; kUnavailable (another hub is at work with
  // it); of the mark.
  [[nodiscard]] static Result<std::unique_ptr<Sessions>> open(ServerOptions server, SessionOptions options);

  // Waits while all are in use. Errors: those of Connection; kConflict (another hub has taken the schema),
  // kCorrupt (the database went back to an older state under us). [any]
  [[nodiscard]] Result<Pool::Loan> lend() { return pool_.lend(); }
  [[nodiscard]] Pool& pool() { return pool_; }

  // Begins a transaction that leaves `number` behind it. Errors: kConflict: another hub has taken the schema.
  [[nodiscard]] Result<std::int64_t> number_transaction(Pool::Loan& loan);
  // Whether that transaction happened; one that is still under way is waited for. Errors: as of lend: not
  // known yet.
  [[nodiscard]] Result<bool> happened(std::int64_t writer, std::int64_t number);
  // It is durable. [any]
  void committed(std::int64_t number);

  // Of several daemons another may have found out that the database is an older copy. [any]
  [[nodiscard]] Result<std::string> epoch();

 private:
  Sessions(ServerOptions server, SessionOptions options, CommitMark mark)
      : server_(std::move(server)),
        options_(std::move(options)),
        mark_(std::move(mark)),
        owner_(is_one_of_several() ? kSeveral : Uuid::random().text()),
        pool_(options_.at_most, [this] { return make(); }) {}
  Status take_schema(Connection& connection);
  Status lock_out(Connection& connection) const;
  Status own(Connection& connection);
  [[nodiscard]] bool is_one_of_several() const { return !options_.daemon.empty(); }
  Result<Session> make();
  Status check_owner(Connection& connection);

  const ServerOptions server_;
  const SessionOptions options_;
  CommitMark mark_;
  static constexpr const char* kSeveral = "several";
  const std::string owner_;
  std::string epoch_;  // when it was opened

  std::mutex mutex_;
  std::int64_t last_number_ = 0;
  Pool pool_;
};

}  // namespace raccordo::postgresql
