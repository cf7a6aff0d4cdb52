// SPDX-License-Identifier: EUPL-1.2
#include "adapters/postgresql/changes.hpp"

#include "adapters/postgresql/failure.hpp"
#include "adapters/postgresql/transaction.hpp"

namespace raccordo::postgresql {
namespace {

constexpr int kTries = 5;

struct Attempt {
  Status outcome = done();
  bool again = false;          // it did not happen, and may now
  std::optional<Doubt> doubt;  // the answer to COMMIT was lost
};

// Whatever failed before COMMIT was sent did not happen.
Attempt failed(Sessions& sessions, const Pool::Loan& loan, Error failure) {
  const bool again = loan->lost() || is_collision(loan->last_state());
  if (loan->lost()) sessions.pool().drop_idle();
  return {std::move(failure), again && failure.code != ErrorCode::kTimeout, std::nullopt};
}

Attempt attempt(Sessions& sessions, const Work& work) {
  auto lent = sessions.lend();
  if (!lent.ok()) return {std::move(lent).error(), false, std::nullopt};
  auto loan = std::move(lent).value();
  auto transaction = Transaction::begin(*loan);
  if (!transaction.ok()) return failed(sessions, loan, std::move(transaction).error());
  const auto number = sessions.number_transaction(loan);
  if (!number.ok()) return failed(sessions, loan, number.error());
  if (auto worked = work(*loan); !worked.ok()) return failed(sessions, loan, std::move(worked).error());
  auto committed = transaction->commit();
  if (committed.ok()) {
    sessions.committed(*number);
    return {};
  }
  if (!loan->lost()) return failed(sessions, loan, std::move(committed).error());
  sessions.pool().drop_idle();
  return {std::move(committed).error(), false, Doubt{loan.writer(), *number}};
}

}  // namespace

Status change(Sessions& sessions, const Work& work, std::optional<Doubt>& doubt) {
  doubt.reset();
  for (int tried = 1;; ++tried) {
    auto made = attempt(sessions, work);
    if (made.outcome.ok()) return done();
    if (made.doubt) {
      const auto happened = sessions.happened(made.doubt->writer, made.doubt->number);
      if (!happened.ok()) {
        doubt = made.doubt;
        return happened.error();
      }
      if (*happened) {
        sessions.committed(made.doubt->number);
        return done();
      }
      made.again = true;
    }
    if (!made.again || tried == kTries) return std::move(made.outcome);
  }
}

}  // namespace raccordo::postgresql
