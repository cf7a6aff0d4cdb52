// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/relay.hpp"

#include <vector>

namespace raccordo::cases {
namespace {

constexpr std::size_t kTogether = 1'000;

}  // namespace

Result<std::size_t> relay(CaseStore& store, Backbone& backbone, const CaseStore::Fence& fence) {
  RACCORDO_TRY(const auto waiting, store.to_tell(kTogether));
  if (waiting.empty()) return std::size_t{0};
  std::vector<Message> messages;
  std::vector<std::int64_t> numbers;
  for (const auto& each : waiting) {
    messages.push_back({each.topic, Uuid::parse(each.key).value_or(Uuid{}), each.value});
    numbers.push_back(each.number);
  }
  RACCORDO_CHECK(backbone.append(messages));
  RACCORDO_CHECK(store.told(numbers, fence));
  return waiting.size();
}

}  // namespace raccordo::cases
