// SPDX-License-Identifier: EUPL-1.2
// `from.webhook` and `http.ingress` as people write them, right and wrong.
#include <gmock/gmock.h>

#include "core/engine/config/load.hpp"
#include "core/engine/config/secret_references.hpp"
#include "core/engine/config/testing/fake_environment.hpp"

namespace raccordo {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class WebhookSource : public ::testing::Test {
 protected:
  std::string findings(const std::string& webhook,
                       const std::string& http = "{ingress: \"127.0.0.1:8443\"}") {
    testing::FakeEnvironment environment;
    environment.files["/hub.yaml"] =
        "config: 1\nhub: {id: prova}\n" + (http.empty() ? "" : "http: " + http + "\n") +
        "connectors:\n  - id: portale\n    plugin: portale\n    from:\n      webhook: " + webhook + "\n";
    loading_ = load_configuration("/hub.yaml", environment);
    std::string all;
    for (const auto& finding : loading_.findings) all += finding.what.en + " (" + finding.hint.en + ")\n";
    return all;
  }
  const WebhookSourceConfiguration& webhook() {
    return *loading_.configuration.connectors.at(0).from->webhook;
  }

  static constexpr const char* kToken = "{auth: {bearer: {secret: token}}}";
  Loading loading_;
};

TEST_F(WebhookSource, is_read_with_all_that_it_says) {
  EXPECT_EQ(
      findings(
          "{auth: {hmac: {secret: [{secret: nuova}, {secret: vecchia}], header: X-Firma, time_header: X-Ora, "
          "window: 1m}}, max_body: 1MiB, rate: 600/m}",
          "{ingress: \"0.0.0.0:8443\", tls: {certificate: hub.pem, key: hub.key}, client_rate: 50/s}"),
      "");
  const auto& hmac = *webhook().auth.hmac;
  EXPECT_EQ(hmac.secret.at(1).name, "vecchia");
  EXPECT_EQ(hmac.header, "X-Firma");
  EXPECT_EQ(hmac.time_header, "X-Ora");
  EXPECT_EQ(hmac.window, std::chrono::minutes(1));
  EXPECT_EQ(webhook().max_body, 1u << 20);
  EXPECT_EQ(webhook().rate, (Rate{600, std::chrono::minutes(1)}));
  const auto& http = loading_.configuration.http;
  EXPECT_EQ(http.ingress, "0.0.0.0:8443");
  EXPECT_EQ(http.tls->certificate, "/hub.pem");
  EXPECT_EQ(http.client_rate, (Rate{50, std::chrono::seconds(1)}));
  std::vector<std::string> secrets;
  for (const auto* secret : secret_references(loading_.configuration)) secrets.push_back(secret->name);
  EXPECT_THAT(secrets, ElementsAre("nuova", "vecchia"));
}

TEST_F(WebhookSource, takes_a_token_and_has_limits_unless_it_says_otherwise) {
  EXPECT_EQ(findings(kToken), "");
  EXPECT_EQ(webhook().auth.bearer.at(0).name, "token");
  EXPECT_EQ(webhook().max_body, 256u << 10);
  EXPECT_EQ(webhook().rate, (Rate{100, std::chrono::seconds(1)}));
  EXPECT_EQ(webhook().translate, std::chrono::seconds(2));
}

TEST_F(WebhookSource, knows_its_partner_in_one_way) {
  EXPECT_THAT(findings("{}"), HasSubstr("auth is missing"));
  EXPECT_THAT(findings("{auth: {}}"), HasSubstr("write one of bearer, hmac and certificate"));
  EXPECT_THAT(findings("{auth: {bearer: {secret: a}, hmac: {secret: {secret: b}}}}"),
              HasSubstr("a partner is known in one way"));
}

TEST_F(WebhookSource, names_headers_that_can_be_sent) {
  EXPECT_THAT(findings("{auth: {hmac: {secret: {secret: b}, header: \"X Firma\"}}}"),
              HasSubstr("\"X Firma\" is not the name of a header"));
}

TEST_F(WebhookSource, says_which_certificate_it_means) {
  const auto with = [&](const std::string& certificate) {
    return findings("{auth: {certificate: " + certificate + "}}");
  };
  EXPECT_EQ(with("{fingerprint: " + std::string(64, 'a') + "}"), "");
  EXPECT_EQ(with("{ca: ca.pem, subject: \"CN=portale\"}"), "");
  EXPECT_EQ(with("{ca: ca.pem, name: [portale.example, \"urn:portale\"]}"), "");
  EXPECT_THAT(with("{fingerprint: abcd}"), HasSubstr("\"abcd\" is no fingerprint"));
  EXPECT_THAT(with("{ca: ca.pem}"), HasSubstr("does not say which certificate"));
  EXPECT_THAT(with("{subject: \"CN=portale\"}"), HasSubstr("anybody can write them into a certificate"));
}

TEST_F(WebhookSource, is_called_where_something_listens) {
  EXPECT_THAT(findings(kToken, ""),
              HasSubstr("portale is called by its partner, and there is no http.ingress"));
}

TEST_F(WebhookSource, listens_without_tls_on_this_machine_only) {
  for (const auto* own : {"127.0.0.1:8443", "127.8.8.8:0", "[::1]:8443", "localhost:8443"})
    EXPECT_EQ(findings(kToken, "{ingress: \"" + std::string(own) + "\"}"), "") << own;
  for (const auto* open : {"0.0.0.0:8443", "[::]:8443", "192.0.2.1:8443", "hub.example:8443"})
    EXPECT_THAT(findings(kToken, "{ingress: \"" + std::string(open) + "\"}"),
                HasSubstr("is not of this machine only, and tls is missing"))
        << open;
  EXPECT_THAT(findings(kToken, "{tls: {certificate: a, key: b}}"), HasSubstr("http.tls without ingress"));
}

TEST_F(WebhookSource, stands_alone) {
  EXPECT_THAT(findings(std::string(kToken) + "\n      files: {path: in/a.csv}"),
              HasSubstr("a connector reads from one place (write files:, http:, sftp: or webhook:)"));
}

}  // namespace
}  // namespace raccordo
