// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sqlite/telling_rows.hpp"

#include <algorithm>

#include "adapters/sqlite/rows.hpp"

namespace raccordo::sqlite {
namespace {

constexpr std::size_t kMostMessages = 1'000'000;

Lease lease_of(const Query& row) { return {row.text(0), row.text(1), row.integer(2), row.integer(3)}; }

Result<std::optional<Lease>> read_lease(Database& database, const std::string& name) {
  RACCORDO_TRY(auto query, database.query("SELECT * FROM lease WHERE name = ?1"));
  return one_row(query.bind(name), lease_of);
}

Status put_lease(Database& database, const Lease& lease) {
  RACCORDO_TRY(auto query, database.query("INSERT OR REPLACE INTO lease VALUES(?1, ?2, ?3, ?4)"));
  return query.bind(lease.name, lease.holder, lease.epoch, lease.until_ms).run();
}

}  // namespace

Status put_message(Database& database, const OutboxMessage& message) {
  RACCORDO_TRY(auto query, database.query("INSERT INTO outbox(topic, key, value) VALUES(?1, ?2, ?3)"));
  return query.bind(message.topic, message.key, Blob{message.value}).run();
}

Result<std::vector<OutboxMessage>> read_to_tell(Database& database, std::size_t limit) {
  RACCORDO_TRY(auto query, database.query("SELECT * FROM outbox ORDER BY number LIMIT ?1"));
  return all_rows(query.bind(static_cast<std::int64_t>(std::min(limit, kMostMessages))),
                  [](const Query& row) {
                    return OutboxMessage{row.integer(0), row.text(1), row.text(2), row.text(3)};
                  });
}

Status forget_told(Database& database, std::span<const std::int64_t> numbers) {
  RACCORDO_TRY(auto query, database.query("DELETE FROM outbox WHERE number = ?1"));
  for (const auto number : numbers) RACCORDO_CHECK(query.bind(number).run());
  return done();
}

Result<std::optional<Lease>> take_lease(Database& database, const std::string& name,
                                        const std::string& holder, std::int64_t now_ms, std::int64_t for_ms) {
  RACCORDO_TRY(const auto there, read_lease(database, name));
  const bool runs = there && !there->holder.empty() && there->until_ms > now_ms;
  if (runs && there->holder != holder) return std::optional<Lease>();
  const auto epoch = there ? there->epoch : 0;
  const Lease lease{name, holder, runs ? epoch : epoch + 1, now_ms + for_ms};
  RACCORDO_CHECK(put_lease(database, lease));
  return std::optional(lease);
}

Result<std::vector<Lease>> prolong_leases(Database& database, std::span<const Lease> ours,
                                          std::int64_t until_ms) {
  std::vector<Lease> still;
  for (const auto& each : ours) {
    RACCORDO_TRY(const bool is_still, is_ours(database, each));
    if (!is_still) continue;
    still.push_back({each.name, each.holder, each.epoch, until_ms});
    RACCORDO_CHECK(put_lease(database, still.back()));
  }
  return still;
}

Result<std::vector<Lease>> read_leases(Database& database, std::int64_t after_ms) {
  RACCORDO_TRY(auto query, database.query("SELECT * FROM lease WHERE until_ms > ?1 AND holder <> '' "
                                          "ORDER BY name"));
  return all_rows(query.bind(after_ms), lease_of);
}

Result<bool> is_ours(Database& database, const Lease& lease) {
  RACCORDO_TRY(const auto there, read_lease(database, lease.name));
  return there && there->holder == lease.holder && there->epoch == lease.epoch;
}

Status give_lease_back(Database& database, const Lease& lease) {
  RACCORDO_TRY(const bool ours, is_ours(database, lease));
  return ours ? put_lease(database, {lease.name, "", lease.epoch, 0}) : done();
}

}  // namespace raccordo::sqlite
