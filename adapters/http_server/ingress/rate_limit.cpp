// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/ingress/rate_limit.hpp"

#include <algorithm>

namespace raccordo {

RateVerdict RateBucket::take(const Rate& rate, Duration now) {
  const auto each = rate.per / rate.count;
  const auto all = each * rate.count;
  const auto until_full = std::max(full_at_ - now, Duration{});
  RateVerdict verdict{true, rate.count, 0, {}, {}};
  verdict.within = until_full + each <= all;
  if (verdict.within)
    full_at_ = now + until_full + each;
  else
    verdict.retry = until_full + each - all;
  verdict.reset = full_at_ - now;
  verdict.remaining = std::max<std::int64_t>(0, (all - verdict.reset) / each);
  return verdict;
}

RateVerdict ClientRates::take(const std::string& client, const Rate& rate, Duration now) {
  auto found = buckets_.find(client);
  if (found == buckets_.end()) {
    if (buckets_.size() >= most_)
      std::erase_if(buckets_, [&](const auto& each) { return each.second.full(now); });
    if (buckets_.size() >= most_) return others_.take(rate, now);
    found = buckets_.try_emplace(client).first;
  }
  return found->second.take(rate, now);
}

}  // namespace raccordo
