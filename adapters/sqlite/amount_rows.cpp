// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sqlite/amount_rows.hpp"

#include "adapters/sqlite/rows.hpp"
#include "core/ports/case_rules.hpp"

namespace raccordo::sqlite {
namespace {

WalletRecord wallet_of(const Query& row) {
  WalletRecord wallet;
  wallet.id = row.uuid(0);
  wallet.plan = row.text(1);
  wallet.holder = row.text(2);
  wallet.unit = row.text(3);
  wallet.letter = row.text(4);
  wallet.credited = row.integer(5);
  wallet.available = row.integer(6);
  wallet.reserved = row.integer(7);
  wallet.spent = row.integer(8);
  wallet.expired = row.integer(9);
  wallet.valid_to = row.text(10);
  wallet.closed = row.integer(11) != 0;
  return wallet;
}

WalletMovement movement_of(const Query& row) {
  return {row.uuid(1), row.uuid(2), row.text(3), row.integer(4),
          row.uuid(5), row.text(6), row.text(7), row.integer(8)};
}

// Taken of the pool by other cases than this one.
Result<std::int64_t> taken_by_others(Database& database, const std::string& pool, const Uuid& id) {
  RACCORDO_TRY(auto query, database.query(R"(
      SELECT coalesce((SELECT taken FROM pool WHERE name = ?1), 0)
           - coalesce((SELECT places FROM place WHERE case_id = ?2 AND pool = ?1), 0))"));
  RACCORDO_CHECK(query.bind(pool, id).next());
  return query.integer(0);
}

}  // namespace

Result<bool> take_places(Database& database, const std::string& pool, const Uuid& id, std::int64_t places,
                         std::int64_t total) {
  RACCORDO_CHECK(check_places(pool, places));
  RACCORDO_TRY(const auto others, taken_by_others(database, pool, id));
  if (others > total || places > total - others) return false;
  RACCORDO_TRY(auto place, database.query(R"(
      INSERT INTO place VALUES(?1, ?2, ?3) ON CONFLICT(case_id, pool) DO UPDATE SET places = ?3)"));
  RACCORDO_CHECK(place.bind(id, pool, places).run());
  RACCORDO_TRY(auto sum,
               database.query("INSERT INTO pool VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET taken = ?2"));
  RACCORDO_CHECK(sum.bind(pool, others + places).run());
  return true;
}

Status give_places_back(Database& database, const Uuid& id) {
  for (const auto* sql : {R"(
      UPDATE pool SET taken = taken - (SELECT places FROM place WHERE case_id = ?1 AND pool = name)
      WHERE name IN (SELECT pool FROM place WHERE case_id = ?1))",
                          "DELETE FROM place WHERE case_id = ?1"}) {
    RACCORDO_TRY(auto query, database.query(sql));
    RACCORDO_CHECK(query.bind(id).run());
  }
  return done();
}

Status give_places_back(Database& database, const Uuid& id, const std::string& pool) {
  for (const auto* sql : {R"(
      UPDATE pool SET taken = taken - coalesce((SELECT places FROM place WHERE case_id = ?1 AND pool = ?2), 0)
      WHERE name = ?2)",
                          "DELETE FROM place WHERE case_id = ?1 AND pool = ?2"}) {
    RACCORDO_TRY(auto query, database.query(sql));
    RACCORDO_CHECK(query.bind(id, pool).run());
  }
  return done();
}

Result<std::vector<std::string>> read_pools_of(Database& database, const Uuid& id) {
  RACCORDO_TRY(auto query, database.query("SELECT pool FROM place WHERE case_id = ?1 ORDER BY pool"));
  return all_rows(query.bind(id), [](const Query& row) { return row.text(0); });
}

Result<std::int64_t> read_taken(Database& database, const std::string& pool) {
  RACCORDO_TRY(auto query, database.query("SELECT taken FROM pool WHERE name = ?1"));
  RACCORDO_TRY(const bool found, query.bind(pool).next());
  return found ? query.integer(0) : std::int64_t{0};
}

Result<std::optional<WalletRecord>> read_wallet(Database& database, const Uuid& id) {
  RACCORDO_TRY(auto query, database.query("SELECT * FROM wallet WHERE id = ?1"));
  return one_row(query.bind(id), wallet_of);
}

Result<std::vector<WalletRecord>> read_wallets_of(Database& database, const std::string& holder) {
  RACCORDO_TRY(auto query, database.query("SELECT * FROM wallet WHERE holder = ?1 ORDER BY id"));
  return all_rows(query.bind(holder), wallet_of);
}

Result<std::vector<WalletRecord>> read_wallets(Database& database, const std::string& plan) {
  if (plan.empty()) {
    RACCORDO_TRY(auto all, database.query("SELECT * FROM wallet ORDER BY id"));
    return all_rows(all, wallet_of);
  }
  RACCORDO_TRY(auto query, database.query("SELECT * FROM wallet WHERE plan = ?1 ORDER BY id"));
  return all_rows(query.bind(plan), wallet_of);
}

Result<std::optional<WalletMovement>> read_movement(Database& database, const Uuid& id) {
  RACCORDO_TRY(auto query, database.query("SELECT * FROM movement WHERE id = ?1"));
  return one_row(query.bind(id), movement_of);
}

Result<std::vector<WalletMovement>> read_movements(Database& database, const Uuid& wallet) {
  RACCORDO_TRY(auto query, database.query("SELECT * FROM movement WHERE wallet = ?1 ORDER BY number"));
  return all_rows(query.bind(wallet), movement_of);
}

Status put_wallet(Database& database, const WalletRecord& wallet) {
  RACCORDO_CHECK(check(wallet));
  const auto& w = wallet;
  RACCORDO_TRY(auto amounts, database.query(R"(
      INSERT INTO wallet VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
      ON CONFLICT(id) DO UPDATE SET credited = ?6, available = ?7, reserved = ?8, spent = ?9, expired = ?10,
                                    valid_to = ?11, closed = ?12)"));
  RACCORDO_CHECK(amounts
                     .bind(w.id, w.plan, w.holder, w.unit, w.letter, w.credited, w.available, w.reserved,
                           w.spent, w.expired, w.valid_to, std::int64_t{w.closed})
                     .run());
  // What hardly ever changes, so that its indexes are left alone.
  RACCORDO_TRY(auto rest, database.query(R"(
      UPDATE wallet SET plan = ?2, holder = ?3, unit = ?4, letter = ?5
      WHERE id = ?1 AND (plan, holder, unit, letter) <> (?2, ?3, ?4, ?5))"));
  return rest.bind(w.id, w.plan, w.holder, w.unit, w.letter).run();
}

Status put_wallet(Database& database, const WalletRecord& wallet, const WalletMovement& movement) {
  RACCORDO_CHECK(check(wallet, movement));
  const auto& m = movement;
  RACCORDO_TRY(auto insert, database.query(R"(
      INSERT INTO movement(id, wallet, kind, amount, about, letter, date, time_ms)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING)"));
  RACCORDO_CHECK(insert.bind(m.id, m.wallet, m.kind, m.amount, m.about, m.letter, m.date, m.time_ms).run());
  if (database.changed() == 0) return known_movement(movement);
  return put_wallet(database, wallet);
}

}  // namespace raccordo::sqlite
