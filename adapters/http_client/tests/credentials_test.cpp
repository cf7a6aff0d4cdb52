// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_client/credentials.hpp"

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
using ::testing::Not;
using ::testing::SizeIs;

Guards guards() {
  Guards guards;
  guards.networks = {Network::parse("127.0.0.1").value()};
  return guards;
}

std::vector<Header> signed_with(const Credentials& credentials) {
  const SimulatedClock clock;
  Authorizer authorizer(credentials, guards(), clock);
  Request request;
  EXPECT_TRUE(authorizer.sign(request, {}).ok());
  return request.headers;
}

TEST(Credentials, are_sent_as_the_partner_wants_them) {
  EXPECT_THAT(signed_with({CredentialKind::kBearer, "", "t0k", "", ""}),
              ElementsAre(Header{"Authorization", "Bearer t0k"}));
  EXPECT_THAT(signed_with({CredentialKind::kHeader, "X-Api-Key", "k", "", ""}),
              ElementsAre(Header{"X-Api-Key", "k"}));
  EXPECT_THAT(signed_with({CredentialKind::kBasic, "hub", "parola", "", ""}),
              ElementsAre(Header{"Authorization", "Basic aHViOnBhcm9sYQ=="}));
}

class ClientCredentials : public ::testing::Test {
 protected:
  Status sign() {
    request_ = {};
    return authorizer_.sign(request_, {});
  }

  int given_ = 0;
  std::string expires_ = R"(,"expires_in":600)";
  SimulatedClock clock_;
  Request request_;
  WebPartner issuer_{[this](const Asked&) {
    return Reply{
        200,
        {},
        R"({"token_type":"Bearer","access_token":"t)" + std::to_string(++given_) + "\"" + expires_ + "}"};
  }};
  Authorizer authorizer_{
      {CredentialKind::kOauth2, "hub", "parola", issuer_.url("/token"), "catalogo:leggi altro"},
      guards(),
      clock_};
};

TEST_F(ClientCredentials, ask_for_a_token_as_the_standard_says) {
  ASSERT_TRUE(sign().ok());
  EXPECT_THAT(request_.headers, ElementsAre(Header{"Authorization", "Bearer t1"}));
  const auto asked = issuer_.asked()[0];
  EXPECT_EQ(asked.method, "POST");
  EXPECT_EQ(asked.headers.at("authorization"), "Basic aHViOnBhcm9sYQ==");
  EXPECT_EQ(asked.headers.at("content-type"), "application/x-www-form-urlencoded");
  EXPECT_THAT(asked.body, ::testing::AnyOf("grant_type=client_credentials&scope=catalogo%3aleggi+altro",
                                           "grant_type=client_credentials&scope=catalogo%3Aleggi+altro",
                                           "grant_type=client_credentials&scope=catalogo%3Aleggi%20altro",
                                           "grant_type=client_credentials&scope=catalogo%3aleggi%20altro"));
}

TEST_F(ClientCredentials, use_a_token_until_shortly_before_it_ends) {
  ASSERT_TRUE(sign().ok());
  clock_.advance(569s);
  ASSERT_TRUE(sign().ok());
  EXPECT_EQ(given_, 1);
  clock_.advance(1s);
  ASSERT_TRUE(sign().ok());
  EXPECT_EQ(given_, 2);
}

TEST_F(ClientCredentials, use_a_token_without_an_end_for_a_few_minutes) {
  expires_ = "";
  ASSERT_TRUE(sign().ok());
  clock_.advance(269s);
  ASSERT_TRUE(sign().ok());
  EXPECT_EQ(given_, 1);
  clock_.advance(2s);
  ASSERT_TRUE(sign().ok());
  EXPECT_EQ(given_, 2);
}

TEST_F(ClientCredentials, use_no_token_for_longer_than_a_day_nor_for_less_than_nothing) {
  expires_ = R"(,"expires_in":9000000000000000000)";
  ASSERT_TRUE(sign().ok());
  clock_.advance(24h - 31s);
  ASSERT_TRUE(sign().ok());
  EXPECT_EQ(given_, 1);
  clock_.advance(1s);
  ASSERT_TRUE(sign().ok());
  EXPECT_EQ(given_, 2);
  expires_ = R"(,"expires_in":-5)";
  EXPECT_TRUE(authorizer_.refused());
  ASSERT_TRUE(sign().ok());
  ASSERT_TRUE(sign().ok());
  EXPECT_EQ(given_, 4);
}

TEST_F(ClientCredentials, fetch_another_token_once_the_partner_refuses_one) {
  EXPECT_FALSE(authorizer_.refused()) << "there was none to refuse";
  ASSERT_TRUE(sign().ok());
  EXPECT_TRUE(authorizer_.refused());
  ASSERT_TRUE(sign().ok());
  EXPECT_THAT(request_.headers, ElementsAre(Header{"Authorization", "Bearer t2"}));
}

TEST_F(ClientCredentials, say_why_there_is_no_token) {
  issuer_.answer_with([](const Asked&) { return Reply{401, {}, R"({"error":"invalid_client"})"}; });
  EXPECT_EQ(sign().error().code, ErrorCode::kDenied);
  issuer_.answer_with([](const Asked&) { return Reply{503, {}, ""}; });
  EXPECT_EQ(sign().error().code, ErrorCode::kUnavailable);
  for (const auto* const body : {"<html>", "[]", "{}", R"({"access_token":7})", R"({"access_token":""})",
                                 R"({"access_token":"t\r\nX-Altro: 1"})"}) {
    issuer_.answer_with([body](const Asked&) { return Reply{200, {}, body}; });
    const auto status = sign();
    ASSERT_FALSE(status.ok()) << body;
    EXPECT_EQ(status.error().code, ErrorCode::kInvalid);
    EXPECT_THAT(status.error().message.en, Not(HasSubstr("parola")));
  }
}

TEST_F(ClientCredentials, bring_a_token_to_whoever_else_logs_in_with_one) {
  const Credentials credentials{CredentialKind::kOauth2, "hub", "parola", issuer_.url("/token"), ""};
  const auto token = fetch_token(credentials, guards(), clock_, {});
  ASSERT_TRUE(token.ok());
  EXPECT_EQ(token->value, "t1");
  EXPECT_EQ(token->life, 600s);
  EXPECT_EQ(fetch_token(credentials, guards(), clock_, {})->value, "t2");
}

TEST_F(ClientCredentials, follow_no_redirect_with_their_secret) {
  issuer_.answer_with([this](const Asked&) { return Reply{307, {{"Location", issuer_.url("/other")}}, ""}; });
  EXPECT_FALSE(sign().ok());
  EXPECT_THAT(issuer_.asked(), SizeIs(1));
}

}  // namespace
}  // namespace raccordo::http_client
