// SPDX-License-Identifier: EUPL-1.2
// Rows of a query, one after the other.
#pragma once

#include <optional>
#include <vector>

#include "adapters/sqlite/database.hpp"

namespace raccordo::sqlite {

// Calls `row` for each row that is left.
template <typename Row>
Status each_row(Query& query, Row row) {
  for (;;) {
    RACCORDO_TRY(const bool more, query.next());
    if (!more) return done();
    row(query);
  }
}

// What `made_of` makes of each row that is left.
template <typename Made>
auto all_rows(Query& query, Made made_of) -> Result<std::vector<decltype(made_of(query))>> {
  std::vector<decltype(made_of(query))> made;
  RACCORDO_CHECK(each_row(query, [&](const Query& row) { made.push_back(made_of(row)); }));
  return made;
}

// What it makes of the row, where there is one.
template <typename Made>
auto one_row(Query& query, Made made_of) -> Result<std::optional<decltype(made_of(query))>> {
  RACCORDO_TRY(const bool found, query.next());
  std::optional<decltype(made_of(query))> made;
  if (found) made = made_of(query);
  return made;
}

}  // namespace raccordo::sqlite
