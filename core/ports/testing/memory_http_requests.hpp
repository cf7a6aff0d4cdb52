// SPDX-License-Identifier: EUPL-1.2
// A partner in memory, whose answers take the time of a simulated clock.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/ports/http_requests.hpp"
#include "core/ports/testing/simulated_clock.hpp"

namespace raccordo::testing {

// What the partner does with a request: its answer, or that none comes, and after how long.
struct PartnerSays {
  Result<WebAnswer> answer = WebAnswer{{.status = 200}, BodyEnd::kWhole};
  Duration takes = std::chrono::milliseconds(10);
};

[[nodiscard]] inline PartnerSays says(int status, std::string body = {}, std::optional<Duration> wait = {}) {
  return {WebAnswer{{.status = status, .body = std::move(body), .wait = wait}, BodyEnd::kWhole}};
}

// What a partner got. Lives longer than clients, which a restart makes anew.
struct MemoryPartner {
  struct Got {
    WebRequest request;
    Duration at;
    std::string key;  // its Idempotency-Key
  };
  std::function<PartnerSays(const WebRequest&)> answers = [](const WebRequest&) { return PartnerSays{}; };
  std::vector<Got> got;  // in the order in which they came
  std::size_t most_at_once = 0;

  // "PUT /services/A" each.
  [[nodiscard]] std::vector<std::string> lines() const {
    std::vector<std::string> out;
    for (const auto& each : got) out.push_back(each.request.method + " " + each.request.path);
    return out;
  }
};

class MemoryHttpRequests final : public HttpRequests {
 public:
  MemoryHttpRequests(MemoryPartner& partner, SimulatedClock& clock) : partner_(partner), clock_(clock) {}

  void begin(std::uint64_t number, const WebRequest& request) override {
    std::string key;
    for (const auto& header : request.headers)
      if (header.name == "Idempotency-Key") key = header.value;
    partner_.got.push_back({request, clock_.monotonic(), std::move(key)});
    auto said = partner_.answers(request);
    under_way_.emplace(clock_.monotonic() + said.takes, WebEnd{number, std::move(said.answer)});
    partner_.most_at_once = std::max(partner_.most_at_once, under_way_.size());
  }

  std::vector<WebEnd> ended(Duration patience, const std::stop_token& stop) override {
    const auto first = under_way_.empty() ? clock_.monotonic() + patience : under_way_.begin()->first;
    const auto until = std::min(first, clock_.monotonic() + patience);
    if (until > clock_.monotonic()) (void)clock_.wait(until - clock_.monotonic(), stop);
    std::vector<WebEnd> ends;
    while (!under_way_.empty() && under_way_.begin()->first <= clock_.monotonic()) {
      ends.push_back(std::move(under_way_.begin()->second));
      under_way_.erase(under_way_.begin());
    }
    return ends;
  }

  void abandon() override { under_way_.clear(); }

 private:
  MemoryPartner& partner_;
  SimulatedClock& clock_;
  std::multimap<Duration, WebEnd> under_way_;  // by when they end
};

}  // namespace raccordo::testing
