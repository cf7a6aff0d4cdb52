// SPDX-License-Identifier: EUPL-1.2
#include "plugins/agenda/free_times.hpp"

#include <algorithm>
#include <map>

namespace agenda {
namespace {

bool offers(const Appointment& one, const Offering& offering) {
  return !offering.category.empty() && one.is_in(offering.category) && one.stands != Stands::kCancelled;
}

bool takes_time(const Appointment& one, const Offering& offering, std::string_view but) {
  return !offers(one, offering) && one.stands != Stands::kCancelled && !one.transparent && one.uid != but;
}

// When all places are taken: where one more begins or ends, the number changes.
std::vector<Span> full_times(const std::vector<Appointment>& agenda, const Offering& offering,
                             std::string_view but) {
  std::map<Seconds, std::int64_t> changes;
  for (const auto& one : agenda)
    if (takes_time(one, offering, but))
      for (const auto& each : one.times) ++changes[each.start], --changes[each.end];
  std::vector<Span> full;
  std::int64_t taken = 0;
  for (const auto& [at, change] : changes) {
    const bool was_full = taken >= offering.places;
    taken += change;
    const bool is_full = taken >= offering.places;
    if (is_full && !was_full) full.push_back({at, at});
    if (was_full && !is_full) full.back().end = at;
  }
  return full;
}

std::vector<Span> offered_times(const std::vector<Appointment>& agenda, const Offering& offering) {
  std::vector<Span> offered;
  for (const auto& one : agenda)
    if (offers(one, offering)) offered.insert(offered.end(), one.times.begin(), one.times.end());
  std::ranges::sort(offered);
  offered.erase(std::unique(offered.begin(), offered.end()), offered.end());
  return offered;
}

void add_without(Span offered, const std::vector<Span>& full, std::vector<Span>& free) {
  const auto first = std::ranges::lower_bound(full, offered.start, {}, &Span::end);
  for (auto each = first; each != full.end() && each->start < offered.end; ++each) {
    if (each->start > offered.start) free.push_back({offered.start, each->start});
    offered.start = std::max(offered.start, each->end);
  }
  if (offered.start < offered.end) free.push_back(offered);
}

}  // namespace

std::vector<Span> free_times(const std::vector<Appointment>& agenda, const Offering& offering,
                             std::string_view but) {
  const auto full = full_times(agenda, offering, but);
  std::vector<Span> free;
  for (const auto& each : offered_times(agenda, offering)) add_without(each, full, free);
  std::ranges::sort(free);
  free.erase(std::unique(free.begin(), free.end()), free.end());
  return free;
}

Room room_for(const Span& wanted, const std::vector<Appointment>& agenda, const Offering& offering,
              std::string_view but) {
  const auto offered = offered_times(agenda, offering);
  const auto covers = [&](const Span& each) { return each.covers(wanted); };
  if (!offering.category.empty() && std::ranges::none_of(offered, covers)) return Room::kNotOffered;
  const auto full = full_times(agenda, offering, but);
  const bool taken = std::ranges::any_of(full, [&](const Span& each) { return each.overlaps(wanted); });
  return taken ? Room::kTaken : Room::kFree;
}

}  // namespace agenda
