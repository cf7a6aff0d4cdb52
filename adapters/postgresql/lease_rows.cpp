// SPDX-License-Identifier: EUPL-1.2
#include "adapters/postgresql/lease_rows.hpp"

#include "core/ports/case_rules.hpp"

namespace raccordo::postgresql {
namespace {

// By the database's own clock, at the moment at which it is asked.
#define RACCORDO_NOW_MS "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"

Lease lease_of(const Rows& rows, int i) {
  return {rows.text(i, 0), rows.text(i, 1), rows.integer(i, 2), rows.integer(i, 3)};
}

std::optional<Lease> first_lease(const Rows& rows) {
  return rows.empty() ? std::nullopt : std::optional(lease_of(rows, 0));
}

// Ours already, while a change of ours has it locked.
Result<std::optional<Lease>> ours_already(Connection& connection, const std::string& name,
                                          const std::string& holder) {
  RACCORDO_TRY(const auto rows,
               connection.run("SELECT name, holder, epoch, until_ms FROM lease WHERE name = $1 AND holder = "
                              "$2 AND until_ms > " RACCORDO_NOW_MS,
                              name, holder));
  return first_lease(rows);
}

}  // namespace

Status check_fence(Connection& connection, const Fence& fence) {
  if (!fence) return done();
  RACCORDO_TRY(const auto rows,
               connection.run("SELECT 1 FROM lease WHERE name = $1 AND holder = $2 AND epoch = $3 FOR SHARE",
                              fence->name, fence->holder, fence->epoch));
  return rows.empty() ? lost(*fence) : done();
}

Result<std::optional<Lease>> take_lease(Connection& connection, const std::string& name,
                                        const std::string& holder, std::int64_t for_ms) {
  RACCORDO_TRY(const auto begun,
               connection.run("INSERT INTO lease VALUES($1, $2, 1, " RACCORDO_NOW_MS
                              " + $3) ON CONFLICT DO NOTHING RETURNING name, holder, epoch, until_ms",
                              name, holder, for_ms));
  if (!begun.empty()) return first_lease(begun);
  RACCORDO_TRY(const auto locked,
               connection.run("SELECT 1 FROM lease WHERE name = $1 FOR UPDATE SKIP LOCKED", name));
  if (locked.empty()) return ours_already(connection, name, holder);
  RACCORDO_TRY(const auto taken,
               connection.run("UPDATE lease SET holder = $2, until_ms = " RACCORDO_NOW_MS
                              " + $3, epoch = epoch + CASE WHEN until_ms > " RACCORDO_NOW_MS
                              " THEN 0 ELSE 1 END WHERE name = $1 AND (until_ms <= " RACCORDO_NOW_MS
                              " OR holder = $2) RETURNING name, holder, epoch, until_ms",
                              name, holder, for_ms));
  return first_lease(taken);
}

Result<std::vector<Lease>> prolong_leases(Connection& connection, std::span<const Lease> ours,
                                          std::int64_t for_ms) {
  const auto names = column<Texts>(ours, [](const Lease& each) { return std::string_view(each.name); });
  const auto holders = column<Texts>(ours, [](const Lease& each) { return std::string_view(each.holder); });
  const auto epochs = column<Integers>(ours, [](const Lease& each) { return each.epoch; });
#define RACCORDO_OURS                                                                                     \
  "lease JOIN unnest($1::text[], $2::text[], $3::bigint[]) WITH ORDINALITY AS ours(name, holder, epoch, " \
  "place) USING(name, holder, epoch)"
  RACCORDO_CHECK(
      connection.run("WITH free AS (SELECT name FROM " RACCORDO_OURS
                     " FOR UPDATE OF lease SKIP LOCKED) UPDATE lease SET until_ms = " RACCORDO_NOW_MS
                     " + $4 FROM free WHERE lease.name = free.name",
                     names, holders, epochs, for_ms));
  RACCORDO_TRY(const auto rows,
               connection.run("SELECT name, holder, epoch, until_ms FROM " RACCORDO_OURS " ORDER BY place",
                              names, holders, epochs));
#undef RACCORDO_OURS
  std::vector<Lease> still;
  for (int i = 0; i < rows.size(); ++i) still.push_back(lease_of(rows, i));
  return still;
}

Status give_lease_back(Connection& connection, const Lease& lease) {
  RACCORDO_CHECK(connection.run(
      "UPDATE lease SET holder = '', until_ms = 0 WHERE name = $1 AND holder = $2 AND epoch = $3", lease.name,
      lease.holder, lease.epoch));
  return done();
}

Result<LeaseBook> read_lease_book(Connection& connection) {
  RACCORDO_TRY(const auto rows,
               connection.run("SELECT name, holder, epoch, until_ms, now_ms FROM (SELECT " RACCORDO_NOW_MS
                              " AS now_ms) AS clock LEFT JOIN lease ON until_ms > now_ms AND holder <> '' "
                              "ORDER BY name COLLATE \"C\""));
  LeaseBook book{rows.integer(0, 4), {}};
  for (int i = 0; i < rows.size(); ++i)
    if (!rows.is_null(i, 0)) book.running.push_back(lease_of(rows, i));
  return book;
}

}  // namespace raccordo::postgresql
