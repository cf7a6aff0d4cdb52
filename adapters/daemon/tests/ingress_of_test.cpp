// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/ingress_of.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "adapters/http_server/tests/visitor.hpp"
#include "core/ports/testing/faulty_metrics.hpp"
#include "core/ports/testing/memory_inlet.hpp"
#include "core/ports/testing/recording_log.hpp"
#include "core/ports/testing/simulated_clock.hpp"
#include "core/ports/testing/temp_folder.hpp"

namespace raccordo {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class IngressOf : public ::testing::Test {
 protected:
  void write_secret(const std::string& name, const std::string& value) {
    std::ofstream(folder.file(name)) << value << "\n";
    std::filesystem::permissions(folder.file(name),
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  }
  void add(const std::string& id, WebhookSourceConfiguration webhook) {
    ConnectorConfiguration connector;
    connector.id = id;
    connector.from.emplace().webhook = std::move(webhook);
    ready.connectors.push_back({std::move(connector), RunSpec{}});
  }
  void SetUp() override { ready.configuration.secrets.folder = folder.path().string(); }

  testing::TempFolder folder;
  ReadyConfiguration ready;
  testing::SimulatedClock clock;
  testing::RecordingLog log;
  testing::FaultyMetrics metrics;
  testing::MemoryInlet inlet{[](const InboundRequest& request) {
    return InboundAnswer{200, {}, request.connector};
  }};
};

TEST_F(IngressOf, a_hub_that_nobody_calls_does_not_listen) {
  const auto opened = open_ingress(ready, {inlet, clock, log, metrics}, Language::kEnglish);
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(*opened, nullptr);
}

TEST_F(IngressOf, partners_are_known_by_the_secrets_of_their_connectors) {
  write_secret("portale-token", "abc");
  WebhookSourceConfiguration webhook;
  webhook.auth.bearer = {{"portale-token", {}}};
  webhook.max_body = 2'048;
  webhook.rate = {7, std::chrono::minutes(1)};
  add("portale", webhook);
  ready.configuration.http.ingress = "127.0.0.1:0";
  const auto ingress = open_ingress(ready, {inlet, clock, log, metrics}, Language::kEnglish).value();
  Visitor visitor(ingress->port());
  const std::string post = "POST /in/portale HTTP/1.1\r\nHost: hub\r\nContent-Length: 0\r\n";
  const auto answer = visitor.send(post + "Authorization: Bearer abc\r\n\r\n").answer();
  EXPECT_THAT(answer, EndsWith("\r\n\r\nportale"));
  EXPECT_THAT(answer, HasSubstr("X-RateLimit-Limit: 7\r\n"));
  EXPECT_THAT(visitor.send(post + "Authorization: Bearer abd\r\n\r\n").answer(), StartsWith("HTTP/1.1 401 "));
}

TEST_F(IngressOf, signatures_and_certificates_are_taken_from_the_configuration) {
  write_secret("hmac", "chiave");
  WebhookSourceConfiguration hmac;
  hmac.auth.hmac = {{{"hmac", {}}}, "X-Firma", "X-Ora", std::chrono::minutes(1)};
  add("firmato", hmac);
  WebhookSourceConfiguration pinned;
  pinned.auth.certificate.emplace().fingerprint = {std::string(64, 'a')};
  add("certificato", pinned);
  const auto callers = callers_of(ready).value();
  const auto& rule = std::get<SignatureRule>(callers.at(0).auth);
  EXPECT_EQ(rule.keys.at(0), "chiave");
  EXPECT_EQ(rule.header + rule.time_header, "X-FirmaX-Ora");
  EXPECT_EQ(rule.window, std::chrono::minutes(1));
  EXPECT_TRUE(std::holds_alternative<PinnedCertificate>(callers.at(1).auth));
}

TEST_F(IngressOf, secret_that_is_missing_is_told) {
  WebhookSourceConfiguration webhook;
  webhook.auth.bearer = {{"none", {}}};
  add("portale", webhook);
  EXPECT_FALSE(callers_of(ready).ok());
}

}  // namespace
}  // namespace raccordo
