// SPDX-License-Identifier: EUPL-1.2
// The examples of docs/partner-webhook.md, run as a partner would run them.
#include <gmock/gmock.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "adapters/clock/system_clock.hpp"
#include "adapters/http_server/ingress/ingress.hpp"
#include "core/ports/testing/faulty_metrics.hpp"
#include "core/ports/testing/memory_inlet.hpp"
#include "core/ports/testing/recording_log.hpp"
#include "core/ports/testing/temp_folder.hpp"
#include "tests/partner/own_certificate.hpp"

namespace raccordo {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// The commands under "```sh NAME".
std::string example(const std::string& name) {
  std::ifstream page(RACCORDO_PARTNER_PAGE);
  std::stringstream text;
  text << page.rdbuf();
  const auto all = text.str();
  const auto mark = "```sh " + name + "\n";
  const auto start = all.find(mark);
  if (start == std::string::npos) return "exit 1 # there is no example " + name;
  const auto first = start + mark.size();
  return all.substr(first, all.find("```", first) - first);
}

class PartnerPage : public ::testing::Test {
 protected:
  void open(decltype(Caller::auth) auth) {
    const auto own = testing::own_certificate(folder.path().string(), "hub");
    ca = own.certificate;
    ingress = Ingress::open({.address = "127.0.0.1:0", .tls = TlsIdentity::Files{own.certificate, own.key}},
                            {{"portale", std::move(auth)}}, {inlet, clock, log, metrics})
                  .value();
  }

  // What the commands print, in the test's folder.
  std::string run(const std::string& name, const std::string& environment = {}) {
    std::ofstream(folder.file("example.sh")) << "set -eu\n" << example(name);
    const auto port = ingress ? std::to_string(ingress->port()) : "0";
    const auto command = "cd " + folder.path().string() +
                         " && env http_proxy= https_proxy= CURL_CA_BUNDLE=" + ca +
                         " HUB=https://127.0.0.1:" + port + " " + environment + " sh example.sh 2>&1";
    std::FILE* const out = ::popen(command.c_str(), "r");
    std::string text;
    std::array<char, 4'096> some{};
    for (std::size_t size = 0; (size = std::fread(some.data(), 1, some.size(), out)) > 0;)
      text.append(some.data(), size);
    ::pclose(out);
    return text;
  }

  testing::TempFolder folder;
  SystemClock clock;
  testing::RecordingLog log;
  testing::FaultyMetrics metrics;
  testing::MemoryInlet inlet{[](const InboundRequest& request) {
    return InboundAnswer{
        202, {}, request.message_id.size() == 36 ? "named " + request.body : request.message_id};
  }};
  std::string ca;
  std::unique_ptr<Ingress> ingress;
};

TEST_F(PartnerPage, shows_how_to_call_with_a_token) {
  open(BearerRule{{"abc"}});
  EXPECT_THAT(run("token", "TOKEN=abc"),
              AllOf(StartsWith("HTTP/1.1 202 "), EndsWith(R"(named {"id":"p-001"})")));
  EXPECT_THAT(run("token", "TOKEN=abd"), StartsWith("HTTP/1.1 401 "));
}

TEST_F(PartnerPage, shows_how_to_sign) {
  open(SignatureRule{.keys = {"chiave"}});
  EXPECT_THAT(run("signature", "KEY=chiave"),
              AllOf(StartsWith("HTTP/1.1 202 "), EndsWith(R"(named {"id":"p-001"})")));
  EXPECT_THAT(run("signature", "KEY=altra"), StartsWith("HTTP/1.1 401 "));
}

TEST_F(PartnerPage, shows_how_to_be_known_by_a_certificate) {
  const auto made = run("certificate");
  const auto fingerprint = made.substr(made.rfind('=') + 1, 95);
  open(PinnedCertificate::of({.fingerprints = {fingerprint}}).value());
  EXPECT_THAT(run("with-certificate"),
              AllOf(HasSubstr("HTTP/1.1 202 "), EndsWith(R"(named {"id":"p-001"})")));
  (void)run("certificate");  // another one
  EXPECT_THAT(run("with-certificate"), HasSubstr("HTTP/1.1 401 "));
}

}  // namespace
}  // namespace raccordo
