// SPDX-License-Identifier: EUPL-1.2
// Faults of requests and answers over HTTP.
#include <gmock/gmock.h>

#include <atomic>
#include <mutex>

#include "tests/faults/fault_proxy.hpp"
#include "tests/faults/http_message.hpp"
#include "tests/faults/tests/small_server.hpp"

namespace raccordo::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

constexpr const char* kGet = "GET /albo.csv HTTP/1.1\r\nHost: x\r\n\r\n";
constexpr const char* kPost = "POST /albo HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nairone";

class HttpFaults : public ::testing::Test {
 protected:
  void plan(std::vector<Fault> faults) { proxy_.follow(FaultPlan(std::move(faults))); }
  [[nodiscard]] Socket connected() const { return Socket::connected(proxy_.port()).value(); }

  static HttpMessage asked(const Socket& client, const std::string& request) {
    client.send(request);
    return HttpReader(client).answer("GET").value_or(HttpMessage{});
  }
  [[nodiscard]] HttpMessage asked(const std::string& request) const { return asked(connected(), request); }

  void serve(const Socket& client) {
    HttpReader requests(client);
    while (const auto request = requests.request()) {
      if (request->ends_with_it) return;  // half of one
      ++heard_;
      client.send(answer());
    }
  }

  // From now on.
  void answer_with(std::string answer) {
    const std::lock_guard lock(mutex_);
    answer_ = std::move(answer);
  }
  std::string answer() {
    const std::lock_guard lock(mutex_);
    return answer_;
  }

  std::atomic<int> heard_ = 0;
  std::mutex mutex_;
  std::string answer_ = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nid;nome";
  SmallServer server_{[this](const Socket& client) { serve(client); }};
  FaultProxy proxy_{Carries::kHttp, server_.port()};
};

TEST_F(HttpFaults, are_none_when_none_are_planned) {
  const Socket client = connected();
  EXPECT_EQ(asked(client, kGet).body, "id;nome");
  EXPECT_EQ(asked(client, kPost).body, "id;nome");
  EXPECT_EQ(proxy_.connections(), 1) << "one connection serves several requests";
  EXPECT_EQ(proxy_.struck(), 0);
}

TEST_F(HttpFaults, leave_alone_answers_in_chunks_and_answers_without_length) {
  answer_with("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nid;\r\n4\r\nnome\r\n0\r\n\r\n");
  const Socket client = connected();
  EXPECT_EQ(asked(client, kGet).body, "3\r\nid;\r\n4\r\nnome\r\n0\r\n\r\n");
  EXPECT_EQ(asked(client, kGet).body, "3\r\nid;\r\n4\r\nnome\r\n0\r\n\r\n");
  answer_with("HTTP/1.1 304 Not Modified\r\n\r\n");
  EXPECT_THAT(asked(client, kGet).head, HasSubstr("304"));
}

TEST_F(HttpFaults, cut_an_answer_in_its_middle) {
  plan({{FaultKind::kCut, Direction::kAnswers, 41}});
  const auto answer = asked(kGet);
  EXPECT_EQ(answer.body, "id;");
  EXPECT_TRUE(answer.ends_with_it);
}

TEST_F(HttpFaults, cut_a_request_before_the_server_has_heard_it) {
  plan({{FaultKind::kCut, Direction::kRequests, 1'000}});
  EXPECT_EQ(asked(kPost).head, "");
  EXPECT_EQ(heard_, 0);
  EXPECT_EQ(proxy_.struck(FaultKind::kCut), 1);
}

TEST_F(HttpFaults, send_a_request_twice_over_two_connections) {
  plan({{FaultKind::kSendTwice}});
  EXPECT_EQ(asked(kPost).body, "id;nome");
  EXPECT_EQ(heard_, 2);
  EXPECT_EQ(proxy_.struck(FaultKind::kSendTwice), 1);
}

TEST_F(HttpFaults, announce_more_than_comes) {
  plan({{.kind = FaultKind::kWrongLength, .length = 5}});
  const auto answer = asked(kGet);
  EXPECT_THAT(answer.head, HasSubstr("Content-Length: 12"));
  EXPECT_EQ(answer.body, "id;nome");
  EXPECT_TRUE(answer.ends_with_it) << "it ends before its end";
}

TEST_F(HttpFaults, announce_less_than_comes_and_leave_the_rest_in_the_connection) {
  plan({{.kind = FaultKind::kWrongLength, .length = -5}});
  const Socket client = connected();
  EXPECT_EQ(asked(client, kGet).body, "id");
  EXPECT_EQ(proxy_.struck(FaultKind::kWrongLength), 1);
}

TEST_F(HttpFaults, say_500_though_the_server_did_what_it_was_asked) {
  plan({{FaultKind::kFailAfterwards}});
  const Socket client = connected();
  EXPECT_THAT(asked(client, kPost).head, HasSubstr("500"));
  EXPECT_EQ(heard_, 1);
  EXPECT_EQ(asked(client, kPost).body, "id;nome") << "the connection lives on";
  EXPECT_EQ(proxy_.struck(FaultKind::kFailAfterwards), 1);
}

TEST_F(HttpFaults, delay_and_trickle_without_losing_a_byte) {
  plan({{FaultKind::kDelay, Direction::kRequests, 10},
        {FaultKind::kTrickle, Direction::kAnswers, 3, 0ms},
        {FaultKind::kTrickle, Direction::kRequests, 0, 0ms, 5}});
  for (int i = 0; i < 3; ++i) EXPECT_EQ(asked(kPost).body, "id;nome");
  EXPECT_EQ(proxy_.struck(FaultKind::kDelay), 1);
  EXPECT_EQ(proxy_.struck(FaultKind::kTrickle), 2);
}

TEST_F(HttpFaults, hold_a_request_back_until_another_was_answered) {
  plan({{FaultKind::kHoldBack, Direction::kRequests, 0, 1h}});
  const Socket held = connected();
  held.send(kGet);
  while (proxy_.struck(FaultKind::kHoldBack) == 0 && heard_ < 1'000) std::ignore = asked(kGet);
  EXPECT_EQ(HttpReader(held).answer("GET")->body, "id;nome");
}

}  // namespace
}  // namespace raccordo::testing
