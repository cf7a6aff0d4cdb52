// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "core/engine/delivery/rate.hpp"

namespace raccordo {

// What a rate leaves to who asked.
struct RateVerdict {
  bool within = true;
  std::int64_t limit = 0;
  std::int64_t remaining = 0;
  Duration reset{};  // until all of it is there again
  Duration retry{};  // until the next is let in; of who is not within
};

// A bucket that holds rate.count, and gets back one after the other. Times are monotonic. One owner, one
// thread.
class RateBucket {
 public:
  RateVerdict take(const Rate& rate, Duration now);
  [[nodiscard]] bool full(Duration now) const { return full_at_ <= now; }

 private:
  Duration full_at_{};
};

// A bucket for each client. Who comes when there are `most` already that are not full shares one with others.
class ClientRates {
 public:
  explicit ClientRates(std::size_t most) : most_(most) {}

  RateVerdict take(const std::string& client, const Rate& rate, Duration now);
  [[nodiscard]] std::size_t size() const { return buckets_.size(); }

 private:
  std::size_t most_;
  std::unordered_map<std::string, RateBucket> buckets_;
  RateBucket others_;
};

}  // namespace raccordo
