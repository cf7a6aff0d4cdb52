// SPDX-License-Identifier: EUPL-1.2
// What works changed, as rows: those of a kind are one statement, however many there are.
#pragma once

#include "adapters/postgresql/case_draft.hpp"
#include "adapters/postgresql/connection.hpp"

namespace raccordo::postgresql {

// False: a row was there, or was another one, that the draft did not know: the transaction must not commit.
[[nodiscard]] Result<bool> write_draft(Connection& connection, const CaseDraft& draft);

}  // namespace raccordo::postgresql
