// SPDX-License-Identifier: EUPL-1.2
// Several requests under way to a partner's API.
#include "adapters/http_client/requests.hpp"

#include <gmock/gmock.h>

#include <atomic>

#include "core/ports/testing/simulated_clock.hpp"
#include "tests/partner/web_partner.hpp"

namespace raccordo::http_client {
namespace {

using namespace std::chrono_literals;
using raccordo::testing::Asked;
using raccordo::testing::Reply;
using raccordo::testing::WebPartner;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class PartnersApi : public ::testing::Test {
 protected:
  PartnersApi() {
    api_.site.base_url = web_.url("/api/");
    api_.site.guards.networks = {Network::parse("127.0.0.0/8").value()};
    api_.site.guards.whole = api_.site.guards.silence = 20s;
    api_.site.guards.redirects = 0;
  }

  HttpRequests& client() {
    if (!client_) client_ = open_requests(api_, clock_);
    return *client_;
  }

  std::map<std::uint64_t, Result<WebAnswer>> ends(std::size_t count) {
    std::map<std::uint64_t, Result<WebAnswer>> all;
    while (all.size() < count)
      for (auto& end : client().ended(1s, {})) all.emplace(end.number, std::move(end.answer));
    return all;
  }
  Result<WebAnswer> ask(const WebRequest& request) {
    client().begin(1, request);
    return ends(1).at(1);
  }

  std::optional<ErrorCode> failure(const WebRequest& request) {
    const auto answer = ask(request);
    return answer.ok() ? std::nullopt : std::optional(answer.error().code);
  }

  raccordo::testing::SimulatedClock clock_;
  WebPartner web_{[](const Asked&) { return Reply{200, {{"X-Total", "3"}, {"Set-Cookie", "a=b"}}, "done"}; }};
  Api api_;
  std::unique_ptr<HttpRequests> client_;
};

TEST_F(PartnersApi, is_sent_what_the_plugin_wrote_behind_its_address_with_our_key) {
  api_.site.credentials = {CredentialKind::kBearer, "", "segreto", {}, {}};
  api_.site.headers = {{"X-Tenant", "valle"}};
  const auto answer = ask(
      {"PUT", "/services/A", "dry=1", {{"Content-Type", "application/json"}, {"X-Tenant", "altro"}}, "{}"});
  ASSERT_TRUE(answer.ok()) << answer.error().message.en;
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "done");
  EXPECT_EQ(answer->end, BodyEnd::kWhole);
  EXPECT_THAT(answer->headers, Not(::testing::Contains(::testing::Field(&WebHeader::name, "set-cookie"))));
  const auto asked = web_.asked().back();
  EXPECT_EQ(asked.method, "PUT");
  EXPECT_EQ(asked.target, "/api/services/A?dry=1");
  EXPECT_EQ(asked.headers.at("authorization"), "Bearer segreto");
  EXPECT_EQ(asked.headers.at("x-tenant"), "valle");
  EXPECT_EQ(asked.headers.at("content-type"), "application/json");
  EXPECT_EQ(asked.body, "{}");
}

TEST_F(PartnersApi, is_sent_no_form_and_no_question_where_nobody_wrote_one) {
  ASSERT_TRUE(ask({"DELETE", "/services/A", "", {}, ""}).ok());
  EXPECT_FALSE(web_.asked().back().headers.contains("content-type"));
  ASSERT_TRUE(ask({"POST", "/services", "", {}, std::string(900'000, 'x')}).ok());
  EXPECT_FALSE(web_.asked().back().headers.contains("expect"));
  EXPECT_EQ(web_.asked().back().body.size(), 900'000u);
}

TEST_F(PartnersApi, has_several_requests_under_way_on_connections_that_are_kept) {
  api_.parallel = 3;
  for (std::uint64_t i = 1; i <= 30; ++i)
    client().begin(i, {"PUT", "/services/" + std::to_string(i), "", {}, "{}"});
  const auto all = ends(30);
  for (const auto& [number, answer] : all) EXPECT_TRUE(answer.ok()) << number;
  EXPECT_EQ(web_.asked().size(), 30u);
  EXPECT_LE(web_.connections(), 3);
  EXPECT_GE(web_.connections(), 2);
}

TEST_F(PartnersApi, answers_others_while_one_hangs) {
  web_.answer_with([](const Asked& asked) {
    Reply reply;
    reply.hangs = asked.target == "/api/hang";
    return reply;
  });
  client().begin(1, {"PUT", "/hang", "", {}, ""});
  client().begin(2, {"PUT", "/a", "", {}, ""});
  auto first = client().ended(20s, {});
  while (first.empty()) first = client().ended(20s, {});
  ASSERT_THAT(first, SizeIs(1));
  EXPECT_EQ(first[0].number, 2u);
  client().abandon();
  EXPECT_THAT(client().ended(0s, {}), IsEmpty());
}

TEST_F(PartnersApi, that_gives_no_answer_in_time_is_told) {
  api_.site.guards.whole = 300ms;
  web_.answer_with([](const Asked&) {
    Reply reply;
    reply.hangs = true;
    return reply;
  });
  const auto answer = ask({"PUT", "/persons/RSSMRA80A01H501U", "", {}, ""});
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code, ErrorCode::kTimeout);
  EXPECT_THAT(answer.error().message.en, HasSubstr(web_.url("/api")));
  EXPECT_THAT(answer.error().message.en, Not(HasSubstr("RSSMRA80A01H501U"))) << "a path may name a person";
}

TEST_F(PartnersApi, waits_no_longer_than_until_it_is_to_stop) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THAT(client().ended(1h, stop.get_token()), IsEmpty());
}

TEST_F(PartnersApi, says_what_it_says_of_failures_without_our_secrets) {
  api_.site.credentials = {CredentialKind::kBasic, "hub", "segreta", {}, {}};
  api_.site.secrets = {"tenantkey"};
  web_.answer_with([](const Asked& asked) {
    return Reply{400, {}, "you sent " + asked.headers.at("authorization") + " and tenantkey and segreta"};
  });
  EXPECT_EQ(ask({"PUT", "/a", "", {}, ""})->body, "you sent Basic [secret] and [secret] and [secret]");
}

TEST_F(PartnersApi, says_no_secret_however_it_was_written_and_whatever_words_it_is_made_of) {
  api_.site.credentials = {CredentialKind::kQuery, "chiave", "a b+c", {}, {}};
  api_.site.secrets = {"secret", "key", "keyring"};
  web_.answer_with([](const Asked& asked) { return Reply{400, {}, asked.target + " keyring secret"}; });
  EXPECT_EQ(ask({"PUT", "/a", "", {}, ""})->body, "/api/a?chiave=[secret] [secret] [secret]");
}

TEST_F(PartnersApi, is_an_answer_also_where_its_body_is_too_large_or_cut) {
  api_.site.guards.max_body = 1'000;
  web_.answer_with([](const Asked&) { return Reply{201, {}, std::string(100'000, 'x')}; });
  const auto large = ask({"PUT", "/a", "", {}, ""});
  ASSERT_TRUE(large.ok());
  EXPECT_EQ(large->status, 201);
  EXPECT_EQ(large->end, BodyEnd::kTooLarge);
  EXPECT_LE(large->body.size(), 1'000u);
  web_.answer_with([](const Asked&) {
    Reply reply;
    reply.raw = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf";
    return reply;
  });
  const auto cut = ask({"PUT", "/a", "", {}, ""});
  ASSERT_TRUE(cut.ok());
  EXPECT_EQ(cut->end, BodyEnd::kCut);
  web_.answer_with([](const Asked&) {
    Reply reply;
    reply.raw = "HTTP/1.1 2";
    return reply;
  });
  EXPECT_FALSE(ask({"PUT", "/a", "", {}, ""}).ok());
}

TEST_F(PartnersApi, leads_nowhere_else) {
  WebPartner other([](const Asked&) { return Reply{}; });
  web_.answer_with([&](const Asked&) { return Reply{307, {{"Location", other.url("/x")}}, ""}; });
  EXPECT_EQ(ask({"PUT", "/a", "", {}, "{}"})->status, 307);
  for (const auto& path : {std::string("/../x"), other.url("/x"), std::string("/a b")}) {
    const auto refused = ask({"PUT", path, "", {}, ""});
    ASSERT_FALSE(refused.ok()) << path;
    EXPECT_EQ(refused.error().code, ErrorCode::kInvalid) << path;
  }
  EXPECT_EQ(ask({"TRACE", "/a", "", {}, ""}).error().code, ErrorCode::kInvalid);
  EXPECT_EQ(ask({"PUT", "/a", "", {{"Authorization", "x"}}, ""}).error().code, ErrorCode::kInvalid);
  EXPECT_THAT(other.asked(), IsEmpty());
}

TEST_F(PartnersApi, is_sent_no_header_in_the_disguise_of_another_and_none_without_bounds) {
  const std::string long_value(200'000, 'x');
  const std::vector<WebHeader> headers{{"Authorization: Bearer x", "y"},
                                       {"Authorization ", "x"},
                                       {" Host", "x"},
                                       {"X\r\nHost", "x"},
                                       {"X", "1\r\nHost: x"},
                                       {"X;", "x"},
                                       {"X-Long", long_value}};
  for (const auto& header : headers)
    EXPECT_EQ(failure({"PUT", "/a", "", {header}, ""}), ErrorCode::kInvalid) << header.name;
  EXPECT_EQ(failure({"PUT", "/" + long_value, "", {}, ""}), ErrorCode::kInvalid);
  EXPECT_THAT(web_.asked(), IsEmpty());
}

TEST_F(PartnersApi, is_not_spoken_to_above_its_address_in_any_disguise) {
  for (const char* path : {"/../x", "/a/%2e%2E/x", "/..%2fx", "/a%2F..%5c..%2fx", "/..;v=1/x", "/.%2e%3bv/x"})
    EXPECT_EQ(failure({"PUT", path, "", {}, ""}), ErrorCode::kInvalid) << path;
  EXPECT_TRUE(ask({"PUT", "/a%2Fb/..c/d;v=..", "", {}, ""}).ok()) << "an id with a slash is one";
}

// The token's issuer, our certificate: a person has to change something, and no event is at fault.
TEST_F(PartnersApi, is_not_let_in_by_what_is_wrong_with_us) {
  const auto code = [&] {
    client_.reset();
    return failure({"PUT", "/a", "", {}, ""});
  };
  api_.site.credentials = {CredentialKind::kOauth2, "hub", "segreta", web_.url("/token"), {}};
  for (const int status : {400, 401, 404, 302}) {
    web_.answer_with([status](const Asked&) { return Reply{status, {}, R"({"error":"invalid_client"})"}; });
    EXPECT_EQ(code(), ErrorCode::kDenied) << status;
  }
  web_.answer_with([](const Asked&) { return Reply{200, {}, "<html>"}; });
  EXPECT_EQ(code(), ErrorCode::kDenied);
  web_.answer_with([](const Asked&) { return Reply{503, {}, ""}; });
  EXPECT_EQ(code(), ErrorCode::kUnavailable);
  api_.site.credentials = {CredentialKind::kBearer, "", "two\nlines", {}, {}};
  EXPECT_EQ(code(), ErrorCode::kDenied);
  api_.site.credentials = {};
  api_.site.base_url = "https://127.0.0.1:" + std::to_string(web_.port());
  api_.site.guards.tls.certificate = api_.site.guards.tls.key = "/nowhere/own.pem";
  EXPECT_EQ(code(), ErrorCode::kDenied);
}

TEST_F(PartnersApi, is_not_let_in_by_a_proxy_that_does_not_know_us) {
  api_.site.base_url = "https://portale.example/api";
  api_.site.guards.proxy.url = web_.url("/");
  for (const char* status : {"407 Proxy Authentication Required", "403 Forbidden"}) {
    web_.answer_with([status](const Asked&) {
      Reply reply;
      reply.raw = "HTTP/1.1 " + std::string(status) + "\r\nContent-Length: 0\r\n\r\n";
      return reply;
    });
    EXPECT_EQ(failure({"PUT", "/a", "", {}, ""}), ErrorCode::kDenied) << status;
  }
  web_.answer_with([](const Asked&) {
    Reply reply;
    reply.raw = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n";
    return reply;
  });
  EXPECT_EQ(failure({"PUT", "/a", "", {}, ""}), ErrorCode::kUnavailable);
}

TEST_F(PartnersApi, that_answers_nothing_but_preliminaries_is_tried_again) {
  web_.answer_with([](const Asked&) {
    Reply reply;
    for (int i = 0; i < 100'000; ++i) reply.raw += "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n";
    return reply;
  });
  const auto nothing = ask({"PUT", "/a", "", {}, ""});
  ASSERT_FALSE(nothing.ok());
  EXPECT_TRUE(nothing.error().retryable()) << nothing.error().message.en;
}

TEST_F(PartnersApi, is_not_spoken_to_at_an_address_that_is_not_allowed) {
  api_.site.guards.networks.clear();
  const auto refused = ask({"PUT", "/a", "", {}, ""});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::kDenied);
  EXPECT_EQ(web_.connections(), 0);
}

TEST_F(PartnersApi, is_asked_again_once_with_another_token_when_one_has_ended) {
  std::atomic<int> tokens = 0;
  web_.answer_with([&](const Asked& asked) {
    if (asked.target == "/token")
      return Reply{200, {}, R"({"access_token":"t)" + std::to_string(++tokens) + R"(","expires_in":3600})"};
    return asked.headers.at("authorization") == "Bearer t2" ? Reply{} : Reply{401, {}, ""};
  });
  api_.site.credentials = {CredentialKind::kOauth2, "hub", "segreta", web_.url("/token"), {}};
  EXPECT_EQ(ask({"PUT", "/a", "", {}, ""})->status, 200);
  EXPECT_EQ(tokens, 2);
  web_.answer_with([](const Asked& asked) {
    return asked.target == "/token" ? Reply{200, {}, R"({"access_token":"t3"})"} : Reply{401, {}, ""};
  });
  EXPECT_EQ(ask({"PUT", "/a", "", {}, ""})->status, 401);
}

TEST_F(PartnersApi, is_asked_again_with_one_new_token_by_all_that_came_with_the_old_one) {
  std::atomic<int> tokens = 0;
  web_.answer_with([&](const Asked& asked) {
    if (asked.target == "/token")
      return Reply{200, {}, R"({"access_token":"t)" + std::to_string(++tokens) + R"(","expires_in":3600})"};
    return asked.headers.at("authorization") == "Bearer t2" ? Reply{} : Reply{401, {}, ""};
  });
  api_.site.credentials = {CredentialKind::kOauth2, "hub", "segreta", web_.url("/token"), {}};
  for (std::uint64_t i = 1; i <= 4; ++i) client().begin(i, {"PUT", "/a", "", {}, ""});
  for (const auto& [number, answer] : ends(4)) EXPECT_EQ(answer->status, 200) << number;
  EXPECT_EQ(tokens, 2);
}

TEST_F(PartnersApi, says_how_long_to_wait) {
  web_.answer_with([](const Asked&) { return Reply{503, {{"Retry-After", "7"}}, "later"}; });
  const auto busy = ask({"PUT", "/a", "", {}, ""});
  EXPECT_EQ(busy->wait, 7s);
  EXPECT_EQ(busy->body, "later");
}

TEST_F(PartnersApi, asks_for_no_time_before_now_and_none_beyond_a_day) {
  const auto wait = [&](const std::string& text) {
    web_.answer_with([text](const Asked&) { return Reply{503, {{"Retry-After", text}}, ""}; });
    return ask({"PUT", "/a", "", {}, ""})->wait;
  };
  EXPECT_EQ(wait("-5"), 0s);
  EXPECT_EQ(wait("315360000"), 24h);
  EXPECT_EQ(wait("Fri, 31 Dec 2199 23:59:59 GMT"), 24h);
  EXPECT_EQ(wait("Thu, 01 Jan 1970 00:00:00 GMT"), 0s);
  EXPECT_EQ(wait("99999999999999999999"), 24h);
  EXPECT_EQ(wait("soon"), std::nullopt);
  EXPECT_EQ(wait("1.5"), std::nullopt);
}

}  // namespace
}  // namespace raccordo::http_client
