// SPDX-License-Identifier: EUPL-1.2
// Cases of which something is parked: what is told of them later waits with it, so that the partner hears of
// a case in its order. The other cases go on.
#include <algorithm>

#include "core/engine/delivery/request_flow.hpp"
#include "raccordo/model/envelope.hpp"
#include "raccordo/model/schema.hpp"

namespace raccordo {
namespace {

// The case that an event tells of; none: it is of the catalogue.
std::optional<Uuid> case_of(std::string_view event_bytes) {
  std::string unescaped;
  const auto event = read_event(event_bytes, unescaped);
  if (!event.ok() || find_case_kind(event->kind) == nullptr) return std::nullopt;
  return Uuid::parse(event->subject);
}

ParkReason behind_a_parked_one(std::int64_t id) {
  return {kStageDelivery, "case_waits", "",
          id == 0 ? say("della stessa pratica è accantonato quel che viene prima: raccordo parked replay lo "
                        "elabora in ordine",
                        "what comes before it of the same case is parked: raccordo parked replay puts them "
                        "through in order")
                  : say("della stessa pratica è accantonato prima il record {}: raccordo parked replay li "
                        "elabora in ordine",
                        "of the same case record {} was parked before it: raccordo parked replay puts them "
                        "through in order",
                        id)};
}

}  // namespace

// Ids of what is parked of each case, the first first.
Result<std::map<Uuid, std::int64_t>> RequestFlow::cases_parked() {
  std::map<Uuid, std::int64_t> first;
  ParkedQuery query;
  query.connector = facts_.identity;
  for (;;) {
    RACCORDO_TRY(const auto records, parts_.store.parked(query));
    for (const auto& record : records)
      if (const auto key = case_of(record.original.bytes)) first.try_emplace(*key, record.id);
    if (records.size() < query.limit) return first;
    query.after_id = records.back().id;
  }
}

void RequestFlow::stop_case(const Delivery& delivery) {
  if (const auto key = case_of(delivery.value)) stopped_.insert(*key);
}

// What is parked in the commit that comes is not in the store yet. A person may have discarded what stopped
// it.
Result<std::optional<ParkReason>> RequestFlow::why_case_waits(const Delivery& delivery) {
  if (!stopped_.contains(delivery.key)) return std::optional<ParkReason>();
  const auto just_parked = [&](const ParkedRecord& record) {
    return case_of(record.original.bytes) == delivery.key;
  };
  if (std::ranges::any_of(next_.parked, just_parked)) return std::optional(behind_a_parked_one(0));
  RACCORDO_TRY(const auto parked, cases_parked());
  if (const auto found = parked.find(delivery.key); found != parked.end())
    return std::optional(behind_a_parked_one(found->second));
  stopped_.erase(delivery.key);
  return std::optional<ParkReason>();
}

Result<std::optional<ParkReason>> RequestFlow::why_not_its_turn(const ParkedRecord& record) {
  const auto key = case_of(record.original.bytes);
  if (!key) return std::optional<ParkReason>();
  RACCORDO_TRY(const auto parked, cases_parked());
  const auto first = parked.find(*key);
  if (first == parked.end() || first->second >= record.id) return std::optional<ParkReason>();
  return std::optional(behind_a_parked_one(first->second));
}

}  // namespace raccordo
