// SPDX-License-Identifier: EUPL-1.2
// A web partner in memory: answers what a test says, remembers what it was asked; and one that fails as
// planned.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "core/ports/http_client.hpp"
#include "core/ports/testing/faults.hpp"

namespace raccordo::testing {

class MemoryHttpPartner final : public HttpClient {
 public:
  using Answering = std::function<Result<WebResponse>(const WebRequest&)>;
  explicit MemoryHttpPartner(Answering answering) : answering_(std::move(answering)) {}

  Result<WebResponse> ask(const WebRequest& request, const std::stop_token& stop) override {
    if (stop.stop_requested()) return error(ErrorCode::kUnavailable, say("interrotto", "stopped"));
    asked.push_back(request);
    return answering_(request);
  }

  void answer_with(Answering answering) { answering_ = std::move(answering); }

  std::vector<WebRequest> asked;

 private:
  Answering answering_;
};

// Fails as planned: "ask". With When::kAfter the partner was asked, and its answer is lost.
class FaultyHttpClient final : public HttpClient {
 public:
  explicit FaultyHttpClient(HttpClient& inner) : inner_(inner) {}

  Faults faults;

  Result<WebResponse> ask(const WebRequest& request, const std::stop_token& stop) override {
    return faults.through("ask", [&] { return inner_.ask(request, stop); });
  }

 private:
  HttpClient& inner_;
};

}  // namespace raccordo::testing
