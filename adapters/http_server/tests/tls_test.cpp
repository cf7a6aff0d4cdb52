// SPDX-License-Identifier: EUPL-1.2
// The server under TLS, with certificates made here.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "adapters/http_server/tests/secure_visitor.hpp"
#include "adapters/http_server/tests/test_site.hpp"
#include "adapters/http_server/tests/visitor.hpp"
#include "core/ports/testing/temp_folder.hpp"
#include "tests/partner/own_certificate.hpp"

namespace raccordo {
namespace {

using namespace std::chrono_literals;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::own_certificate;
using ::testing::StartsWith;

constexpr const char* kHello = "GET /hello?mondo HTTP/1.1\r\nHost: hub\r\n\r\n";
constexpr const char* kGoodbye = "GET /hello?mondo HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n";

class Tls : public ::testing::Test {
 protected:
  void SetUp() override { made = own_certificate(folder.path()); }

  std::shared_ptr<TlsIdentity> identity(bool asks_clients = false) {
    return TlsIdentity::open({made.certificate, made.key}, asks_clients).value();
  }
  // Under the names of the first, as those who renew certificates do it.
  void replace_by(const testing::OwnCertificate& other) const {
    std::filesystem::rename(other.certificate, made.certificate);
    std::filesystem::rename(other.key, made.key);
  }

