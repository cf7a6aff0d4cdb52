// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/ingress/client_certificate.hpp"

#include <gmock/gmock.h>

#include "adapters/http_server/ingress/tests/issued_certificate.hpp"
#include "core/ports/testing/temp_folder.hpp"

namespace raccordo {
namespace {

using namespace std::chrono_literals;
using testing::der_of;
using ::testing::HasSubstr;
using testing::issued_certificate;
using testing::own_certificate;
using ::testing::StartsWith;

class ClientCertificate : public ::testing::Test {
 protected:
  std::string why(const CertificateRule& rule, const std::vector<std::string>& shown, Duration later = 0s) {
    HttpRequest request;
    if (!shown.empty()) request.certificates = der_of(shown);
    const auto against =
        PinnedCertificate::of(rule).value().against(request, std::chrono::system_clock::now() + later);
    return against ? against->en : "fits";
  }

  testing::TempFolder folder;
  testing::OwnCertificate ca = own_certificate(folder.path(), "ca");
  testing::OwnCertificate portal = issued_certificate(folder.path(), "portale", ca);
};

TEST_F(ClientCertificate, is_known_by_its_fingerprint_whoever_signed_it) {
  const auto own = own_certificate(folder.path(), "own");
  auto digits = hex(sha256(der_of({own.certificate})->front()));
  EXPECT_EQ(why({.fingerprints = {digits}}, {own.certificate}), "fits");
  auto with_colons = digits.substr(0, 2);
  for (std::size_t i = 2; i < digits.size(); i += 2) with_colons += ":" + digits.substr(i, 2);
  EXPECT_EQ(why({.fingerprints = {std::string(64, 'a'), "SHA256:" + with_colons}}, {own.certificate}),
            "fits");
  EXPECT_EQ(why({.fingerprints = {digits}}, {portal.certificate, own.certificate}),
            "its certificate has the fingerprint " + hex(sha256(der_of({portal.certificate})->front())));
  EXPECT_EQ(why({.fingerprints = {digits}}, {}), "shows no certificate");
}

TEST_F(ClientCertificate, ends_when_it_says_so) {
  const auto digits = hex(sha256(der_of({portal.certificate})->front()));
  EXPECT_EQ(why({.fingerprints = {digits}}, {portal.certificate}, 50h),
            "its certificate has ended, or does not hold yet");
  EXPECT_EQ(why({.fingerprints = {digits}}, {portal.certificate}, -1h),
            "its certificate has ended, or does not hold yet");
}

TEST_F(ClientCertificate, is_known_by_its_subject_and_its_names_once_its_signer_is) {
  const std::string subject = "CN=portale,O=Comune di Esempio,C=IT";
  EXPECT_EQ(why({.ca = ca.certificate, .subject = subject}, {portal.certificate}), "fits");
  EXPECT_EQ(why({.ca = ca.certificate, .names = {"altro.example", "portale.example"}}, {portal.certificate}),
            "fits");
  EXPECT_EQ(why({.ca = ca.certificate, .subject = subject, .names = {"urn:portale"}}, {portal.certificate}),
            "fits");
  EXPECT_EQ(why({.ca = ca.certificate, .subject = "CN=altro"}, {portal.certificate}),
            "its certificate is of " + subject);
  EXPECT_EQ(why({.ca = ca.certificate, .names = {"PORTALE.example.com"}}, {portal.certificate}),
            "its certificate has other names");
}

TEST_F(ClientCertificate, of_another_signer_with_the_same_subject_does_not_hold) {
  const auto other = issued_certificate(folder.path(), "falso", own_certificate(folder.path(), "altra-ca"));
  EXPECT_THAT(
      why({.ca = ca.certificate, .subject = "CN=portale,O=Comune di Esempio,C=IT"}, {other.certificate}),
      StartsWith("its certificate does not hold: "));
}

TEST_F(ClientCertificate, may_be_signed_by_somebody_whom_the_signer_signed) {
  const auto between = issued_certificate(
      folder.path(), "tra", ca, {.subject = "/CN=tra", .extensions = "basicConstraints=critical,CA:TRUE"});
  const auto leaf = issued_certificate(folder.path(), "foglia", between);
  const CertificateRule rule{.ca = ca.certificate, .names = {"portale.example"}};
  EXPECT_EQ(why(rule, {leaf.certificate, between.certificate}), "fits");
  EXPECT_THAT(why(rule, {leaf.certificate}), HasSubstr("does not hold"));
}

TEST_F(ClientCertificate, that_is_a_servers_only_does_not_hold) {
  const auto server =
      issued_certificate(folder.path(), "server", ca,
                         {.extensions = "extendedKeyUsage=serverAuth\nsubjectAltName=DNS:portale.example"});
  EXPECT_THAT(why({.ca = ca.certificate, .names = {"portale.example"}}, {server.certificate}),
              HasSubstr("does not hold"));
}

TEST_F(ClientCertificate, rules_that_cannot_be_read_are_told) {
  const auto wrong = PinnedCertificate::of({.fingerprints = {"AA:BB"}});
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().message.en, "\"AA:BB\" is no fingerprint of a certificate");
  const auto missing = PinnedCertificate::of({.ca = "/none.pem"});
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().message.en, "/none.pem: no certificates can be read from it");
}

}  // namespace
}  // namespace raccordo
