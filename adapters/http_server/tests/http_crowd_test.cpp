// SPDX-License-Identifier: EUPL-1.2
// Slow, stalled and greedy clients.
#include <gmock/gmock.h>

#include <optional>
#include <thread>
#include <vector>

#include "adapters/http_server/tests/test_site.hpp"
#include "adapters/http_server/tests/visitor.hpp"

namespace raccordo {
namespace {

using namespace std::chrono_literals;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kHello = "GET /hello?mondo HTTP/1.1\r\nHost: hub\r\n\r\n";
constexpr const char* kStalled = "GET /hello HTTP/1.1\r\nHost: h";

std::vector<Visitor> stalled(std::uint16_t port, int many, const char* from, const char* sent = kStalled) {
  std::vector<Visitor> visitors;
  for (int i = 0; i < many; ++i) {
    visitors.emplace_back(port, from);
    visitors.back().send(sent);
  }
  return visitors;
}

TEST(HttpCrowd, hundreds_of_stalled_connections_hurt_no_healthy_client) {
  TestSite site({.connections = 100, .connections_of_one_client = 40});
  std::vector<std::vector<Visitor>> attackers;
  for (const auto* from : {"127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5"})
    attackers.push_back(stalled(site.port(), 100, from));
  Visitor healthy(site.port(), "127.0.0.9");
  for (int i = 0; i < 20; ++i) EXPECT_THAT(healthy.send(kHello).answer(), EndsWith("ciao mondo"));
  for (int i = 0; i < 20; ++i) {
    attackers.push_back(stalled(site.port(), 10, "127.0.0.6"));
    Visitor next(site.port(), "127.0.0.9");
    EXPECT_THAT(next.send(kHello).answer(), EndsWith("ciao mondo"));
  }
}

TEST(HttpCrowd, client_that_stalls_gets_in_itself_by_giving_up_its_oldest) {
  TestSite site({.connections = 100, .connections_of_one_client = 10});
  auto visitors = stalled(site.port(), 60, "127.0.0.1");
  Visitor next(site.port());
  EXPECT_THAT(next.send(kHello).answer(), EndsWith("ciao mondo"));
  EXPECT_THAT(visitors.front().all(), IsEmpty());
}

TEST(HttpCrowd, stalled_heads_are_let_go_at_their_deadline) {
  TestSite site({.head = 30ms});
  for (auto& visitor : stalled(site.port(), 50, "127.0.0.1")) EXPECT_THAT(visitor.all(), IsEmpty());
}

TEST(HttpCrowd, silent_connections_are_let_go_without_a_word) {
  TestSite site({.head = 30ms});
  for (auto& visitor : stalled(site.port(), 20, "127.0.0.1", "")) EXPECT_THAT(visitor.all(), IsEmpty());
}

TEST(HttpCrowd, byte_now_and_then_prolongs_nothing) {
  TestSite site({.head_bytes = 1u << 30, .head = 50ms});  // no end but the deadline
  Visitor visitor(site.port());
  visitor.send("GET /hello HTTP/1.1\r\nX: ");
  const auto begun = std::chrono::steady_clock::now();
  bool ended = false;
  while (std::chrono::steady_clock::now() - begun < 10s && !ended) {
    visitor.send("x");
    ended = visitor.has_news();
  }
  EXPECT_TRUE(ended);
}

TEST(HttpCrowd, stalled_bodies_are_let_go_at_their_deadline) {
  TestSite site({.body = 30ms});
  auto visitors = stalled(site.port(), 20, "127.0.0.1",
                          "POST /echo HTTP/1.1\r\nHost: hub\r\nContent-Length: 10\r\n\r\nabc");
  for (auto& visitor : visitors) EXPECT_THAT(visitor.all(), IsEmpty());
}

TEST(HttpCrowd, answers_that_nobody_reads_are_let_go_at_their_deadline) {
  TestSite site({.answer = 30ms});
  auto visitors = stalled(site.port(), 4, "127.0.0.1", "GET /big HTTP/1.1\r\nHost: hub\r\n\r\n");
  for (auto& visitor : visitors) visitor.await_news();
  site.stop();  // returns although none of the answers was taken
  const auto taken = visitors.front().all().size();
  EXPECT_GT(taken, 0u);
  EXPECT_LT(taken, 16u << 20);
}

TEST(HttpCrowd, connection_ends_at_its_deadline_however_busy) {
  TestSite site({.connection = 50ms});
  Visitor visitor(site.port());
  std::string last = "?";
  int answers = 0;
  while (!last.empty()) {
    last = visitor.send(kHello).answer();
    ++answers;
  }
  EXPECT_GT(answers, 1);
}

TEST(HttpCrowd, stopping_lets_go_of_idle_connections_at_once) {
  TestSite site({.head = 1h, .connection = 1h, .farewell = 1h});
  Visitor idle(site.port());
  EXPECT_THAT(idle.send(kHello).answer(), HasSubstr("200 OK"));
  site.stop();
  EXPECT_THAT(idle.all(), IsEmpty());
}

TEST(HttpCrowd, stopping_answers_the_request_that_was_begun) {
  std::optional<TestSite> site;
  HttpRoutes routes;
  std::jthread stopping;
  routes.add({"GET", "/stop", [&](const HttpRequest&) {
                stopping = std::jthread([&] { site->stop(); });
                return HttpResponse{200, "text/plain", std::string(4u << 20, 'x'), {}};
              }});
  site.emplace(HttpLimits{}, std::move(routes));
  Visitor visitor(site->port());
  EXPECT_THAT(visitor.send("GET /stop HTTP/1.1\r\nHost: hub\r\n\r\n").answer(),
              EndsWith(std::string(4u << 20, 'x')));
  visitor.end_sending();
}

TEST(HttpCrowd, stopping_waits_for_the_stalled_no_longer_than_the_farewell) {
  TestSite site({.head = 1h, .connection = 1h, .farewell = 20ms});
  auto visitors = stalled(site.port(), 10, "127.0.0.1");
  Visitor healthy(site.port());  // the stalled were let in before it
  EXPECT_THAT(healthy.send(kHello).answer(), HasSubstr("200 OK"));
  site.stop();
  EXPECT_THAT(visitors.back().all(), IsEmpty());
}

}  // namespace
}  // namespace raccordo
