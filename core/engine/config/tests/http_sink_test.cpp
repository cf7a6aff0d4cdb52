// SPDX-License-Identifier: EUPL-1.2
// `to.http` as people write it, right and wrong.
#include <gmock/gmock.h>

#include "core/engine/config/load.hpp"
#include "core/engine/config/quantities.hpp"
#include "core/engine/config/testing/fake_environment.hpp"

namespace raccordo {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class HttpSink : public ::testing::Test {
 protected:
  // What is found wrong with these lines of `to`, one below the other.
  std::string findings(const std::string& to) {
    testing::FakeEnvironment environment;
    environment.files["/hub.yaml"] =
        "config: 1\nhub: {id: prova}\nconnectors:\n  - id: portale\n    plugin: hsds\n"
        "    subscribe: {topics: [services]}\n    to:\n" +
        to;
    loading_ = load_configuration("/hub.yaml", environment);
    std::string all;
    for (const auto& finding : loading_.findings) all += finding.what.en + " (" + finding.hint.en + ")\n";
    return all;
  }
  const HttpSinkConfiguration& http() { return *loading_.configuration.connectors.at(0).to->http; }

  Loading loading_;
};

TEST_F(HttpSink, is_read_with_all_that_it_says) {
  EXPECT_EQ(findings("      http:\n        base_url: https://a.example/api/\n"
                     "        headers: {Accept-Language: it, X-Tenant: {secret: tenant}}\n"
                     "        auth: {bearer: {secret: token}}\n        tls: {ca: ca.pem}\n"
                     "        networks: [10.0.0.0/8]\n        timeout: 10s\n        max_answer: 64KiB\n"
                     "        parallel: 8\n        rate: 600/m\n        idempotency_header: X-Request-Id\n"
                     "        retry: {first: 2s, longest: 1m, give_up: 2h}\n"
                     "        breaker: {failures: 3, rest: 10s}\n"),
            "");
  EXPECT_EQ(http().base_url, "https://a.example/api/");
  EXPECT_EQ(http().headers.at(1).secret->name, "tenant");
  EXPECT_EQ(http().auth->bearer->name, "token");
  EXPECT_EQ(http().tls->ca, "/ca.pem");
  EXPECT_THAT(http().networks, ElementsAre("10.0.0.0/8"));
  EXPECT_EQ(http().timeout, std::chrono::seconds(10));
  EXPECT_EQ(http().max_answer, 64u << 10);
  EXPECT_EQ(http().parallel, 8);
  EXPECT_EQ(http().rate, (Rate{600, std::chrono::minutes(1)}));
  EXPECT_EQ(http().idempotency_header, "X-Request-Id");
  EXPECT_EQ(http().retry.give_up, std::chrono::hours(2));
  EXPECT_EQ(http().breaker.failures, 3);
  EXPECT_EQ(http().breaker.rest, std::chrono::seconds(10));
}

TEST_F(HttpSink, waits_for_answers_that_come_later_where_it_says_so) {
  EXPECT_EQ(findings("      http:\n        base_url: https://a.example\n"
                     "        later: {poll: 1m, give_up: 2d, callback: 3d}\n"),
            "");
  ASSERT_TRUE(http().later);
  EXPECT_EQ(*http().later,
            (LaterConfiguration{std::chrono::hours(72), std::chrono::hours(48), std::chrono::minutes(1)}));
  EXPECT_EQ(findings("      http: {base_url: https://a.example}\n"), "");
  EXPECT_FALSE(http().later);
}

TEST_F(HttpSink, is_patient_for_a_day_and_sends_four_at_once_unless_it_says_otherwise) {
  EXPECT_EQ(findings("      http: {base_url: https://a.example}\n"), "");
  EXPECT_EQ(http().parallel, 4);
  EXPECT_EQ(http().retry.give_up, std::chrono::hours(24));
  EXPECT_FALSE(http().rate);
  EXPECT_EQ(http().idempotency_header, "Idempotency-Key");
}

TEST_F(HttpSink, sends_no_secret_in_the_clear) {
  EXPECT_THAT(findings("      http: {base_url: \"http://a.example\", auth: {bearer: {secret: t}}}\n"),
              HasSubstr("sends a secret in the clear to http://a.example"));
  EXPECT_THAT(findings("      http: {base_url: \"http://a.example\", headers: {X-Key: {secret: t}}}\n"),
              HasSubstr("sends a secret in the clear to http://a.example"));
  EXPECT_THAT(findings("      http: {base_url: \"https://a.example\", auth: {oauth2: {token_url: "
                       "\"http://b.example/t\", client_id: x, client_secret: {secret: t}}}}\n"),
              HasSubstr("sends a secret in the clear to http://b.example/t"));
}

TEST_F(HttpSink, has_an_address_that_paths_can_stand_behind) {
  EXPECT_THAT(findings("      http: {base_url: \"https://a.example/api?key=1\"}\n"),
              HasSubstr("has no ? and no #"));
  EXPECT_THAT(findings("      http: {base_url: ftp://a.example}\n"), HasSubstr("is not a web address"));
  EXPECT_THAT(findings("      http: {}\n"), HasSubstr("base_url"));
}

TEST_F(HttpSink, names_a_header_for_its_keys) {
  EXPECT_THAT(findings("      http: {base_url: https://a.example, idempotency_header: \"X Key\"}\n"),
              HasSubstr("\"X Key\" is not the name of a header"));
}

TEST_F(HttpSink, has_a_header_for_its_keys_alone) {
  const auto with = [&](const std::string& rest) {
    return findings("      http: {base_url: https://a.example, " + rest + "}\n");
  };
  EXPECT_THAT(with("headers: {idempotency-key: x}"),
              HasSubstr("\"Idempotency-Key\" is sent with something else"));
  EXPECT_THAT(with("auth: {header: {name: X-Key, value: {secret: t}}}, idempotency_header: x-key"),
              HasSubstr("\"x-key\" is sent with something else"));
  for (const char* taken : {"Authorization", "host", "Content-Length", "Cookie", "Content-Type"})
    EXPECT_THAT(with("idempotency_header: " + std::string(taken)), HasSubstr("is sent with something else"));
}

TEST_F(HttpSink, stands_alone) {
  EXPECT_THAT(findings("      http: {base_url: https://a.example}\n      files: {folder: out}\n"),
              HasSubstr("a connector writes to one place (write files:, sftp: or http:)"));
}

TEST_F(HttpSink, says_what_a_rate_is) {
  EXPECT_THAT(
      findings("      http: {base_url: https://a.example, rate: fast}\n"),
      HasSubstr(
          "\"fast\" is not a number in a time (write for example 10/s, with a number from 1 to 10000)"));
}

TEST(Rates, are_a_number_in_a_time) {
  using namespace std::chrono_literals;
  EXPECT_EQ(parse_rate("10/s"), (Rate{10, 1s}));
  EXPECT_EQ(parse_rate("5000/h"), (Rate{5'000, 1h}));
  EXPECT_EQ(parse_rate("1/10s"), (Rate{1, 10s}));
  for (const char* wrong :
       {"", "10", "/s", "0/s", "10/", "10/x", "-1/s", "10001/s", "10/s ", "10/0s", "1.5/s"})
    EXPECT_FALSE(parse_rate(wrong)) << wrong;
}

}  // namespace
}  // namespace raccordo
