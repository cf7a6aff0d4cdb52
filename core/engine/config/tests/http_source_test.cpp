// SPDX-License-Identifier: EUPL-1.2
// `from.http` as people write it, right and wrong.
#include <gmock/gmock.h>

#include "core/engine/config/load.hpp"
#include "core/engine/config/testing/fake_environment.hpp"

namespace raccordo {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class HttpSource : public ::testing::Test {
 protected:
  // What is found wrong with these lines of `from`, one below the other.
  std::string findings(const std::string& from) {
    testing::FakeEnvironment environment;
    environment.files["/hub.yaml"] =
        "config: 1\nhub: {id: prova}\nconnectors:\n  - id: albo\n    plugin: mapping\n    from:\n" + from;
    loading_ = load_configuration("/hub.yaml", environment);
    std::string all;
    for (const auto& finding : loading_.findings) all += finding.what.en + " (" + finding.hint.en + ")\n";
    return all;
  }
  const HttpSourceConfiguration& http() { return *loading_.configuration.connectors.at(0).from->http; }

  Loading loading_;
};

TEST_F(HttpSource, is_read_with_all_that_it_says) {
  EXPECT_EQ(
      findings(
          "      http:\n        url: [https://a.example/1.csv, https://a.example/2.csv]\n"
          "        snapshot: complete\n        poll: 1h\n        max_deletions: 5%\n"
          "        headers: {Accept: text/csv, X-Tenant: {secret: tenant}}\n"
          "        auth: {oauth2: {token_url: https://a.example/t, client_id: hub, client_secret: {secret: "
          "s}, scope: x}}\n"
          "        tls: {ca: ca.pem}\n        hosts: [b.example]\n        networks: [10.0.0.0/8, fd00::1]\n"
          "        timeout: 90s\n        max_size: 64MiB\n"),
      "");
  EXPECT_THAT(http().url, ElementsAre("https://a.example/1.csv", "https://a.example/2.csv"));
  const auto& from = *loading_.configuration.connectors.at(0).from;
  EXPECT_EQ(from.snapshot(), SnapshotKind::kComplete);
  EXPECT_EQ(from.poll(), std::chrono::hours(1));
  EXPECT_DOUBLE_EQ(from.max_deletions(), 0.05);
  EXPECT_EQ(http().headers.at(0).value, "text/csv");
  EXPECT_EQ(http().headers.at(1).secret->name, "tenant");
  EXPECT_EQ(http().auth->oauth2->client_secret->name, "s");
  EXPECT_EQ(http().tls->ca, "/ca.pem");
  EXPECT_EQ(http().timeout, std::chrono::seconds(90));
  EXPECT_EQ(http().max_size, 64u << 20);
}

TEST_F(HttpSource, is_asked_every_five_minutes_and_partial_unless_it_says_otherwise) {
  EXPECT_EQ(findings("      http: {url: https://a.example/1.csv}\n"), "");
  const auto& from = *loading_.configuration.connectors.at(0).from;
  EXPECT_EQ(from.poll(), std::chrono::minutes(5));
  EXPECT_EQ(from.snapshot(), SnapshotKind::kPartial);
}

TEST_F(HttpSource, stands_alone) {
  const auto with_user = findings("      http: {url: 'https://hub:parola@a.example/1.csv'}\n");
  EXPECT_THAT(with_user, HasSubstr("a user and a password are not written in the address"));
  EXPECT_THAT(with_user, ::testing::Not(HasSubstr("parola")));
  EXPECT_EQ(findings("      http: {url: 'https://a.example/1@2.csv?to=a@b'}\n"), "");
  EXPECT_THAT(findings("      http: {url: https://a.example/1.csv}\n      files: {path: in/*.csv}\n"),
              HasSubstr("several places together"));
  EXPECT_THAT(findings("      {}\n"), HasSubstr("write files:, http:, sftp: or webhook:"));
}

TEST_F(HttpSource, proves_itself_in_one_way) {
  EXPECT_THAT(findings("      http: {url: https://a.example/, auth: {}}\n"),
              HasSubstr("bearer, header, query, basic and oauth2"));
  EXPECT_THAT(findings("      http: {url: https://a.example/, auth: {bearer: {secret: a}, query: {name: k, "
                       "value: {secret: b}}}}\n"),
              HasSubstr("several ways together"));
  EXPECT_THAT(findings("      http: {url: https://a.example/, auth: {bearer: parola}}\n"),
              HasSubstr("a secret is not written"));
}

TEST_F(HttpSource, sends_no_secret_in_the_clear) {
  EXPECT_THAT(findings("      http: {url: http://a.example/, auth: {bearer: {secret: a}}}\n"),
              HasSubstr("use https"));
  EXPECT_THAT(findings("      http: {url: http://a.example/, headers: {X-Key: {secret: a}}}\n"),
              HasSubstr("use https"));
  EXPECT_THAT(findings("      http:\n        url: https://a.example/\n        auth: {oauth2: {token_url: "
                       "http://a.example/t, client_id: a, client_secret: {secret: a}}}\n"),
              HasSubstr("http://a.example/t"));
  EXPECT_THAT(findings("      http: {url: http://a.example/, headers: {Accept: text/csv}}\n"), IsEmpty());
}

TEST_F(HttpSource, names_networks_that_exist) {
  const auto found = findings("      http: {url: https://a.example/, networks: [10.0.0.0/33]}\n");
  EXPECT_THAT(found, HasSubstr("10.0.0.0/33"));
  EXPECT_THAT(found, HasSubstr("192.168.1.20"));
}

TEST_F(HttpSource, is_a_site_that_the_plugin_asks) {
  EXPECT_EQ(
      findings("      http:\n        base_url: https://a.example/hsds/v3\n        poll: 15m\n"
               "        max_deletions: 20%\n        pause: 250ms\n        max_requests: 500\n"
               "        max_bytes: 10MiB\n        max_time: 10m\n        auth: {bearer: {secret: a}}\n"),
      "");
  EXPECT_TRUE(http().is_asked());
  EXPECT_EQ(http().base_url, "https://a.example/hsds/v3");
  EXPECT_EQ(http().pause, std::chrono::milliseconds(250));
  EXPECT_EQ(http().max_requests, 500);
  EXPECT_EQ(http().max_bytes, 10u << 20);
  EXPECT_EQ(http().max_time, std::chrono::minutes(10));
  EXPECT_EQ(findings("      http: {base_url: https://a.example/}\n"), "");
  EXPECT_EQ(http().pause, Duration::zero());
  EXPECT_EQ(http().max_requests, 10'000);
}

TEST_F(HttpSource, is_either_documents_or_a_site) {
  EXPECT_THAT(findings("      http: {url: https://a.example/1.csv, base_url: https://a.example/}\n"),
              HasSubstr("url and base_url together"));
  EXPECT_THAT(findings("      http: {poll: 1h}\n"),
              HasSubstr("write url for documents, base_url for a site"));
  EXPECT_THAT(findings("      http: {base_url: https://a.example/, snapshot: complete}\n"),
              HasSubstr("snapshot is not written with base_url"));
  EXPECT_THAT(findings("      http: {base_url: 'https://a.example/?key=1'}\n"),
              HasSubstr("base_url holds a query"));
  EXPECT_THAT(findings("      http: {base_url: http://a.example/, auth: {bearer: {secret: a}}}\n"),
              HasSubstr("sends a secret in the clear to http://a.example/"));
  EXPECT_THAT(findings("      http: {base_url: https://a.example/, max_requests: 0}\n"),
              HasSubstr("max_requests"));
}

}  // namespace
}  // namespace raccordo
