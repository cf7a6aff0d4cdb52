// SPDX-License-Identifier: EUPL-1.2
#include <atomic>

#include "adapters/http_server/admin_routes.hpp"
#include "adapters/http_server/request_head.hpp"
#include "adapters/http_server/tests/test_site.hpp"
#include "adapters/http_server/tests/visitor.hpp"
#include "tests/fuzz/targets.hpp"

namespace raccordo::fuzz {
namespace {

HttpRoutes routes() {
  auto routes = admin_routes({[] {
                                return std::vector<PartState>{{"store", false, say("piena", "full")}};
                              },
                              [] { return std::string("up 1\n"); }});
  routes.add({"POST", "/echo",
              [](const HttpRequest& request) {
                return HttpResponse{200, "text/plain", request.body, {{"X-Query", request.query}}};
              },
              1u << 10});
  return routes;
}

// Each connection of the loopback network from another address: no one runs out of ports.
std::string next_address() {
  static std::uint32_t last = 0;
  last = (last + 1) % 60'000;
  return fmt::format("127.1.{}.{}", last / 250, last % 250 + 1);
}

}  // namespace

void http_head(std::string_view bytes) {
  static const auto kRoutes = routes();
  static_cast<void>(may_become_request(bytes));
  const auto size = head_size(bytes);
  if (!size) return;
  must(*size <= bytes.size(), "a head longer than what came");
  const auto parsed = parse_head(bytes.substr(0, *size));
  if (const auto* refusal = std::get_if<HeadRefusal>(&parsed))
    return must(refusal->status >= 400 && !refusal->why.it.empty(), "refused without words");
  const auto& head = std::get<RequestHead>(parsed);
  must(!(head.chunked && head.content_length > 0), "two lengths");
  const auto found = kRoutes.find(head.request);
  auto response = std::holds_alternative<HttpResponse>(found)
                      ? std::get<HttpResponse>(found)
                      : std::get<const HttpRoute*>(found)->handle(head.request);
  const auto answer = answer_bytes(response, true, false, http_date(0));
  const auto top = cut_at(answer, "\r\n\r\n").first;
  must(top.starts_with("HTTP/1.1 ") && top.find('\0') == top.npos, "an answer that is none");
  for (std::size_t at = top.find('\n'); at != top.npos; at = top.find('\n', at + 1))
    must(top[at - 1] == '\r', "a line of the answer is torn");
}

// All that one client sends, to a server that listens.
void http_server(std::string_view bytes) {
  static TestSite site({}, routes());
  Visitor visitor(site.port(), next_address().c_str());
  must(visitor.connected(), "the server takes nobody any more");
  const auto answers = visitor.send(bytes).end_sending().all();
  must(answers.empty() || answers.starts_with("HTTP/1.1 "), "an answer that is none");
}

}  // namespace raccordo::fuzz
