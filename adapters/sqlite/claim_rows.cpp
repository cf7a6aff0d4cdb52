// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sqlite/claim_rows.hpp"

#include <algorithm>

#include "adapters/sqlite/rows.hpp"
#include "core/ports/case_rules.hpp"

namespace raccordo::sqlite {
namespace {

std::int64_t page_of(std::size_t limit) {
  return static_cast<std::int64_t>(std::min<std::size_t>(limit, 1'000'000));
}

// What this case has drawn itself.
Result<Drawn> drawn_before(Database& database, const Uuid& id, const Drawn& drawn) {
  RACCORDO_TRY(auto query, database.query(R"(
      SELECT held, used FROM drawn WHERE case_id = ?1 AND entitlement = ?2 AND period = ?3)"));
  RACCORDO_TRY(const bool found, query.bind(id, drawn.entitlement, drawn.period).next());
  Drawn before{drawn.entitlement, drawn.period};
  if (found) before.held = query.integer(0), before.used = query.integer(1);
  return before;
}

Status put_row(Database& database, const Uuid& id, const Drawn& drawn) {
  if (drawn.held + drawn.used == 0) {
    RACCORDO_TRY(auto drop, database.query(R"(
        DELETE FROM drawn WHERE case_id = ?1 AND entitlement = ?2 AND period = ?3)"));
    return drop.bind(id, drawn.entitlement, drawn.period).run();
  }
  RACCORDO_TRY(auto put, database.query(R"(
      INSERT INTO drawn VALUES(?1, ?2, ?3, ?4, ?5)
      ON CONFLICT(case_id, entitlement, period) DO UPDATE SET held = ?4, used = ?5)"));
  return put.bind(id, drawn.entitlement, drawn.period, drawn.held, drawn.used).run();
}

}  // namespace

Status put_waiting(Database& database, const std::string& pool, const Uuid& id) {
  RACCORDO_TRY(auto query, database.query(R"(
      INSERT INTO waiting(case_id, pool) VALUES(?1, ?2) ON CONFLICT DO NOTHING)"));
  return query.bind(id, pool).run();
}

Status drop_waiting(Database& database, const Uuid& id) {
  RACCORDO_TRY(auto query, database.query("DELETE FROM waiting WHERE case_id = ?1"));
  return query.bind(id).run();
}

Result<std::vector<Uuid>> read_waiting(Database& database, const std::string& pool,
                                       const std::optional<Uuid>& after, std::size_t limit) {
  RACCORDO_TRY(auto query, database.query(R"(
      SELECT case_id FROM waiting
      WHERE pool = ?1 AND number > coalesce((SELECT number FROM waiting WHERE case_id = ?2 AND pool = ?1), 0)
      ORDER BY number LIMIT ?3)"));
  const auto from = after.value_or(Uuid{});  // what is bound is read when rows are
  query.bind(pool, from, page_of(limit));
  return all_rows(query, [](const Query& row) { return row.uuid(0); });
}

Result<std::vector<std::string>> read_pools_waited_for(Database& database, const std::string& after,
                                                       std::size_t limit) {
  RACCORDO_TRY(auto query, database.query(R"(
      SELECT DISTINCT pool FROM waiting WHERE pool > ?1 ORDER BY pool LIMIT ?2)"));
  return all_rows(query.bind(after, page_of(limit)), [](const Query& row) { return row.text(0); });
}

Result<bool> put_drawn(Database& database, const Uuid& id, const Drawn& drawn, std::int64_t granted) {
  RACCORDO_CHECK(check(drawn, granted));
  RACCORDO_TRY(const auto before, drawn_before(database, id, drawn));
  RACCORDO_TRY(auto sum, read_drawn(database, drawn.entitlement, drawn.period));
  sum.held += drawn.held - before.held;
  sum.used += drawn.used - before.used;
  const bool more = drawn.held + drawn.used > before.held + before.used;
  if (more && sum.held + sum.used > granted) return false;
  RACCORDO_CHECK(put_row(database, id, drawn));
  RACCORDO_TRY(auto put, database.query(R"(
      INSERT INTO allowance VALUES(?1, ?2, ?3, ?3 - ?4 - ?5, ?4, ?5)
      ON CONFLICT(entitlement, period) DO UPDATE SET
        granted = iif(?6, ?3, granted), remains = iif(?6, ?3, granted) - ?4 - ?5, held = ?4, used = ?5)"));
  const std::int64_t has_some = drawn.held + drawn.used > 0 ? 1 : 0;
  RACCORDO_CHECK(put.bind(drawn.entitlement, drawn.period, granted, sum.held, sum.used, has_some).run());
  return true;
}

Result<std::vector<Drawn>> read_drawn_by(Database& database, const Uuid& id) {
  RACCORDO_TRY(auto query, database.query(R"(
      SELECT entitlement, period, held, used FROM drawn WHERE case_id = ?1 ORDER BY entitlement, period)"));
  return all_rows(query.bind(id), [](const Query& row) {
    return Drawn{row.uuid(0), row.text(1), row.integer(2), row.integer(3)};
  });
}

Result<Drawn> read_drawn(Database& database, const Uuid& entitlement, const std::string& period) {
  RACCORDO_TRY(auto query,
               database.query("SELECT held, used FROM allowance WHERE entitlement = ?1 AND period = ?2"));
  RACCORDO_TRY(const bool found, query.bind(entitlement, period).next());
  return found ? Drawn{entitlement, period, query.integer(0), query.integer(1)} : Drawn{entitlement, period};
}

Result<std::vector<Allowance>> read_allowances(Database& database, const Uuid& entitlement) {
  RACCORDO_TRY(auto query, database.query(R"(
      SELECT period, granted, remains, held, used FROM allowance WHERE entitlement = ?1 ORDER BY period)"));
  return all_rows(query.bind(entitlement), [](const Query& row) {
    return Allowance{row.text(0), row.integer(1), row.integer(2), row.integer(3), row.integer(4)};
  });
}

}  // namespace raccordo::sqlite
