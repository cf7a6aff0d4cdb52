// SPDX-License-Identifier: EUPL-1.2
// A plugin says what it wants of a partner; who we are there, and where it may lead, is not its business.
#include "adapters/http_client/site.hpp"

#include <gmock/gmock.h>

#include "core/ports/testing/simulated_clock.hpp"
#include "tests/partner/web_partner.hpp"

namespace raccordo::http_client {
namespace {

using namespace std::chrono_literals;
using raccordo::testing::Asked;
using raccordo::testing::Reply;
using raccordo::testing::SimulatedClock;
using raccordo::testing::WebPartner;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class WebSite : public ::testing::Test {
 protected:
  WebSite() {
    site_.base_url = web_.url("/hsds/v3/");
    site_.guards.networks = {Network::parse("127.0.0.0/8").value()};
    site_.guards.whole = 20s;
  }

  Result<WebResponse> ask(const WebRequest& request) {
    if (!client_) client_ = open_client(site_, clock_);
    return client_->ask(request, {});
  }
  Result<WebResponse> get(const std::string& path, const std::string& query = "",
                          std::vector<WebHeader> headers = {}) {
    return ask({"GET", path, query, std::move(headers), ""});
  }
  std::string asked_for() const { return web_.asked().empty() ? "nothing" : web_.asked().back().target; }

  SimulatedClock clock_;
  Reply reply_{200, {{"Content-Type", "application/json"}, {"Set-Cookie", "a=b"}, {"X-Total", "3"}}, "{}"};
  WebPartner web_{[this](const Asked&) { return reply_; }};
  Site site_;
  std::unique_ptr<HttpClient> client_;
};

TEST_F(WebSite, is_asked_behind_its_address) {
  const auto page = get("/services", "page=2&per_page=50");
  ASSERT_TRUE(page.ok()) << page.error().message.en;
  EXPECT_EQ(asked_for(), "/hsds/v3/services?page=2&per_page=50");
  EXPECT_EQ(page->status, 200);
  EXPECT_EQ(page->body, "{}");
  EXPECT_EQ(page->address, web_.url("/hsds/v3/services"));
  ASSERT_TRUE(get("services").ok());
  EXPECT_EQ(asked_for(), "/hsds/v3/services");
  ASSERT_TRUE(get("").ok());
  EXPECT_EQ(asked_for(), "/hsds/v3");
}

TEST_F(WebSite, shows_no_header_that_holds_a_key) {
  EXPECT_THAT(get("/services")->headers,
              ElementsAre(WebHeader{"content-type", "application/json"}, WebHeader{"x-total", "3"}));
}

TEST_F(WebSite, is_told_our_key_and_our_headers_whatever_the_plugin_says) {
  site_.headers = {{"Accept-Language", "it"}};
  site_.credentials = {CredentialKind::kHeader, "X-Api-Key", "segreta", {}, {}};
  ASSERT_TRUE(
      get("/services", "", {{"accept-language", "en"}, {"If-None-Match", "\"1\""}, {"x-api-key", "mine"}})
          .ok());
  const auto headers = web_.asked().back().headers;
  EXPECT_EQ(headers.at("accept-language"), "it");
  EXPECT_EQ(headers.at("if-none-match"), "\"1\"");
  EXPECT_EQ(headers.at("x-api-key"), "segreta");
}

TEST_F(WebSite, follows_a_whole_address_on_its_own_server_with_our_key) {
  site_.credentials = {CredentialKind::kBearer, "", "segreta", {}, {}};
  ASSERT_TRUE(get(web_.url("/hsds/v3/services?cursor=abc"), "page=2").ok());
  EXPECT_EQ(asked_for(), "/hsds/v3/services?cursor=abc&page=2");
  EXPECT_EQ(web_.asked().back().headers.at("authorization"), "Bearer segreta");
}

TEST_F(WebSite, gives_no_key_to_another_server_and_asks_only_those_that_are_allowed) {
  WebPartner other([](const Asked&) { return Reply{200, {}, "other"}; });
  site_.headers = {{"X-Tenant", "segreto"}};
  site_.credentials = {CredentialKind::kBearer, "", "segreta", {}, {}};
  const auto refused = get(other.url("/services"));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::kDenied);
  EXPECT_THAT(other.asked(), IsEmpty());
  client_.reset();
  site_.guards.hosts = {"127.0.0.1"};
  ASSERT_TRUE(get(other.url("/services")).ok());
  EXPECT_FALSE(other.asked().back().headers.contains("authorization"));
  EXPECT_FALSE(other.asked().back().headers.contains("x-tenant"));
}

TEST_F(WebSite, is_never_asked_for_what_a_plugin_must_not) {
  for (const auto* path : {"/../admin", "/a/%2E%2e/b", "/a b", "/a?b=c", "/a#b", "/a\nHost: x",
                           "ftp://a.example/", "https://u:p@a.example/"}) {
    const auto refused = get(path);
    ASSERT_FALSE(refused.ok()) << path;
    EXPECT_NE(refused.error().code, ErrorCode::kUnavailable) << path;
  }
  EXPECT_FALSE(get("/a", "b=c d").ok());
  for (const auto* name : {"Authorization", "Host", "Cookie", "Content-Length", "transfer-encoding", ""})
    EXPECT_FALSE(get("/a", "", {{name, "x"}}).ok()) << name;
  EXPECT_FALSE(get("/a", "", {{"X-A", "b\r\nX-C: d"}}).ok());
  EXPECT_FALSE(ask({"TRACE", "/a", "", {}, ""}).ok());
  EXPECT_FALSE(ask({"GET", "/a", "", {}, "body"}).ok());
  EXPECT_THAT(web_.asked(), IsEmpty());
}

TEST_F(WebSite, answers_with_any_status_and_with_how_long_to_wait) {
  reply_ = {429, {{"Retry-After", "7"}}, "slow down"};
  const auto busy = get("/services");
  ASSERT_TRUE(busy.ok());
  EXPECT_EQ(busy->status, 429);
  EXPECT_EQ(busy->wait, 7s);
  EXPECT_EQ(busy->body, "") << "what a partner says of a failure is nobody's business";
}

TEST_F(WebSite, is_asked_again_with_another_token_when_one_has_ended) {
  int tokens = 0;
  web_.answer_with([&](const Asked& asked) {
    if (asked.target == "/token")
      return Reply{200, {}, R"({"access_token":"t)" + std::to_string(++tokens) + R"(","expires_in":3600})"};
    return asked.headers.at("authorization") == "Bearer t2" ? Reply{200, {}, "in"} : Reply{401, {}, ""};
  });
  site_.credentials = {CredentialKind::kOauth2, "hub", "segreta", web_.url("/token"), {}};
  EXPECT_EQ(get("/services")->body, "in");
  web_.answer_with([&](const Asked& asked) {
    return asked.target == "/token" ? Reply{200, {}, R"({"access_token":"t3"})"} : Reply{401, {}, ""};
  });
  EXPECT_EQ(get("/services")->status, 401) << "once, then it is told";
}

TEST_F(WebSite, takes_what_a_post_carries) {
  ASSERT_TRUE(ask({"POST", "/search", "", {{"Content-Type", "application/json"}}, R"({"page":1})"}).ok());
  EXPECT_EQ(web_.asked().back().method, "POST");
  EXPECT_EQ(web_.asked().back().body, R"({"page":1})");
}

}  // namespace
}  // namespace raccordo::http_client
