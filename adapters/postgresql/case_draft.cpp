// SPDX-License-Identifier: EUPL-1.2
#include "adapters/postgresql/case_draft.hpp"

#include <iterator>

namespace raccordo::postgresql {
namespace {

template <typename Key, typename Value>
void take_over(std::map<Key, Value>& kept, std::map<Key, Value>&& newer) {
  for (auto& [key, value] : newer) kept.insert_or_assign(key, std::move(value));
}

template <typename Value>
void add(std::vector<Value>& kept, std::vector<Value>&& more) {
  kept.insert(kept.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

void CaseDraft::take(CaseDraft&& later) {
  take_over(inbox, std::move(later.inbox));
  take_over(cases, std::move(later.cases));
  take_over(asked, std::move(later.asked));
  take_over(seats, std::move(later.seats));
  take_over(pools, std::move(later.pools));
  trusted.merge(later.trusted);
  drew.merge(later.drew);
  add(remembered, std::move(later.remembered));
  add(begun, std::move(later.begun));
  gone_on.merge(later.gone_on);  // the first one is what the table has
  add(steps, std::move(later.steps));
  add(told, std::move(later.told));
  seated.merge(later.seated);
  counted.merge(later.counted);
}

}  // namespace raccordo::postgresql
