// SPDX-License-Identifier: Apache-2.0
// One poll as a host does it: a tick, then a response to each request, in the order in which they were sent,
// until the plugin asks no more.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "raccordo/sdk/testing/fake_host.hpp"

namespace raccordo {
inline namespace sdk {

// The partner: what it responds. The context is the host's to add.
using Partner = std::function<Sample(const Sent&)>;

struct Polled {
  std::vector<Answer> answers;  // to the tick, then to each response
  std::vector<Sent> asked;
  std::string cursor;  // as it was saved last
  // Why a host would have ended it before the plugin did; empty: it came to its end.
  std::string cut;

  // The lines of all answers, in their order.
  [[nodiscard]] std::vector<std::string> story() const;
};

struct PollOf {
  std::int64_t now_ms = 0;
  std::string cursor = {};
  std::size_t most_requests = 1'000;
};

// A response that the plugin rejects saves no cursor; what it sends is asked all the same.
[[nodiscard]] Polled poll(FakeHost& host, const Partner& partner, const PollOf& of = {});

}  // namespace sdk
}  // namespace raccordo
