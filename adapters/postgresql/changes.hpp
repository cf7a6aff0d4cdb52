// SPDX-License-Identifier: EUPL-1.2
// Pieces of work, each in one transaction: tried again where it did not happen through nobody's fault, and
// found out about where its answer was lost.
#pragma once

#include <functional>
#include <optional>

#include "adapters/postgresql/sessions.hpp"

namespace raccordo::postgresql {

// A transaction of which nobody knows yet whether it happened.
struct Doubt {
  std::int64_t writer = 0;
  std::int64_t number = 0;
};

// May be run more than once: it has no effect beyond the transaction.
using Work = std::function<Status(Connection&)>;

// Durable when it returns. Errors: those of `work` and of Sessions: nothing was changed, unless `doubt` is
// set then.
[[nodiscard]] Status change(Sessions& sessions, const Work& work, std::optional<Doubt>& doubt);

}  // namespace raccordo::postgresql
