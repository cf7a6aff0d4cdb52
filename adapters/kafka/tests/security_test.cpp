// SPDX-License-Identifier: EUPL-1.2
// A broker that lets in only who speaks TLS and proves who it is.
#include <gmock/gmock.h>
#include <librdkafka/rdkafka.h>

#include <cstdlib>
#include <filesystem>

#include "adapters/kafka/kafka_backbone.hpp"
#include "core/ports/testing/recording_log.hpp"
#include "core/ports/testing/simulated_clock.hpp"
#include "tests/kafka/real_broker.hpp"

namespace raccordo::kafka {
namespace {

using namespace std::chrono_literals;
using raccordo::testing::BrokerSecurity;
using raccordo::testing::RealBroker;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kUser = "raccordo";
constexpr const char* kPassword = "parola-di-prova";

// A certificate of its own making for 127.0.0.1.
std::string certificate_in(const std::string& folder) {
  const std::string pem = folder + "/broker.pem";
  const std::string command =
      "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 "
      "-addext subjectAltName=IP:127.0.0.1 -keyout " +
      folder + "/key -out " + folder + "/certificate 2>/dev/null && cat " + folder + "/key " + folder +
      "/certificate >" + pem;
  EXPECT_EQ(std::system(command.c_str()), 0) << command;
  return pem;
}

std::string base64url(const std::string& text) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string out;
  unsigned bits = 0;
  int count = 0;
  for (const unsigned char c : text) {
    bits = bits << 8 | c;
    for (count += 8; count >= 6; count -= 6) out += kDigits[bits >> (count - 6) & 63];
  }
  if (count > 0) out += kDigits[bits << (6 - count) & 63];
  return out;
}

// That ends so many seconds from now on; the broker goes by the machine's clock. Nobody signed it.
std::string token(int seconds) {
  const auto now =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
  return base64url(R"({"alg":"none"})") + "." +
         base64url(fmt::format(R"({{"sub":"raccordo","iat":{},"exp":{}}})", now - 300, now + seconds)) + ".";
}

class SecuredBroker : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new raccordo::testing::TempFolder;
    const auto pem = certificate_in(folder_->path().string());
    const char* const version = std::getenv("RACCORDO_KAFKA_VERSION");
    const auto libraries = RealBroker::libraries(version != nullptr ? version : "3.9.1");
    if (libraries) broker_ = new RealBroker(*libraries, BrokerSecurity{pem, kUser, kPassword});
  }
  static void TearDownTestSuite() {
    delete broker_;
    delete folder_;
  }
  void SetUp() override {
    if (broker_ == nullptr) GTEST_SKIP() << "no Kafka; scripts/kafka.sh fetch brings it";
  }

  Status ensure(const Security& security) {
    BackboneOptions options;
    options.brokers = {broker_->address()};
    options.partitions = 1;
    options.answer_timeout = 5s;
    options.security = security;
    RACCORDO_TRY(const auto backbone, open_backbone(options, clock_, log_));
    RACCORDO_CHECK(backbone->ensure(std::vector<TopicSettings>{{"welfare.services", true}}));
    const std::vector<Message> one{{"welfare.services", uuid_v5(kNamespaceUrl, "a"), "1"}};
    RACCORDO_CHECK(backbone->append(one));
    RACCORDO_TRY(const auto batch, backbone->read("welfare.services", {}, 1, Duration::zero()));
    EXPECT_EQ(batch->messages.size(), 1u);
    return done();
  }
  // adapters/kafka/README.md says which brokers do not.
  static bool takes_our_scram() {
    const char* const version = std::getenv("RACCORDO_KAFKA_VERSION");
    return version == nullptr || *version == '3' || rd_kafka_version() >= 0x02060100;
  }
  static Tls tls() { return {folder_->file("certificate"), "", "", ""}; }

  static inline raccordo::testing::TempFolder* folder_ = nullptr;
  static inline RealBroker* broker_ = nullptr;
  raccordo::testing::SimulatedClock clock_;
  raccordo::testing::RecordingLog log_;
};

TEST_F(SecuredBroker, lets_in_by_each_mechanism) {
  for (const auto mechanism : {Mechanism::kScramSha512, Mechanism::kScramSha256, Mechanism::kPlain}) {
    const auto ensured = ensure({tls(), Sasl{mechanism, kUser, kPassword}});
    if (!ensured.ok() && mechanism != Mechanism::kPlain && !takes_our_scram()) {
      EXPECT_THAT(ensured.error().in(Language::kEnglish),
                  HasSubstr("brokers of version 4 do not take scram"));
      continue;
    }
    EXPECT_TRUE(ensured.ok()) << static_cast<int>(mechanism) << ensured.error().in(Language::kEnglish);
  }
}

TEST_F(SecuredBroker, lets_in_by_a_token) {
  int asked = 0;
  const auto ensured = ensure({tls(), {}, [&]() -> Result<BearerToken> {
                                 ++asked;
                                 return BearerToken{token(60), 60s};
                               }});
  EXPECT_TRUE(ensured.ok()) << ensured.error().in(Language::kEnglish);
  EXPECT_GT(asked, 0);
}

TEST_F(SecuredBroker, refuses_a_token_that_has_ended) {
  const auto ensured = ensure({tls(), {}, []() -> Result<BearerToken> {
                                 return BearerToken{token(-120), 60s};
                               }});
  ASSERT_FALSE(ensured.ok());
  EXPECT_EQ(ensured.error().code, ErrorCode::kDenied) << ensured.error().in(Language::kEnglish);
}

TEST_F(SecuredBroker, is_not_reached_without_a_token_and_the_reason_is_said) {
  const auto ensured = ensure({tls(), {}, []() -> Result<BearerToken> {
                                 return error(ErrorCode::kDenied, as_is("id.example: it answered 401"));
                               }});
  ASSERT_FALSE(ensured.ok());
  EXPECT_THAT(ensured.error().in(Language::kEnglish), HasSubstr("id.example: it answered 401"));
}

TEST_F(SecuredBroker, refuses_a_wrong_password_which_no_message_shows) {
  const auto ensured = ensure({tls(), Sasl{Mechanism::kScramSha512, kUser, "parola-sbagliata"}});
  ASSERT_FALSE(ensured.ok());
  EXPECT_EQ(ensured.error().code, ErrorCode::kDenied) << ensured.error().in(Language::kEnglish);
  EXPECT_THAT(ensured.error().in(Language::kEnglish), HasSubstr("check"));
  for (const auto& line : log_.lines()) EXPECT_THAT(line.message, Not(HasSubstr("parola-sbagliata")));
}

TEST_F(SecuredBroker, is_refused_when_nobody_known_signed_its_certificate) {
  const auto ensured = ensure({Tls{}, Sasl{Mechanism::kScramSha512, kUser, kPassword}});
  ASSERT_FALSE(ensured.ok());
  EXPECT_EQ(ensured.error().code, ErrorCode::kDenied) << ensured.error().in(Language::kEnglish);
  EXPECT_THAT(ensured.error().in(Language::kEnglish), HasSubstr("certificate"));
}

TEST_F(SecuredBroker, does_not_answer_who_speaks_in_the_clear) {
  const auto ensured = ensure({});
  ASSERT_FALSE(ensured.ok());
  EXPECT_EQ(ensured.error().code, ErrorCode::kUnavailable) << ensured.error().in(Language::kEnglish);
}

}  // namespace
}  // namespace raccordo::kafka
