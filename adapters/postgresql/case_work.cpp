// SPDX-License-Identifier: EUPL-1.2
#include "adapters/postgresql/case_work.hpp"

#include "adapters/postgresql/draft_rows.hpp"
#include "core/ports/case_rules.hpp"

namespace raccordo::postgresql {

// A statement that failed ends the transaction for PostgreSQL, too.
template <typename Value>
Result<Value> CaseWork::noting(Result<Value> result) {
  if (!result.ok() && !broken_) broken_ = result.error();
  return result;
}

Status CaseWork::perform(const CaseStore::Work& work) {
  saved_ = false;
  auto outcome = work(*this);
  if (broken_) return *broken_;
  if (outcome.ok())
    drafts_.keep();
  else
    drafts_.drop();
  if (!saved_) return outcome;
  if (!outcome.ok()) RACCORDO_CHECK(noting(connection_.run("ROLLBACK TO SAVEPOINT work")));
  RACCORDO_CHECK(noting(connection_.run("RELEASE SAVEPOINT work")));
  return outcome;
}

Status CaseWork::read(const Foreseen& foreseen) {
  auto& now = drafts_.now();
  for (const auto& name : foreseen.messages) now.inbox[name];
  RACCORDO_TRY(auto messages, noting(read_inbox(connection_, foreseen.messages)));
  for (auto& each : messages) now.inbox[{each.source, each.id}] = std::move(each);
  for (const auto& id : foreseen.cases) now.cases[id];
  for (const auto& name : foreseen.asked)
    if (!name.second.empty()) now.asked[name];
  RACCORDO_TRY(auto cases, noting(read_cases(connection_, foreseen.cases, foreseen.asked, lock_)));
  for (auto& each : cases) know(std::move(each));
  drafts_.keep();
  return done();
}

void CaseWork::know(CaseRecord record) {
  if (!record.asked_id.empty()) drafts_.now().asked[{record.asked_by, record.asked_id}] = record.id;
  const auto id = record.id;
  drafts_.now().cases[id] = std::move(record);
}

// Before a statement that changes rows while the work is under way.
Status CaseWork::write_at_once() {
  if (saved_ || lock_ == Lock::kNone) return done();
  RACCORDO_CHECK(noting(connection_.run("SAVEPOINT work")));
  saved_ = true;
  return done();
}

Result<bool> CaseWork::write() { return noting(write_draft(connection_, drafts_.all())); }

Result<std::optional<InboxEntry>> CaseWork::inbox(const std::string& source, const std::string& id) {
  const Named name{source, id};
  if (const auto* known = drafts_.find(&CaseDraft::inbox, name)) return *known;
  RACCORDO_TRY(auto read, noting(read_inbox(connection_, source, id)));
  return drafts_.now().inbox[name] = std::move(read);
}

Status CaseWork::remember(const InboxEntry& entry) {
  RACCORDO_TRY(const auto known, inbox(entry.source, entry.id));
  if (known) return known_message(entry);
  drafts_.now().inbox[{entry.source, entry.id}] = entry;
  drafts_.now().remembered.emplace_back(entry.source, entry.id);
  return done();
}

Result<std::optional<CaseRecord>> CaseWork::find(const Uuid& id) {
  if (const auto* known = drafts_.find(&CaseDraft::cases, id)) return *known;
  RACCORDO_TRY(auto read, noting(read_case(connection_, id, lock_)));
  if (read && !read->asked_id.empty()) drafts_.now().asked[{read->asked_by, read->asked_id}] = id;
  return drafts_.now().cases[id] = std::move(read);
}

Result<std::optional<CaseRecord>> CaseWork::find_asked(const std::string& asked_by,
                                                       const std::string& asked_id) {
  RACCORDO_TRY(const auto id, asked_case({asked_by, asked_id}));
  if (!id) return std::optional<CaseRecord>();
  return find(*id);
}

Result<std::optional<Uuid>> CaseWork::asked_case(const Named& name) {
  if (name.second.empty()) return std::optional<Uuid>();
  if (const auto* known = drafts_.find(&CaseDraft::asked, name)) return *known;
  RACCORDO_TRY(auto read, noting(read_asked(connection_, name.first, name.second, lock_)));
  auto& id = drafts_.now().asked[name];
  if (!read) return id;
  id = read->id;
  if (drafts_.find(&CaseDraft::cases, read->id) == nullptr) drafts_.now().cases[*id] = std::move(read);
  return id;
}

Status CaseWork::put(const CaseRecord& record, const CaseStep& step) {
  RACCORDO_CHECK(check(record, step));
  RACCORDO_CHECK(record.revision == 1 ? begin(record) : go_on(record));
  drafts_.now().cases[record.id] = record;
  drafts_.now().steps.push_back(step);
  return done();
}

Status CaseWork::begin(const CaseRecord& record) {
  const auto* known = drafts_.find(&CaseDraft::cases, record.id);
  bool is_there = known != nullptr && known->has_value();
  if (known == nullptr && !trusting_) {
    RACCORDO_TRY(const auto read, find(record.id));
    is_there = read.has_value();
  }
  if (is_there) return not_the_next(record);
  RACCORDO_TRY(const auto other, asked_case({record.asked_by, record.asked_id}));
  if (other) return not_the_next(record);
  drafts_.now().begun.push_back(record.id);
  note_name(record);
  return done();
}

// Whoever goes on from the same revision waits for the one who was first, and then finds another.
Status CaseWork::go_on(const CaseRecord& record) {
  RACCORDO_TRY(const auto before, find(record.id));
  if (!before || before->revision != record.revision - 1) return not_the_next(record);
  if (Named(record.asked_by, record.asked_id) != Named(before->asked_by, before->asked_id)) {
    RACCORDO_TRY(const auto other, asked_case({record.asked_by, record.asked_id}));
    if (other) return not_the_next(record);
    drafts_.now().asked[{before->asked_by, before->asked_id}] = std::nullopt;
    note_name(record);
  }
  drafts_.now().gone_on.emplace(record.id, before->revision);
  return done();
}

void CaseWork::note_name(const CaseRecord& record) {
  if (!record.asked_id.empty()) drafts_.now().asked[{record.asked_by, record.asked_id}] = record.id;
}

// Of a case that begins nothing is read.
bool CaseWork::begins(const Uuid& id) {
  const auto* known = drafts_.find(&CaseDraft::cases, id);
  if (!trusting_ || (known != nullptr && known->has_value())) return false;
  drafts_.now().trusted.insert(id);
  return true;
}

Result<Seats> CaseWork::seats_of(const Uuid& id) {
  if (const auto* known = drafts_.find(&CaseDraft::seats, id)) return *known;
  auto& seats = drafts_.now().seats[id];
  if (begins(id)) return seats;
  RACCORDO_TRY(seats.by_pool, noting(read_places(connection_, id)));
  seats.in_rows = !seats.by_pool.empty();
  return seats;
}

Result<PoolStand> CaseWork::stand_of(const std::string& pool) {
  if (const auto* known = drafts_.find(&CaseDraft::pools, pool)) return *known;
  RACCORDO_TRY(const auto stand, read_pool(pool));
  return drafts_.now().pools[pool] = stand;
}

Result<PoolStand> CaseWork::read_pool(const std::string& pool) {
  RACCORDO_TRY(const auto known, noting(read_taken(connection_, pool, lock_)));
  if (known || lock_ == Lock::kNone) return PoolStand{known.value_or(0)};
  RACCORDO_CHECK(noting(connection_.run("INSERT INTO pool VALUES($1, 0) ON CONFLICT DO NOTHING", pool)));
  RACCORDO_TRY(const auto made, noting(read_taken(connection_, pool, lock_)));
  return PoolStand{made.value_or(0)};
}

void CaseWork::seat(const Uuid& id, Seats seats, const std::string& pool, PoolStand stand) {
  auto& now = drafts_.now();
  now.seats[id] = std::move(seats);
  now.pools[pool] = stand;
  now.seated.insert(id);
  now.counted.insert(pool);
}

Result<bool> CaseWork::take_places(const std::string& pool, const Uuid& id, std::int64_t places,
                                   std::int64_t total) {
  RACCORDO_CHECK(check_places(pool, places));
  RACCORDO_TRY(auto stand, stand_of(pool));
  RACCORDO_TRY(auto seats, seats_of(id));
  auto& own = seats.by_pool[pool];
  const auto others = stand.taken - own;
  if (others > total || places > total - others) return false;
  stand.taken = others + places;
  own = places;
  seat(id, std::move(seats), pool, stand);
  return true;
}

Status CaseWork::give_places_back(const Uuid& id) {
  RACCORDO_TRY(const auto pools, pools_of(id));
  for (const auto& pool : pools) RACCORDO_CHECK(give_places_back(id, pool));
  return done();
}

Status CaseWork::give_places_back(const Uuid& id, const std::string& pool) {
  RACCORDO_TRY(auto stand, stand_of(pool));
  RACCORDO_TRY(auto seats, seats_of(id));
  const auto own = seats.by_pool.find(pool);
  if (own == seats.by_pool.end()) return done();
  stand.taken -= own->second;
  seats.by_pool.erase(own);
  seat(id, std::move(seats), pool, stand);
  return done();
}

Result<std::vector<std::string>> CaseWork::pools_of(const Uuid& id) {
  RACCORDO_TRY(const auto seats, seats_of(id));
  std::vector<std::string> pools;
  for (const auto& [pool, places] : seats.by_pool) pools.push_back(pool);
  return pools;
}

Result<std::int64_t> CaseWork::taken_places(const std::string& pool) {
  RACCORDO_TRY(const auto stand, stand_of(pool));
  return stand.taken;
}

// Whoever frees a place of the pool sees who began to wait before, and the other way round.
Status CaseWork::wait_for(const std::string& pool, const Uuid& id) {
  RACCORDO_TRY(auto stand, stand_of(pool));
  RACCORDO_CHECK(write_at_once());
  RACCORDO_CHECK(noting(
      connection_.run("INSERT INTO waiting(id, pool) VALUES($1, $2) ON CONFLICT DO NOTHING", id, pool)));
  stand.nobody_waits = false;
  drafts_.now().pools[pool] = stand;
  return done();
}

Status CaseWork::wait_no_more(const Uuid& id) {
  RACCORDO_CHECK(write_at_once());
  RACCORDO_CHECK(noting(connection_.run("DELETE FROM waiting WHERE id = $1", id)));
  return done();
}

Result<std::vector<Uuid>> CaseWork::waiting(const std::string& pool, const std::optional<Uuid>& after,
                                            std::size_t limit) {
  RACCORDO_TRY(auto stand, stand_of(pool));
  if (stand.nobody_waits) return std::vector<Uuid>();
  RACCORDO_TRY(const auto rows,
               noting(connection_.run("SELECT id FROM waiting WHERE pool = $1 AND came > coalesce((SELECT "
                                      "came FROM waiting WHERE id = $2 AND pool = $1), 0) ORDER BY came "
                                      "LIMIT $3",
                                      pool, after.value_or(Uuid{}), static_cast<std::int64_t>(limit))));
  std::vector<Uuid> ids;
  for (int i = 0; i < rows.size(); ++i) ids.push_back(rows.uuid(i, 0));
  stand.nobody_waits = ids.empty() && !after && limit > 0;
  drafts_.now().pools[pool] = stand;
  return ids;
}

Result<Drawn> CaseWork::locked_allowance(const Uuid& entitlement, const std::string& period) {
  RACCORDO_CHECK(noting(connection_.run(
      "INSERT INTO allowance VALUES($1, $2, 0, 0, 0, 0) ON CONFLICT DO NOTHING", entitlement, period)));
  RACCORDO_TRY(const auto rows,
               noting(connection_.run("SELECT held, used FROM allowance WHERE entitlement = $1 AND period = "
                                      "$2 FOR UPDATE",
                                      entitlement, period)));
  return Drawn{entitlement, period, rows.integer(0, 0), rows.integer(0, 1)};
}

Result<bool> CaseWork::draw(const Uuid& id, const Drawn& drawn, std::int64_t granted) {
  RACCORDO_CHECK(check(drawn, granted));
  RACCORDO_CHECK(write_at_once());
  drafts_.now().drew.insert(id);
  RACCORDO_TRY(auto sum, locked_allowance(drawn.entitlement, drawn.period));
  RACCORDO_TRY(const auto before,
               noting(connection_.run(
                   "SELECT held, used FROM drawn WHERE id = $1 AND entitlement = $2 AND period = $3", id,
                   drawn.entitlement, drawn.period)));
  const Drawn had{
      {}, {}, before.empty() ? 0 : before.integer(0, 0), before.empty() ? 0 : before.integer(0, 1)};
  sum.held += drawn.held - had.held;
  sum.used += drawn.used - had.used;
  if (drawn.held + drawn.used > had.held + had.used && sum.held + sum.used > granted) return false;
  RACCORDO_CHECK(
      noting(connection_.run("DELETE FROM drawn WHERE id = $1 AND entitlement = $2 AND period = $3", id,
                             drawn.entitlement, drawn.period)));
  if (drawn.held + drawn.used > 0)
    RACCORDO_CHECK(noting(connection_.run("INSERT INTO drawn VALUES($1, $2, $3, $4, $5)", id,
                                          drawn.entitlement, drawn.period, drawn.held, drawn.used)));
  RACCORDO_CHECK(noting(connection_.run(
      "UPDATE allowance SET granted = g.now, remains = g.now - $4 - $5, held = $4, used = $5 FROM (SELECT "
      "CASE WHEN $6 > 0 THEN $3 ELSE granted END AS now FROM allowance WHERE entitlement = $1 AND period = "
      "$2) "
      "g WHERE entitlement = $1 AND period = $2",
      drawn.entitlement, drawn.period, granted, sum.held, sum.used, drawn.held + drawn.used)));
  return true;
}

Result<std::vector<Drawn>> CaseWork::drawn_by(const Uuid& id) {
  if (!drafts_.drew(id) && begins(id)) return std::vector<Drawn>();
  RACCORDO_TRY(const auto rows,
               noting(connection_.run("SELECT entitlement, period, held, used FROM drawn WHERE id = $1 ORDER "
                                      "BY entitlement, period",
                                      id)));
  std::vector<Drawn> all;
  for (int i = 0; i < rows.size(); ++i)
    all.push_back({rows.uuid(i, 0), rows.text(i, 1), rows.integer(i, 2), rows.integer(i, 3)});
  return all;
}

Result<Drawn> CaseWork::drawn(const Uuid& entitlement, const std::string& period) {
  if (lock_ == Lock::kRow) return locked_allowance(entitlement, period);
  RACCORDO_TRY(const auto rows, noting(connection_.run(
                                    "SELECT held, used FROM allowance WHERE entitlement = $1 AND period = $2",
                                    entitlement, period)));
  if (rows.empty()) return Drawn{entitlement, period, 0, 0};
  return Drawn{entitlement, period, rows.integer(0, 0), rows.integer(0, 1)};
}

Result<std::optional<WalletRecord>> CaseWork::wallet(const Uuid& id) {
  return noting(read_wallet(connection_, id, lock_));
}

Result<std::vector<WalletRecord>> CaseWork::wallets_of(const std::string& holder) {
  return noting(read_wallets_of(connection_, holder, lock_));
}

Result<std::optional<WalletMovement>> CaseWork::movement(const Uuid& id) {
  return noting(read_movement(connection_, id));
}

// Movements come only with their wallet.
Result<std::vector<WalletMovement>> CaseWork::movements(const Uuid& id) {
  RACCORDO_CHECK(wallet(id));
  return noting(read_movements(connection_, id));
}

Status CaseWork::put(const WalletRecord& wallet, const WalletMovement& movement) {
  RACCORDO_CHECK(check(wallet, movement));
  RACCORDO_CHECK(write_at_once());
  RACCORDO_TRY(const bool is_new, noting(insert_movement(connection_, movement)));
  if (!is_new) return known_movement(movement);
  return noting(put_wallet(connection_, wallet));
}

Status CaseWork::put(const WalletRecord& wallet) {
  RACCORDO_CHECK(check(wallet));
  RACCORDO_CHECK(write_at_once());
  return noting(put_wallet(connection_, wallet));
}

Status CaseWork::tell(const OutboxMessage& message) {
  drafts_.now().told.push_back(message);
  return done();
}

}  // namespace raccordo::postgresql
