// SPDX-License-Identifier: EUPL-1.2
#include "core/ports/testing/memory_case_store.hpp"

#include <algorithm>

#include "core/ports/case_rules.hpp"

namespace raccordo::testing {
namespace {

template <typename Map>
std::optional<typename Map::mapped_type> at(const Map& map, const typename Map::key_type& key) {
  const auto found = map.find(key);
  return found == map.end() ? std::nullopt : std::optional(found->second);
}

std::vector<WalletMovement> movements_of(const std::vector<WalletMovement>& all, const Uuid& wallet) {
  std::vector<WalletMovement> found;
  for (const auto& movement : all)
    if (movement.wallet == wallet) found.push_back(movement);
  return found;
}

bool is_away(const Status& outcome) {
  return !outcome.ok() &&
         (outcome.error().code == ErrorCode::kUnavailable || outcome.error().code == ErrorCode::kFull);
}

bool fits(const std::string& wanted, const std::string& there) { return wanted.empty() || wanted == there; }

}  // namespace

// One work, on its own copy.
class MemoryCaseStore::Working final : public CaseTransaction {
 public:
  explicit Working(Held& held) : held_(held) {}

  Result<std::optional<InboxEntry>> inbox(const std::string& source, const std::string& id) override {
    return at(held_.inbox, {source, id});
  }
  Status remember(const InboxEntry& entry) override {
    if (!held_.inbox.try_emplace({entry.source, entry.id}, entry).second) return known_message(entry);
    return done();
  }

  Result<std::optional<CaseRecord>> find(const Uuid& id) override { return at(held_.cases, id); }
  Result<std::optional<CaseRecord>> find_asked(const std::string& asked_by,
                                               const std::string& asked_id) override {
    if (!asked_id.empty())
      for (const auto& [id, record] : held_.cases)
        if (record.asked_by == asked_by && record.asked_id == asked_id) return std::optional(record);
    return std::optional<CaseRecord>();
  }
  Status put(const CaseRecord& record, const CaseStep& step) override {
    RACCORDO_CHECK(check(record, step));
    const auto found = held_.cases.find(record.id);
    const auto there = found == held_.cases.end() ? 0 : found->second.revision;
    if (there != record.revision - 1) return not_the_next(record);
    const auto asked = find_asked(record.asked_by, record.asked_id).value();
    if (asked && asked->id != record.id) return not_the_next(record);
    if (there == 0) held_.order.push_back(record.id);
    held_.cases[record.id] = record;
    held_.steps[record.id].push_back(step);
    return done();
  }

  Result<bool> take_places(const std::string& pool, const Uuid& id, std::int64_t places,
                           std::int64_t total) override {
    RACCORDO_CHECK(check_places(pool, places));
    const auto others = taken(pool) - at(held_.places, {pool, id}).value_or(0);
    if (others > total || places > total - others) return false;
    held_.places[{pool, id}] = places;
    return true;
  }
  Status give_places_back(const Uuid& id) override {
    std::erase_if(held_.places, [&](const auto& item) { return item.first.second == id; });
    return done();
  }
  Status give_places_back(const Uuid& id, const std::string& pool) override {
    held_.places.erase({pool, id});
    return done();
  }
  Result<std::vector<std::string>> pools_of(const Uuid& id) override {
    std::vector<std::string> pools;
    for (const auto& [key, places] : held_.places)
      if (key.second == id) pools.push_back(key.first);
    return pools;
  }
  Result<std::int64_t> taken_places(const std::string& pool) override { return taken(pool); }

  Status wait_for(const std::string& pool, const Uuid& id) override {
    auto& list = held_.lists[pool];
    if (std::find(list.begin(), list.end(), id) == list.end()) list.push_back(id);
    return done();
  }
  Status wait_no_more(const Uuid& id) override {
    for (auto& [pool, list] : held_.lists) std::erase(list, id);
    std::erase_if(held_.lists, [](const auto& item) { return item.second.empty(); });
    return done();
  }
  Result<std::vector<Uuid>> waiting(const std::string& pool, const std::optional<Uuid>& after,
                                    std::size_t limit) override {
    const auto list = at(held_.lists, pool).value_or(std::vector<Uuid>());
    auto next = after ? std::find(list.begin(), list.end(), *after) : list.end();
    next = next == list.end() ? list.begin() : next + 1;
    const auto left = static_cast<std::size_t>(list.end() - next);
    return std::vector<Uuid>(next, next + static_cast<std::ptrdiff_t>(std::min(limit, left)));
  }

  Result<bool> draw(const Uuid& id, const Drawn& drawn, std::int64_t granted) override {
    RACCORDO_CHECK(check(drawn, granted));
    auto& mine = held_.drawn[{id, drawn.entitlement, drawn.period}];
    const auto sum = held_.sum_of(drawn.entitlement, drawn.period);
    const auto before = mine.held + mine.used, now = drawn.held + drawn.used;
    if (now > before && sum.held + sum.used - before + now > granted) return false;
    mine = drawn;
    const auto known = held_.granted.try_emplace({drawn.entitlement, drawn.period}, granted).first;
    if (now > 0) known->second = granted;
    return true;
  }
  Result<std::vector<Drawn>> drawn_by(const Uuid& id) override {
    std::vector<Drawn> found;
    for (const auto& [key, drawn] : held_.drawn)
      if (std::get<0>(key) == id && drawn.held + drawn.used > 0) found.push_back(drawn);
    return found;
  }
  Result<Drawn> drawn(const Uuid& entitlement, const std::string& period) override {
    return held_.sum_of(entitlement, period);
  }

