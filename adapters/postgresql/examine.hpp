// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "adapters/postgresql/server.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/diagnosis.hpp"

namespace raccordo::postgresql {

// Whether a hub can keep its store there: the server and its version, the schema, what the user may do, what
// the server does for durability, its time. Changes nothing. Waits 5 s at most for each answer.
[[nodiscard]] std::vector<Diagnosis> examine(ServerOptions options, const Clock& clock);

}  // namespace raccordo::postgresql