  testing::TempFolder folder;
  testing::OwnCertificate made;
};

TEST_F(Tls, requests_are_answered_and_the_connection_stays) {
  TestSite site({}, TestSite::few(), identity());
  SecureVisitor visitor(site.port(), {.trusts = made.certificate});
  ASSERT_TRUE(visitor.connected());
  for (int i = 0; i < 3; ++i) EXPECT_THAT(visitor.send(kHello).answer(), EndsWith("ciao mondo"));
  const std::string body(60'000, 'b');
  visitor.send("POST /echo HTTP/1.1\r\nHost: hub\r\nContent-Length: 60000\r\n\r\n" + body);
  EXPECT_THAT(visitor.answer(), EndsWith("\r\n\r\n" + body));
}

TEST_F(Tls, connection_ends_with_a_word) {
  TestSite site({}, TestSite::few(), identity());
  SecureVisitor visitor(site.port());
  EXPECT_THAT(visitor.send(kGoodbye).all(), EndsWith("ciao mondo"));
  EXPECT_TRUE(visitor.said_goodbye());
}

TEST_F(Tls, answer_arrives_although_the_client_goes_on_sending) {
  TestSite site({}, TestSite::few(), identity());
  SecureVisitor visitor(site.port());
  visitor.send(kGoodbye + std::string(200'000, 'x'));
  EXPECT_THAT(visitor.answer(), EndsWith("ciao mondo"));
}

TEST_F(Tls, versions_before_1_2_are_refused) {
  TestSite site({}, TestSite::few(), identity());
  EXPECT_FALSE(SecureVisitor(site.port(), {.highest_version = TLS1_1_VERSION}).connected());
  EXPECT_TRUE(SecureVisitor(site.port(), {.highest_version = TLS1_2_VERSION}).connected());
}

TEST_F(Tls, plain_clients_get_nothing) {
  TestSite site({}, TestSite::few(), identity());
  Visitor visitor(site.port());
  EXPECT_THAT(visitor.send(kHello).all(), Not(HasSubstr("ciao")));
}

TEST_F(Tls, handshake_that_stalls_is_let_go_at_the_deadline_of_the_head) {
  TestSite site({.head = 30ms}, TestSite::few(), identity());
  Visitor visitor(site.port());
  EXPECT_THAT(visitor.send(std::string_view("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11)).all(),
              IsEmpty());
}

TEST_F(Tls, stopping_lets_go_of_those_who_still_shake_hands) {
  TestSite site({.head = 1h, .connection = 1h, .farewell = 1h}, TestSite::few(), identity());
  Visitor stalled(site.port());
  stalled.send("\x16\x03\x01");
  SecureVisitor healthy(site.port());  // the stalled was let in before it
  EXPECT_THAT(healthy.send(kHello).answer(), EndsWith("ciao mondo"));
  site.stop();
  EXPECT_THAT(stalled.all(), IsEmpty());
}

TEST_F(Tls, certificate_that_was_replaced_is_shown_to_whoever_comes_next) {
  const auto shown = identity();
  TestSite site({}, TestSite::few(), shown);
  SecureVisitor before(site.port());
  EXPECT_EQ(before.server(), "own");
  EXPECT_FALSE(*shown->look());
  replace_by(own_certificate(folder.path(), "next"));
  EXPECT_FALSE(*shown->look());  // may still be under way
  EXPECT_TRUE(*shown->look());
  EXPECT_EQ(SecureVisitor(site.port()).server(), "next");
  EXPECT_THAT(before.send(kHello).answer(), EndsWith("ciao mondo"));
}

TEST_F(Tls, certificate_that_does_not_fit_its_key_is_told_once_and_the_old_one_stays) {
  const auto shown = identity();
  TestSite site({}, TestSite::few(), shown);
  const auto other = own_certificate(folder.path(), "next");
  std::filesystem::rename(other.certificate, made.certificate);
  EXPECT_FALSE(*shown->look());
  const auto told = shown->look();
  ASSERT_FALSE(told.ok());
  EXPECT_THAT(told.error().message.en, HasSubstr("http.tls: " + made.key + ": key values mismatch"));
  EXPECT_FALSE(*shown->look());
  EXPECT_EQ(SecureVisitor(site.port()).server(), "own");
  std::filesystem::rename(other.key, made.key);
  EXPECT_FALSE(*shown->look());
  EXPECT_TRUE(*shown->look());
  EXPECT_EQ(SecureVisitor(site.port()).server(), "next");
}

TEST_F(Tls, files_that_are_missing_or_none_are_told_by_name) {
  const auto missing = TlsIdentity::open({folder.path().string() + "/none.pem", made.key}, false);
  ASSERT_FALSE(missing.ok());
  EXPECT_THAT(missing.error().message.en, HasSubstr("/none.pem: "));
  std::ofstream(folder.path().string() + "/words.pem") << "words\n";
  EXPECT_FALSE(TlsIdentity::open({made.certificate, folder.path().string() + "/words.pem"}, false).ok());
}

TEST_F(Tls, certificate_says_when_it_ends) {
  const auto left = identity()->expires() - std::chrono::system_clock::now();
  EXPECT_GT(left, 24h);
  EXPECT_LT(left, 49h);
}

TEST_F(Tls, clients_certificates_reach_the_handler_where_they_are_asked_for) {
  HttpRoutes routes;
  routes.add({"GET", "/who", [](const HttpRequest& request) {
                const auto count = request.certificates ? request.certificates->size() : 0;
                return HttpResponse{200, "text/plain", std::to_string(count), {}};
              }});
  const auto shown = identity(true);
  TestSite site({}, routes, shown);
  const auto theirs = own_certificate(folder.path(), "portale");
  constexpr const char* kWho = "GET /who HTTP/1.1\r\nHost: hub\r\n\r\n";
  SecureVisitor known(site.port(), {.certificate = theirs.certificate, .key = theirs.key});
  EXPECT_THAT(known.send(kWho).answer(), EndsWith("\r\n\r\n1"));
  SecureVisitor unknown(site.port());
  EXPECT_THAT(unknown.send(kWho).answer(), EndsWith("\r\n\r\n0"));
  shown->ask_clients(false);
  SecureVisitor unasked(site.port(), {.certificate = theirs.certificate, .key = theirs.key});
  EXPECT_THAT(unasked.send(kWho).answer(), EndsWith("\r\n\r\n0"));
}

TEST_F(Tls, sessions_are_gone_on_with_unless_clients_are_asked_who_they_are) {
  for (const bool asks : {false, true}) {
    TestSite site({}, TestSite::few(), identity(asks));
    SecureVisitor first(site.port());
    EXPECT_THAT(first.send(kHello).answer(), EndsWith("ciao mondo"));  // with it came the ticket
    SSL_SESSION* const session = SSL_get1_session(first.tls());
    SecureVisitor second(site.port(), {.session = session});
    EXPECT_EQ(SSL_session_reused(second.tls()) == 1, !asks);
    SSL_SESSION_free(session);
  }
}

}  // namespace
}  // namespace raccordo