  Result<std::optional<WalletRecord>> wallet(const Uuid& id) override { return at(held_.wallets, id); }
  Result<std::vector<WalletRecord>> wallets_of(const std::string& holder) override {
    std::vector<WalletRecord> found;
    for (const auto& [id, wallet] : held_.wallets)
      if (wallet.holder == holder) found.push_back(wallet);
    return found;
  }
  Result<std::vector<WalletMovement>> movements(const Uuid& wallet) override {
    return movements_of(held_.movements, wallet);
  }
  Result<std::optional<WalletMovement>> movement(const Uuid& id) override {
    const auto found = std::find_if(held_.movements.begin(), held_.movements.end(),
                                    [&](const WalletMovement& known) { return known.id == id; });
    return found == held_.movements.end() ? std::nullopt : std::optional(*found);
  }
  Status put(const WalletRecord& wallet, const WalletMovement& movement) override {
    RACCORDO_CHECK(check(wallet, movement));
    if (*this->movement(movement.id)) return known_movement(movement);
    held_.wallets[wallet.id] = wallet;
    held_.movements.push_back(movement);
    return done();
  }
  Status put(const WalletRecord& wallet) override {
    RACCORDO_CHECK(check(wallet));
    held_.wallets[wallet.id] = wallet;
    return done();
  }

  Status tell(const OutboxMessage& message) override {
    const auto number = ++held_.last_number;
    held_.outbox[number] = message;
    held_.outbox[number].number = number;
    return done();
  }

 private:
  [[nodiscard]] std::int64_t taken(const std::string& pool) const {
    std::int64_t sum = 0;
    for (auto item = held_.places.lower_bound({pool, Uuid{}});
         item != held_.places.end() && item->first.first == pool; ++item)
      sum += item->second;
    return sum;
  }

