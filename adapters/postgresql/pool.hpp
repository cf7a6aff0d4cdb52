// SPDX-License-Identifier: EUPL-1.2
// Connections with what belongs to them, lent to one thread at a time and made when they are needed.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "adapters/postgresql/connection.hpp"

namespace raccordo::postgresql {

struct Session {
  std::unique_ptr<Connection> connection;
  std::int64_t writer = 0;  // the row in which its transactions leave their number
};

class Pool {
 public:
  using Make = std::function<Result<Session>()>;
  Pool(std::size_t at_most, Make make) : at_most_(at_most), make_(std::move(make)) {}

  // Gives the session back at its end. Must not outlive the pool.
  class Loan {
   public:
    Loan(Pool& from, Session session) : from_(&from), session_(std::move(session)) {}
    Loan(Loan&& other) noexcept
        : from_(std::exchange(other.from_, nullptr)), session_(std::move(other.session_)) {}
    Loan& operator=(Loan&&) = delete;
    ~Loan() {
      if (from_ != nullptr) from_->take_back(std::move(session_));
    }
    [[nodiscard]] Connection& operator*() const { return *session_.connection; }
    [[nodiscard]] Connection* operator->() const { return session_.connection.get(); }
    [[nodiscard]] std::int64_t writer() const { return session_.writer; }

   private:
    Pool* from_;
    Session session_;
  };

  // Waits while all are in use. Errors: those of making one. [any]
  [[nodiscard]] Result<Loan> lend();
  // A connection was found dead: those that wait are likely to be, too. [any]
  void drop_idle();

 private:
  void take_back(Session session);

  const std::size_t at_most_;
  const Make make_;
  std::mutex mutex_;
  std::condition_variable given_back_;
  std::vector<Session> idle_;
  std::size_t made_ = 0;
};

// A connection that waited may have died meanwhile: a look is tried once more over a new one.
template <typename Look>
auto look(Pool& pool, Look at) -> decltype(at(std::declval<Connection&>())) {
  for (bool again = true;; again = false) {
    RACCORDO_TRY(auto loan, pool.lend());
    auto seen = at(*loan);
    if (seen.ok() || !again || !loan->lost() || seen.error().code == ErrorCode::kTimeout) return seen;
    pool.drop_idle();
  }
}

}  // namespace raccordo::postgresql
