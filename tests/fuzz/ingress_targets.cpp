// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "adapters/http_server/ingress/doorkeeper.hpp"
#include "adapters/http_server/ingress/message_id.hpp"
#include "adapters/http_server/letters.hpp"
#include "adapters/http_server/request_head.hpp"
#include "adapters/http_server/tests/test_site.hpp"
#include "core/ports/testing/faulty_metrics.hpp"
#include "core/ports/testing/simulated_clock.hpp"
#include "tests/fuzz/targets.hpp"

namespace raccordo::fuzz {
namespace {

// Looks at what gets through, and answers with it.
class Witness final : public Inlet {
 public:
  void take(InboundRequest request, InboundReply reply) override {
    must(request.connector == "portale" || request.connector == "firmato", "a stranger got through");
    must(request.connector != "firmato" || !request.message_id.empty(), "a signed message without a name");
    must(request.message_id.size() <= kMostMessageIdBytes, "a name too long");
    must(request.path.empty() || request.path.front() == '/', "a path that begins nowhere");
    for (const auto& [name, value] : request.headers) {
      const bool of_signer = name == "x-signature" && request.connector == "firmato";
      must(name != "authorization" && name != "cookie" && !of_signer, "a credential was handed on");
      must(http::is_token(name) && http::is_field(value), "a header that is none");
      must(std::ranges::none_of(name, [](char c) { return c >= 'A' && c <= 'Z'; }),
           "a name not in lower case");
    }
    reply.answer({200, {{"Content-Type", "text/plain"}}, std::move(request.body)});
  }
};

struct Entrance {
  testing::SimulatedClock clock;
  SilentLog log;
  testing::FaultyMetrics metrics;
  Witness witness;
  Doorkeeper doorkeeper{
      {.client_rate = {10'000, std::chrono::milliseconds(1)}},
      {{"portale", BearerRule{{"token"}}, 4'096, {10'000, std::chrono::milliseconds(1)}},
       {"firmato", SignatureRule{.keys = {"chiave"}}, 4'096, {10'000, std::chrono::milliseconds(1)}}},
      {witness, clock, log, metrics}};
};

// A signature that a fuzzer could never guess: "v1=?" gets the right one.
void sign(HttpRequest& request) {
  for (auto& [name, value] : request.headers) {
    const auto mark = value.find("v1=?");
    if (!http::same(name, "x-signature") || mark == value.npos || !value.starts_with("t=")) continue;
    const auto time = value.substr(2, value.find(',') - 2);
    value.replace(mark + 3, 1, hex(hmac_sha256("chiave", time + ".", request.body)));
  }
}

}  // namespace

// A head and a body, as the server hands them on.
void ingress(std::string_view bytes) {
  static Entrance entrance;
  entrance.clock.advance(std::chrono::seconds(1));
  entrance.clock.set(testing::SimulatedClock::kStart);
  const auto size = head_size(bytes);
  if (!size) return;
  auto parsed = parse_head(bytes.substr(0, *size));
  if (std::holds_alternative<HeadRefusal>(parsed)) return;
  auto& request = std::get<RequestHead>(parsed).request;
  if (!request.path.starts_with(kIngressPath)) return;
  request.body = bytes.substr(*size);
  request.client = "203.0.113.5";
  sign(request);
  const bool head = request.method == "HEAD";
  int answers = 0;
  entrance.doorkeeper.receive(std::move(request), HttpReply([&](std::optional<HttpResponse> response) {
                                ++answers;
                                must(response.has_value(), "no answer");
                                const auto answer = answer_bytes(*response, true, head, http_date(0));
                                must(answer.starts_with("HTTP/1.1 "), "an answer that is none");
                              }));
  must(answers == 1, "not one answer");
}

}  // namespace raccordo::fuzz
