// SPDX-License-Identifier: EUPL-1.2
// What the works of a transaction know and changed of cases: each is read once, all that changed is written
// together at the end.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/ports/case_store.hpp"

namespace raccordo::postgresql {

// Of a partner: its connector, and how it calls a message or a case.
using Named = std::pair<std::string, std::string>;

// What one case has taken of pools.
struct Seats {
  std::map<std::string, std::int64_t> by_pool;
  bool in_rows = false;  // has rows in the table
};

// A pool that is locked: what is known of it stays so until the transaction ends.
struct PoolStand {
  std::int64_t taken = 0;
  bool nobody_waits = false;  // else it is not known who does
};

// None in a map of optional things: it is not there.
struct CaseDraft {
  std::map<Named, std::optional<InboxEntry>> inbox;
  std::map<Uuid, std::optional<CaseRecord>> cases;
  std::map<Named, std::optional<Uuid>> asked;
  std::map<Uuid, Seats> seats;
  std::map<std::string, PoolStand> pools;

  std::set<Uuid> trusted;  // cases of which nothing was read, because they begin
  std::set<Uuid> drew;     // of entitlements, which is written at once
  // To be written, in this order where there is one.
  std::vector<Named> remembered;
  std::vector<Uuid> begun;
  std::map<Uuid, std::int64_t> gone_on;  // from the revision that the table has, or begun before
  std::vector<CaseStep> steps;
  std::vector<OutboxMessage> told;
  std::set<Uuid> seated;  // whose places are others now
  std::set<std::string> counted;

  // What `later` knows and changed comes to this; it is newer.
  void take(CaseDraft&& later);
};

// What a work that is under way knows, above what those before it left.
class CaseDrafts {
 public:
  [[nodiscard]] CaseDraft& now() { return now_; }
  [[nodiscard]] const CaseDraft& all() const { return before_; }
  void keep() { before_.take(std::exchange(now_, {})); }
  void drop() { before_.trusted.merge(std::exchange(now_, {}).trusted); }

  [[nodiscard]] bool drew(const Uuid& id) const {
    return now_.drew.contains(id) || before_.drew.contains(id);
  }

  template <typename Key, typename Value>
  [[nodiscard]] const Value* find(std::map<Key, Value> CaseDraft::*of, const Key& key) const {
    for (const auto* draft : {&now_, &before_})
      if (const auto found = (draft->*of).find(key); found != (draft->*of).end()) return &found->second;
    return nullptr;
  }

 private:
  CaseDraft before_;
  CaseDraft now_;
};

}  // namespace raccordo::postgresql