  Held& held_;
};

Result<std::vector<Status>> MemoryCaseStore::transact(std::span<const Work> works, const Fence& fence,
                                                      const Foreseen&) {
  const std::scoped_lock lock(mutex_);
  if (!is_ours(fence)) return lost(*fence);
  std::vector<Status> outcomes;
  auto held = held_;
  std::size_t done = 0;
  for (const auto& work : works) {
    auto copy = held;
    Working working(copy);
    outcomes.push_back(work(working));
    if (is_away(outcomes.back())) return outcomes.back().error();
    if (!outcomes.back().ok()) continue;
    held = std::move(copy);
    ++done;
  }
  held_ = std::move(held);
  works_done_ += done;
  return outcomes;
}

Drawn MemoryCaseStore::Held::sum_of(const Uuid& entitlement, const std::string& period) const {
  Drawn sum{entitlement, period};
  for (const auto& [key, each] : drawn)
    if (std::get<1>(key) == entitlement && std::get<2>(key) == period)
      sum.held += each.held, sum.used += each.used;
  return sum;
}

Status MemoryCaseStore::look(const Work& work) {
  auto copy = [&] {
    const std::scoped_lock lock(mutex_);
    return held_;
  }();
  Working working(copy);
  return work(working);
}

std::size_t MemoryCaseStore::works_done() {
  const std::scoped_lock lock(mutex_);
  return works_done_;
}

Result<std::optional<CaseRecord>> MemoryCaseStore::find(const Uuid& id) {
  const std::scoped_lock lock(mutex_);
  return at(held_.cases, id);
}

Result<std::vector<CaseRecord>> MemoryCaseStore::cases(const CaseQuery& query) {
  const std::scoped_lock lock(mutex_);
  auto next = held_.order.begin();
  if (query.after) {
    next = std::find(held_.order.begin(), held_.order.end(), *query.after);
    next = next == held_.order.end() ? held_.order.begin() : next + 1;
  }
  std::vector<CaseRecord> found;
  for (; next != held_.order.end() && found.size() < query.limit; ++next) {
    const auto& record = held_.cases.at(*next);
    if (fits(query.state, record.state) && fits(query.asked_by, record.asked_by) &&
        fits(query.answered_by, record.answered_by) && fits(query.machine, record.machine) &&
        (fits(query.connector, record.asked_by) || fits(query.connector, record.answered_by)) &&
        record.changed_ms >= query.since_ms)
      found.push_back(record);
  }
  return found;
}

Result<std::vector<CaseStep>> MemoryCaseStore::history(const Uuid& id) {
  const std::scoped_lock lock(mutex_);
  return at(held_.steps, id).value_or(std::vector<CaseStep>());
}

Result<std::vector<Uuid>> MemoryCaseStore::due(std::int64_t now_ms, std::size_t limit) {
  const std::scoped_lock lock(mutex_);
  std::vector<std::pair<std::int64_t, Uuid>> waiting;
  for (const auto& [id, record] : held_.cases)
    if (record.due_ms > 0 && record.due_ms <= now_ms) waiting.emplace_back(record.due_ms, id);
  std::sort(waiting.begin(), waiting.end());
  if (waiting.size() > limit) waiting.resize(limit);
  std::vector<Uuid> ids;
  for (const auto& [time, id] : waiting) ids.push_back(id);
  return ids;
}

Result<std::optional<std::int64_t>> MemoryCaseStore::next_due() {
  const std::scoped_lock lock(mutex_);
  std::optional<std::int64_t> next;
  for (const auto& [id, record] : held_.cases)
    if (record.due_ms > 0 && record.due_ms < next.value_or(record.due_ms + 1)) next = record.due_ms;
  return next;
}

Result<std::vector<WalletRecord>> MemoryCaseStore::wallets(const std::string& plan) {
  const std::scoped_lock lock(mutex_);
  std::vector<WalletRecord> found;
  for (const auto& [id, wallet] : held_.wallets)
    if (fits(plan, wallet.plan)) found.push_back(wallet);
  return found;
}

Result<std::vector<WalletMovement>> MemoryCaseStore::movements(const Uuid& wallet) {
  const std::scoped_lock lock(mutex_);
  return movements_of(held_.movements, wallet);
}

Result<std::vector<std::string>> MemoryCaseStore::pools_waited_for(const std::string& after,
                                                                   std::size_t limit) {
  const std::scoped_lock lock(mutex_);
  std::vector<std::string> pools;
  for (auto list = held_.lists.upper_bound(after); list != held_.lists.end() && pools.size() < limit; ++list)
    pools.push_back(list->first);
  return pools;
}

Result<std::vector<Allowance>> MemoryCaseStore::allowances(const Uuid& entitlement) {
  const std::scoped_lock lock(mutex_);
  std::vector<Allowance> found;
  for (const auto& [key, granted] : held_.granted) {
    if (key.first != entitlement) continue;
    const auto sum = held_.sum_of(entitlement, key.second);
    found.push_back({key.second, granted, granted - sum.held - sum.used, sum.held, sum.used});
  }
  return found;
}

Result<std::vector<OutboxMessage>> MemoryCaseStore::to_tell(std::size_t limit) {
  const std::scoped_lock lock(mutex_);
  std::vector<OutboxMessage> messages;
  for (const auto& [number, message] : held_.outbox)
    if (messages.size() < limit) messages.push_back(message);
  return messages;
}

Status MemoryCaseStore::told(std::span<const std::int64_t> numbers, const Fence& fence) {
  const std::scoped_lock lock(mutex_);
  if (!is_ours(fence)) return lost(*fence);
  for (const auto number : numbers) held_.outbox.erase(number);
  return done();
}

Result<std::optional<Lease>> MemoryCaseStore::lease(const std::string& name, const std::string& holder,
                                                    std::int64_t for_ms) {
  const std::scoped_lock lock(mutex_);
  auto& lease = leases_[name];
  const bool runs = !lease.holder.empty() && lease.until_ms > now_ms();
  if (runs && lease.holder != holder) return std::optional<Lease>();
  lease = {name, holder, runs ? lease.epoch : lease.epoch + 1, now_ms() + for_ms};
  return std::optional(lease);
}

Result<std::vector<Lease>> MemoryCaseStore::prolong(std::span<const Lease> ours, std::int64_t for_ms) {
  const std::scoped_lock lock(mutex_);
  std::vector<Lease> still;
  for (const auto& each : ours) {
    if (!is_ours(each)) continue;
    auto& there = leases_[each.name];
    there.until_ms = now_ms() + for_ms;
    still.push_back(there);
  }
  return still;
}

Result<LeaseBook> MemoryCaseStore::lease_book() {
  const std::scoped_lock lock(mutex_);
  LeaseBook book{now_ms(), {}};
  for (const auto& [name, lease] : leases_)
    if (!lease.holder.empty() && lease.until_ms > book.now_ms) book.running.push_back(lease);
  return book;
}

Status MemoryCaseStore::give_back(const Lease& lease) {
  const std::scoped_lock lock(mutex_);
  if (is_ours(lease)) leases_[lease.name].holder.clear();
  return done();
}

Status MemoryCaseStore::forget_answers_before(std::int64_t time_ms) {
  const std::scoped_lock lock(mutex_);
  std::erase_if(held_.inbox, [&](const auto& item) { return item.second.time_ms < time_ms; });
  std::erase_if(held_.steps, [&](const auto& item) {
    const auto& record = held_.cases.at(item.first);
    return record.ended && record.changed_ms < time_ms;
  });
  return done();
}

bool MemoryCaseStore::is_ours(const Fence& fence) const {
  if (!fence) return true;
  const auto there = at(leases_, fence->name);
  return there && there->holder == fence->holder && there->epoch == fence->epoch;
}

std::int64_t MemoryCaseStore::now_ms() const {
  return std::chrono::duration_cast<std::chrono::milliseconds>(clock_.now().time_since_epoch()).count();
}

}  // namespace raccordo::testing
