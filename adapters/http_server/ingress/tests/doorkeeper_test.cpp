// SPDX-License-Identifier: EUPL-1.2
// Who is let in, who is not, and what each is told: without a socket, on a simulated clock.
#include "adapters/http_server/ingress/doorkeeper.hpp"

#include <gmock/gmock.h>

#include "core/ports/testing/faulty_metrics.hpp"
#include "core/ports/testing/memory_inlet.hpp"
#include "core/ports/testing/recording_log.hpp"
#include "core/ports/testing/simulated_clock.hpp"

namespace raccordo {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kToken = "token-del-portale";
constexpr const char* kKey = "chiave-del-portale";

Caller by_token(std::string connector = "portale") { return {std::move(connector), BearerRule{{kToken}}}; }
Caller by_signature(std::string connector = "firmato") {
  return {std::move(connector), SignatureRule{.keys = {kKey}}};
}

class DoorkeeperTest : public ::testing::Test {
 protected:
  void open(std::vector<Caller> callers, DoorkeeperRules rules = {}) {
    doorkeeper.emplace(rules, std::move(callers), IngressParts{inlet, clock, log, metrics});
  }

  HttpRequest request(const std::string& path, std::vector<HttpHeader> headers = {},
                      std::string body = "{}") {
    headers.push_back({"Accept-Language", "en"});
    return {"POST", path, "", std::move(headers), std::move(body), "203.0.113.5"};
  }
  HttpRequest with_token(std::vector<HttpHeader> headers = {}, std::string body = "{}") {
    headers.push_back({"Authorization", std::string("Bearer ") + kToken});
    return request("/in/portale", std::move(headers), std::move(body));
  }
  HttpRequest with_signature(std::vector<HttpHeader> headers = {}, std::string body = "{}",
                             std::string_view key = kKey) {
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(clock.now().time_since_epoch()).count();
    const auto time = std::to_string(seconds);
    headers.push_back({"X-Signature", "t=" + time + ",v1=" + hex(hmac_sha256(key, time + ".", body))});
    return request("/in/firmato", std::move(headers), std::move(body));
  }

  // What is answered at once; status 0: the inlet has it.
  HttpResponse ask(HttpRequest asked) {
    HttpResponse response{0, "", "", {}};
    doorkeeper->receive(std::move(asked), HttpReply([&](std::optional<HttpResponse> given) {
                          if (given) response = std::move(*given);
                        }));
    return response;
  }
  // What the inlet is handed, where it is.
  InboundRequest handed(HttpRequest asked) {
    doorkeeper->receive(std::move(asked), HttpReply([](auto) {}));
    return inlet.idle() ? InboundRequest{} : inlet.next().request;
  }
  std::int64_t counted(const std::string& connector, const std::string& outcome) {
    return metrics.sum("called", connector, outcome);
  }
  static std::string header(const HttpResponse& response, const std::string& name) {
    for (const auto& each : response.headers)
      if (each.name == name) return each.value;
    return {};
  }

