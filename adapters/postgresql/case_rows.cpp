// SPDX-License-Identifier: EUPL-1.2
#include "adapters/postgresql/case_rows.hpp"

#include <algorithm>

namespace raccordo::postgresql {
namespace {

constexpr const char* kCaseColumns =
    "id, machine, state, revision, data, people, asked_by, asked_id, answered_by, due_ms, due_event, "
    "changed_ms, ended";
constexpr const char* kWalletColumns =
    "id, plan, holder, unit, letter, credited, available, reserved, spent, expired, valid_to, closed";
constexpr const char* kMovementColumns = "id, wallet, kind, amount, about, letter, date, time_ms";

CaseRecord case_of(const Rows& rows, int i) {
  return {rows.uuid(i, 0),         rows.text(i, 1),    rows.text(i, 2),  rows.integer(i, 3),
          rows.text(i, 4),         rows.text(i, 5),    rows.text(i, 6),  rows.text(i, 7),
          rows.text(i, 8),         rows.integer(i, 9), rows.text(i, 10), rows.integer(i, 11),
          rows.integer(i, 12) != 0};
}

WalletRecord wallet_of(const Rows& rows, int i) {
  return {rows.uuid(i, 0),    rows.text(i, 1),    rows.text(i, 2),    rows.text(i, 3),
          rows.text(i, 4),    rows.integer(i, 5), rows.integer(i, 6), rows.integer(i, 7),
          rows.integer(i, 8), rows.integer(i, 9), rows.text(i, 10),   rows.integer(i, 11) != 0};
}

WalletMovement movement_of(const Rows& rows, int i) {
  return {rows.uuid(i, 0), rows.uuid(i, 1), rows.text(i, 2), rows.integer(i, 3),
          rows.uuid(i, 4), rows.text(i, 5), rows.text(i, 6), rows.integer(i, 7)};
}

CaseStep step_of(const Rows& rows, int i) {
  return {rows.uuid(i, 0), rows.integer(i, 1), rows.text(i, 2), rows.text(i, 3), rows.text(i, 4),
          rows.text(i, 5), rows.text(i, 6),    rows.text(i, 7), rows.text(i, 8), rows.integer(i, 9)};
}

template <typename Read>
auto all(const Rows& rows, Read read) {
  std::vector<decltype(read(rows, 0))> out;
  out.reserve(static_cast<std::size_t>(rows.size()));
  for (int i = 0; i < rows.size(); ++i) out.push_back(read(rows, i));
  return out;
}

template <typename Read>
auto first(const Rows& rows, Read read) {
  return rows.empty() ? std::nullopt : std::optional(read(rows, 0));
}

using Names = std::span<const std::pair<std::string, std::string>>;
Texts owners_of(Names names) {
  return column<Texts>(names, [](const auto& name) -> std::string_view { return name.first; });
}
Blobs names_of(Names names) {
  return column<Blobs>(names, [](const auto& name) -> std::string_view { return name.second; });
}

const char* locking(Lock lock) { return lock == Lock::kRow ? " FOR UPDATE" : ""; }

}  // namespace

Result<std::optional<InboxEntry>> read_inbox(Connection& connection, const std::string& source,
                                             const std::string& id) {
  RACCORDO_TRY(const auto rows,
               connection.run("SELECT content, answer, time_ms FROM inbox WHERE source = $1 AND "
                              "sha256(id) = sha256($2)",
                              source, Blob{id}));
  return first(rows, [&](const Rows& row, int i) {
    return InboxEntry{source, id, row.text(i, 0), row.text(i, 1), row.integer(i, 2)};
  });
}

Result<std::vector<InboxEntry>> read_inbox(Connection& connection, Names names) {
  if (names.empty()) return std::vector<InboxEntry>();
  RACCORDO_TRY(const auto rows,
               connection.run("SELECT inbox.source, inbox.id, content, answer, time_ms FROM "
                              "unnest($1::text[], $2::bytea[]) AS u(source, id) JOIN inbox ON inbox.source = "
                              "u.source AND sha256(inbox.id) = sha256(u.id)",
                              owners_of(names), names_of(names)));
  return all(rows, [](const Rows& row, int i) {
    return InboxEntry{row.text(i, 0), row.text(i, 1), row.text(i, 2), row.text(i, 3), row.integer(i, 4)};
  });
}

Result<std::vector<CaseRecord>> read_cases(Connection& connection, std::span<const Uuid> ids, Names asked,
                                           Lock lock) {
  std::vector<CaseRecord> found;
  if (!ids.empty()) {
    RACCORDO_TRY(const auto rows,
                 connection.run(fmt::format("SELECT {} FROM cases WHERE id = ANY($1) ORDER BY id{}",
                                            kCaseColumns, locking(lock)),
                                Uuids{{ids.begin(), ids.end()}}));
    found = all(rows, case_of);
  }
  if (asked.empty()) return found;
  RACCORDO_TRY(const auto rows,
               connection.run(fmt::format("SELECT {} FROM cases WHERE id = ANY(ARRAY(SELECT found.id FROM "
                                          "unnest($1::text[], $2::bytea[]) AS u(name_of, name), LATERAL "
                                          "(SELECT cases.id FROM cases WHERE asked_by = name_of AND "
                                          "sha256(asked_id) = sha256(name) AND asked_id <> '' LIMIT 1) AS "
                                          "found)) ORDER BY id{}",
                                          kCaseColumns, locking(lock)),
                              owners_of(asked), names_of(asked)));
  for (int i = 0; i < rows.size(); ++i) found.push_back(case_of(rows, i));
  return found;
}

Result<bool> insert_movement(Connection& connection, const WalletMovement& m) {
  RACCORDO_TRY(const auto rows,
               connection.run(
                   "INSERT INTO movement(id, wallet, kind, amount, about, letter, date, time_ms) VALUES($1, "
                   "$2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
                   m.id, m.wallet, m.kind, m.amount, m.about, m.letter, m.date, m.time_ms));
  return rows.changed() == 1;
}

Result<std::optional<CaseRecord>> read_case(Connection& connection, const Uuid& id, Lock lock) {
  RACCORDO_TRY(
      const auto rows,
      connection.run(fmt::format("SELECT {} FROM cases WHERE id = $1{}", kCaseColumns, locking(lock)), id));
  return first(rows, case_of);
}

Result<std::optional<CaseRecord>> read_asked(Connection& connection, const std::string& asked_by,
                                             const std::string& asked_id, Lock lock) {
  RACCORDO_TRY(
      const auto rows,
      connection.run(fmt::format("SELECT {} FROM cases WHERE asked_by = $1 AND sha256(asked_id) = sha256($2) "
                                 "AND asked_id <> ''{}",
                                 kCaseColumns, locking(lock)),
                     asked_by, Blob{asked_id}));
  return first(rows, case_of);
}

Result<std::vector<CaseRecord>> read_cases(Connection& connection, const CaseQuery& query) {
  const auto limit = static_cast<std::int64_t>(std::min<std::size_t>(query.limit, INT64_MAX));
  const auto where = [](const std::string& value, const char* condition, int number) {
    return value.empty() ? fmt::format("${}::text = ''", number) : fmt::format("{} = ${}", condition, number);
  };
  RACCORDO_TRY(
      const auto rows,
      connection.run(
          fmt::format("SELECT {} FROM cases WHERE {} AND {} AND {} AND {} AND {} AND {} AND changed_ms >= $8 "
                      "ORDER BY "
                      "began LIMIT $5",
                      kCaseColumns, where(query.state, "state", 1), where(query.asked_by, "asked_by", 2),
                      where(query.answered_by, "answered_by", 3),
                      query.after ? "began > (SELECT after.began FROM cases AS after WHERE after.id = $4)"
                                  : "$4::uuid IS NOT NULL",
                      where(query.machine, "machine", 6),
                      query.connector.empty() ? "$7::text = ''" : "(asked_by = $7 OR answered_by = $7)"),
          query.state, query.asked_by, query.answered_by, query.after.value_or(Uuid()), limit, query.machine,
          query.connector, query.since_ms));
  return all(rows, case_of);
}

Result<std::vector<CaseStep>> read_steps(Connection& connection, const Uuid& id) {
  RACCORDO_TRY(const auto rows,
               connection.run("SELECT id, revision, event, origin, goal, party, connector, message, note, "
                              "time_ms FROM case_step WHERE id = $1 ORDER BY revision",
                              id));
  return all(rows, step_of);
}

Result<std::map<std::string, std::int64_t>> read_places(Connection& connection, const Uuid& id) {
  RACCORDO_TRY(const auto rows, connection.run("SELECT pool, places FROM place WHERE id = $1", id));
  std::map<std::string, std::int64_t> places;
  for (int i = 0; i < rows.size(); ++i) places[rows.text(i, 0)] = rows.integer(i, 1);
  return places;
}

Result<std::optional<std::int64_t>> read_taken(Connection& connection, const std::string& pool, Lock lock) {
  RACCORDO_TRY(const auto rows,
               connection.run(fmt::format("SELECT taken FROM pool WHERE name = $1{}", locking(lock)), pool));
  return first(rows, [](const Rows& row, int i) { return row.integer(i, 0); });
}

Result<std::optional<WalletRecord>> read_wallet(Connection& connection, const Uuid& id, Lock lock) {
  RACCORDO_TRY(const auto rows,
               connection.run(
                   fmt::format("SELECT {} FROM wallet WHERE id = $1{}", kWalletColumns, locking(lock)), id));
  return first(rows, wallet_of);
}

Result<std::vector<WalletRecord>> read_wallets_of(Connection& connection, const std::string& holder,
                                                  Lock lock) {
  RACCORDO_TRY(const auto rows,
               connection.run(fmt::format("SELECT {} FROM wallet WHERE holder = $1 ORDER BY id{}",
                                          kWalletColumns, locking(lock)),
                              holder));
  return all(rows, wallet_of);
}

Result<std::vector<WalletRecord>> read_wallets(Connection& connection, const std::string& plan) {
  RACCORDO_TRY(
      const auto rows,
      connection.run(
          fmt::format("SELECT {} FROM wallet WHERE $1 = '' OR plan = $1 ORDER BY id", kWalletColumns), plan));
  return all(rows, wallet_of);
}

Status put_wallet(Connection& connection, const WalletRecord& w) {
  RACCORDO_CHECK(
      connection.run("INSERT INTO wallet VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON "
                     "CONFLICT(id) DO UPDATE SET plan = "
                     "$2, holder = $3, unit = $4, letter = $5, credited = $6, available = $7, reserved = $8, "
                     "spent = $9, expired = $10, "
                     "valid_to = $11, closed = $12",
                     w.id, w.plan, w.holder, w.unit, w.letter, w.credited, w.available, w.reserved, w.spent,
                     w.expired, w.valid_to, w.closed));
  return done();
}

Result<std::optional<WalletMovement>> read_movement(Connection& connection, const Uuid& id) {
  RACCORDO_TRY(const auto rows,
               connection.run(fmt::format("SELECT {} FROM movement WHERE id = $1", kMovementColumns), id));
  return first(rows, movement_of);
}

Result<std::vector<WalletMovement>> read_movements(Connection& connection, const Uuid& wallet) {
  RACCORDO_TRY(
      const auto rows,
      connection.run(fmt::format("SELECT {} FROM movement WHERE wallet = $1 ORDER BY came", kMovementColumns),
                     wallet));
  return all(rows, movement_of);
}

}  // namespace raccordo::postgresql
