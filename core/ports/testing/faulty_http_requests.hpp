// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <algorithm>
#include <vector>

#include "core/ports/http_requests.hpp"
#include "core/ports/testing/faults.hpp"

namespace raccordo::testing {

// Fails as planned, as "begin": with When::kBefore the request never leaves, with When::kAfter the partner
// does what was asked and its answer is lost.
class FaultyHttpRequests final : public HttpRequests {
 public:
  explicit FaultyHttpRequests(HttpRequests& inner) : inner_(inner) {}

  Faults faults;

  void begin(std::uint64_t number, const WebRequest& request) override {
    bool left = false;
    const auto begun = faults.through("begin", [&]() -> Status {
      inner_.begin(number, request);
      left = true;
      return done();
    });
    if (begun.ok()) return;
    if (left)
      lost_.push_back({number, begun.error()});
    else
      failed_.push_back({number, begun.error()});
  }

  std::vector<WebEnd> ended(Duration patience, const std::stop_token& stop) override {
    if (!failed_.empty()) return std::exchange(failed_, {});
    auto ends = inner_.ended(patience, stop);
    for (auto& end : ends) {
      const auto lost = std::ranges::find(lost_, end.number, &WebEnd::number);
      if (lost == lost_.end()) continue;
      end = std::move(*lost);
      lost_.erase(lost);
    }
    return ends;
  }

  void abandon() override {
    failed_.clear();
    lost_.clear();
    inner_.abandon();
  }

 private:
  HttpRequests& inner_;
  std::vector<WebEnd> failed_;
  std::vector<WebEnd> lost_;
};

}  // namespace raccordo::testing
