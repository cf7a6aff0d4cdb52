// SPDX-License-Identifier: EUPL-1.2
#include "adapters/postgresql/pool.hpp"

namespace raccordo::postgresql {

Result<Pool::Loan> Pool::lend() {
  {
    std::unique_lock lock(mutex_);
    given_back_.wait(lock, [&] { return !idle_.empty() || made_ < at_most_; });
    if (!idle_.empty()) {
      auto session = std::move(idle_.back());
      idle_.pop_back();
      return Loan(*this, std::move(session));
    }
    ++made_;
  }
  auto made = make_();
  if (made.ok()) return Loan(*this, std::move(made).value());
  take_back({});
  return std::move(made).error();
}

void Pool::take_back(Session session) {
  {
    const std::scoped_lock lock(mutex_);
    if (session.connection && !session.connection->lost())
      idle_.push_back(std::move(session));
    else
      --made_;
  }
  given_back_.notify_one();
}

void Pool::drop_idle() {
  std::vector<Session> dropped;
  {
    const std::scoped_lock lock(mutex_);
    made_ -= idle_.size();
    dropped.swap(idle_);
  }
  given_back_.notify_all();
}

}  // namespace raccordo::postgresql