  testing::SimulatedClock clock;
  testing::RecordingLog log;
  testing::FaultyMetrics metrics;
  testing::MemoryInlet inlet;
  std::optional<Doorkeeper> doorkeeper;
};

using Requests = DoorkeeperTest;
using Strangers = DoorkeeperTest;
using MessageIds = DoorkeeperTest;
using Replays = DoorkeeperTest;
using Limits = DoorkeeperTest;
using Answers = DoorkeeperTest;

TEST_F(Requests, are_handed_on_with_all_that_they_say_but_credentials) {
  open({by_token()});
  auto asked = with_token(
      {{"Cookie", "a=b"}, {"Host", "hub"}, {"X-Trace", "7"}, {"Content-Type", "application/json"}});
  asked.path = "/in/portale/prenotazioni/%C3%A0";
  asked.query = "a=1";
  const auto got = handed(std::move(asked));
  EXPECT_EQ(got.connector, "portale");
  EXPECT_EQ(got.method, "POST");
  EXPECT_EQ(got.path, "/prenotazioni/%C3%A0");
  EXPECT_EQ(got.query, "a=1");
  EXPECT_EQ(got.body, "{}");
  EXPECT_EQ(got.client, "203.0.113.5");
  EXPECT_EQ(got.content, hex(sha256("{}")));
  EXPECT_THAT(got.headers,
              ElementsAre(WebHeader{"x-trace", "7"}, WebHeader{"content-type", "application/json"},
                          WebHeader{"accept-language", "en"}));
}

TEST_F(Requests, that_are_signed_keep_their_signature_from_the_inlet) {
  open({by_signature()});
  EXPECT_THAT(handed(with_signature()).headers, ElementsAre(WebHeader{"accept-language", "en"}));
}

TEST_F(Strangers, are_told_the_same_whatever_is_wrong) {
  open({by_token(), by_signature()});
  std::vector<HttpResponse> answers;
  answers.push_back(ask(request("/in/portale")));
  answers.push_back(ask(request("/in/portale", {{"Authorization", "Bearer altro"}})));
  answers.push_back(ask(request("/in/portale", {{"Authorization", "Basic dG9rZW4="}})));
  answers.push_back(ask(request("/in/nessuno", {{"Authorization", std::string("Bearer ") + kToken}})));
  answers.push_back(ask(request("/in/", {{"Authorization", std::string("Bearer ") + kToken}})));
  answers.push_back(ask(request("/in/firmato")));
  answers.push_back(ask(with_signature({}, "{}", "altra")));
  auto misdirected = with_signature();
  misdirected.path = "/in/nessuno";
  answers.push_back(ask(std::move(misdirected)));
  for (const auto& answer : answers) {
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(answer.body, answers.front().body);
    EXPECT_EQ(header(answer, "WWW-Authenticate"), "Bearer");
    EXPECT_EQ(answer.headers.size(), answers.front().headers.size());
  }
  EXPECT_THAT(
      answers.front().body,
      AllOf(HasSubstr(R"("type":"urn:raccordo:problem:not-authenticated")"), HasSubstr(R"("status":401)"),
            HasSubstr("the caller was not recognised"), HasSubstr(R"("hint":"check the address)")));
  EXPECT_TRUE(inlet.idle());
  EXPECT_EQ(counted("portale", "unauthenticated"), 3);
  EXPECT_EQ(counted("firmato", "unauthenticated"), 2);
  EXPECT_EQ(counted("", "unauthenticated"), 3);
}

TEST_F(Strangers, with_two_tokens_are_strangers) {
  open({by_token()});
  EXPECT_EQ(ask(with_token({{"authorization", "Bearer altro"}})).status, 401);
}

TEST_F(Strangers, are_told_to_the_log_once_a_minute_with_the_reason) {
  open({by_token()});
  for (int i = 0; i < 3; ++i) (void)ask(request("/in/portale"));
  (void)ask(request("/in/nessuno"));
  ASSERT_EQ(log.lines().size(), 1u);
  EXPECT_EQ(log.lines()[0].connector, "portale");
  EXPECT_EQ(log.lines()[0].message,
            "a request from 203.0.113.5 was refused: there is no Authorization: Bearer");
  clock.advance(61s);
  (void)ask(request("/in/portale", {{"Authorization", "Bearer x"}}));
  ASSERT_EQ(log.lines().size(), 2u);
  EXPECT_THAT(log.lines()[1].message, HasSubstr("the token does not fit"));
}

TEST_F(Strangers, read_italian_unless_they_ask_for_english) {
  open({by_token()});
  auto asked = request("/in/portale");
  asked.headers.clear();
  EXPECT_THAT(ask(std::move(asked)).body, HasSubstr("chi chiama non è stato riconosciuto"));
}

TEST_F(Requests, may_come_with_either_token_while_they_change) {
  open({{"portale", BearerRule{{"vecchio", "nuovo"}}}});
  for (const auto* token : {"vecchio", "nuovo"})
    EXPECT_EQ(handed(request("/in/portale", {{"authorization", std::string("bearer ") + token}})).connector,
              "portale");
}

TEST_F(Requests, are_served_by_what_was_configured_last) {
  open({by_token()});
  doorkeeper->serve({{"portale", BearerRule{{"nuovo"}}}});
  EXPECT_EQ(ask(with_token()).status, 401);
  EXPECT_EQ(handed(request("/in/portale", {{"Authorization", "Bearer nuovo"}})).connector, "portale");
}

TEST_F(MessageIds, are_the_partners_key_else_the_events_name_else_none) {
  open({by_token()});
  EXPECT_EQ(handed(with_token({{"Idempotency-Key", "m-1"}, {"ce-id", "e-1"}})).message_id, "m-1");
  EXPECT_EQ(handed(with_token({{"ce-id", "e-1"}, {"ce-source", "urn:portale"}})).message_id,
            "urn:portale e-1");
  const std::string event =
      R"({"specversion":"1.0","id":"e-2","source":"urn:portale","type":"x.y","data":{"a":1}})";
  const HttpHeader structured{"Content-Type", "application/cloudevents+json; charset=utf-8"};
  EXPECT_EQ(handed(with_token({structured}, event)).message_id, "urn:portale e-2");
  EXPECT_EQ(handed(with_token({structured}, "{")).message_id, "");
  EXPECT_EQ(handed(with_token()).message_id, "");
}

TEST_F(MessageIds, are_the_signature_where_there_is_no_other) {
  open({by_signature()});
  const auto first = handed(with_signature()).message_id;
  EXPECT_EQ(first.size(), std::string("signature:").size() + 64);
  EXPECT_EQ(handed(with_signature()).message_id, first);
  clock.advance(1s);
  EXPECT_NE(handed(with_signature()).message_id, first);
}

TEST_F(MessageIds, that_are_too_long_or_of_other_letters_are_refused) {
  open({by_token()});
  for (const auto& id : {std::string(256, 'x'), std::string("caff\xc3\xa8"), std::string("a\tb")}) {
    const auto answer = ask(with_token({{"Idempotency-Key", id}}));
    EXPECT_EQ(answer.status, 400);
    EXPECT_THAT(answer.body, HasSubstr("urn:raccordo:problem:bad-message-id"));
  }
  EXPECT_EQ(handed(with_token({{"Idempotency-Key", std::string(255, 'x')}})).message_id.size(), 255u);
  EXPECT_EQ(counted("portale", "malformed"), 3);
}

TEST_F(Replays, under_another_name_are_the_message_that_came_first) {
  open({by_signature()});
  EXPECT_EQ(handed(with_signature({{"Idempotency-Key", "m-1"}})).message_id, "m-1");
  EXPECT_EQ(handed(with_signature({{"Idempotency-Key", "m-2"}})).message_id, "m-1");
  EXPECT_EQ(handed(with_signature({{"ce-id", "m-3"}})).message_id, "m-1");
  clock.advance(1s);  // another signature: another message
  EXPECT_EQ(handed(with_signature({{"Idempotency-Key", "m-2"}})).message_id, "m-2");
}

TEST_F(Replays, behind_the_window_are_strangers) {
  open({by_signature()});
  const auto captured = with_signature({{"Idempotency-Key", "m-1"}});
  EXPECT_EQ(handed(captured).message_id, "m-1");
  clock.advance(5min);
  EXPECT_EQ(handed(captured).message_id, "m-1");
  clock.advance(1s);
  EXPECT_EQ(ask(captured).status, 401);
}

TEST_F(Replays, stay_known_when_the_configuration_is_read_again) {
  open({by_signature()});
  EXPECT_EQ(handed(with_signature({{"Idempotency-Key", "m-1"}})).message_id, "m-1");
  doorkeeper->serve({by_signature()});
  EXPECT_EQ(handed(with_signature({{"Idempotency-Key", "m-2"}})).message_id, "m-1");
}

TEST_F(Limits, of_a_body_are_the_connectors) {
  auto small = by_token();
  small.body_bytes = 10;
  open({small, by_signature()});
  const auto answer = ask(with_token({}, std::string(11, 'x')));
  EXPECT_EQ(answer.status, 413);
  EXPECT_THAT(answer.body, AllOf(HasSubstr("the body may have 10 bytes at most"),
                                 HasSubstr("urn:raccordo:problem:too-large"), HasSubstr("max_body")));
  EXPECT_EQ(ask(request("/in/portale", {}, std::string(11, 'x'))).status, 401);  // no stranger learns of it
  EXPECT_EQ(handed(with_token({}, std::string(10, 'x'))).body.size(), 10u);
  EXPECT_EQ(doorkeeper->most_body_bytes(), 256u << 10);
  EXPECT_EQ(counted("portale", "too_large"), 1);
}

TEST_F(Limits, of_a_connectors_rate_are_told_with_each_answer) {
  auto slow = by_token();
  slow.rate = {2, 1s};
  open({slow, by_signature()});
  (void)handed(with_token());
  (void)handed(with_token());
  const auto answer = ask(with_token());
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(header(answer, "Retry-After"), "1");
  EXPECT_EQ(header(answer, "X-RateLimit-Limit"), "2");
  EXPECT_EQ(header(answer, "X-RateLimit-Remaining"), "0");
  EXPECT_EQ(header(answer, "X-RateLimit-Reset"), "1");
  EXPECT_THAT(answer.body,
              AllOf(HasSubstr("urn:raccordo:problem:too-many-requests"), HasSubstr("in 1 seconds")));
  EXPECT_EQ(handed(with_signature()).connector, "firmato");  // the others have their own
  clock.advance(500ms);
  EXPECT_EQ(handed(with_token()).connector, "portale");
  EXPECT_EQ(counted("portale", "too_many"), 1);
}

TEST_F(Limits, of_a_rate_are_not_used_up_by_strangers) {
  auto slow = by_token();
  slow.rate = {1, 1h};
  open({slow});
  for (int i = 0; i < 10; ++i) EXPECT_EQ(ask(request("/in/portale")).status, 401);
  EXPECT_EQ(handed(with_token()).connector, "portale");
}

TEST_F(Limits, of_one_client_come_before_anybody_asks_who_it_is) {
  open({by_token()}, {.client_rate = {2, 1min}});
  EXPECT_EQ(ask(request("/in/portale")).status, 401);
  EXPECT_EQ(ask(request("/in/nessuno")).status, 401);
  const auto answer = ask(with_token());
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(header(answer, "Retry-After"), "30");
  auto other = with_token();
  other.client = "203.0.113.6";
  EXPECT_EQ(handed(std::move(other)).connector, "portale");
  EXPECT_EQ(counted("", "too_many"), 1);
}

TEST_F(Limits, count_the_addresses_of_one_ipv6_network_together) {
  open({by_token()}, {.client_rate = {1, 1min}});
  auto first = with_token();
  first.client = "2001:db8:0:1::1";
  EXPECT_EQ(handed(std::move(first)).connector, "portale");
  auto second = with_token();
  second.client = "2001:db8:0:1:ffff::2";
  EXPECT_EQ(ask(std::move(second)).status, 429);
  auto elsewhere = with_token();
  elsewhere.client = "2001:db8:0:2::1";
  EXPECT_EQ(handed(std::move(elsewhere)).connector, "portale");
}

TEST_F(Answers, are_the_inlets_with_what_is_left_of_the_rate) {
  auto slow = by_token();
  slow.rate = {10, 1s};
  open({slow});
  HttpResponse heard;
  doorkeeper->receive(with_token(), HttpReply([&](auto given) { heard = given.value(); }));
  clock.advance(2s);
  inlet.next().reply.answer({202,
                             {{"Content-Type", "application/json"},
                              {"Location", "/in/portale/1"},
                              {"Content-Length", "9"},
                              {"connection", "close"}},
                             R"({"ok":1})"});
  EXPECT_EQ(heard.status, 202);
  EXPECT_EQ(heard.content_type, "application/json");
  EXPECT_EQ(heard.body, R"({"ok":1})");
  EXPECT_EQ(header(heard, "Location"), "/in/portale/1");
  EXPECT_EQ(header(heard, "X-RateLimit-Remaining"), "9");
  EXPECT_EQ(header(heard, "Content-Length") + header(heard, "connection"), "");
  EXPECT_EQ(counted("portale", "2xx"), 1);
}

TEST_F(Answers, that_come_too_late_or_never_are_counted_as_none) {
  open({by_token()});
  for (int i = 0; i < 2; ++i) doorkeeper->receive(with_token(), HttpReply([](auto) {}));
  { const auto dropped = inlet.next(); }
  clock.advance(11s);
  inlet.next().reply.answer({});
  EXPECT_EQ(counted("portale", "no_answer"), 2);
  EXPECT_EQ(counted("portale", "2xx"), 0);
}

TEST_F(Answers, arrive_although_nothing_can_be_measured) {
  open({by_token()});
  metrics.faults.fail("called", 1, testing::away());
  HttpResponse heard;
  doorkeeper->receive(with_token(), HttpReply([&](auto given) { heard = given.value(); }));
  inlet.next().reply.answer({201, {}, ""});
  EXPECT_EQ(heard.status, 201);
}

}  // namespace
}  // namespace raccordo
