// SPDX-License-Identifier: EUPL-1.2
// The ingress over its socket, plain and encrypted, with an inlet in memory.
#include "adapters/http_server/ingress/ingress.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <thread>

#include "adapters/http_server/ingress/tests/issued_certificate.hpp"
#include "adapters/http_server/tests/secure_visitor.hpp"
#include "adapters/http_server/tests/visitor.hpp"
#include "core/ports/testing/faulty_metrics.hpp"
#include "core/ports/testing/memory_inlet.hpp"
#include "core/ports/testing/recording_log.hpp"
#include "core/ports/testing/simulated_clock.hpp"
#include "core/ports/testing/temp_folder.hpp"

namespace raccordo {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

std::string post(std::string_view lines, std::string_view body = "{}",
                 std::string_view path = "/in/portale") {
  return fmt::format("POST {} HTTP/1.1\r\nHost: hub\r\nContent-Length: {}\r\n{}\r\n{}", path, body.size(),
                     lines, body);
}
const std::string kKnown = "Authorization: Bearer token\r\n";

Caller portal() { return {"portale", BearerRule{{"token"}}}; }

class IngressTest : public ::testing::Test {
 protected:
  void open(std::vector<Caller> callers = {portal()}, HttpLimits limits = {}) {
    IngressSettings settings{"127.0.0.1:0", {}, {10'000, 1s}, Language::kEnglish, limits};
    if (!certificate.certificate.empty()) settings.tls = {certificate.certificate, certificate.key};
    ingress = Ingress::open(std::move(settings), std::move(callers), {inlet, clock, log, metrics}).value();
  }
  void encrypt() { certificate = testing::own_certificate(folder.path()); }
  // Of a plain connection, to everything that was sent.
  std::string answers(std::string_view sent) {
    Visitor visitor(ingress->port());
    return visitor.send(sent).end_sending().all();
  }

  testing::TempFolder folder;
  testing::OwnCertificate certificate;
  testing::SimulatedClock clock;
  testing::RecordingLog log;
  testing::FaultyMetrics metrics;
  testing::MemoryInlet inlet{[](const InboundRequest& request) {
    return InboundAnswer{200, {{"Content-Type", "text/plain"}}, request.connector + ":" + request.body};
  }};
  std::unique_ptr<Ingress> ingress;
};

TEST_F(IngressTest, answers_whom_it_knows) {
  open();
  Visitor visitor(ingress->port());
  for (const auto* body : {"uno", "due"}) {
    const auto answer = visitor.send(post(kKnown, body)).answer();
    EXPECT_THAT(answer,
                AllOf(StartsWith("HTTP/1.1 200 OK\r\n"), EndsWith(std::string("\r\n\r\nportale:") + body)));
    EXPECT_THAT(answer, HasSubstr("X-RateLimit-Limit: 100\r\n"));
  }
}

TEST_F(IngressTest, is_asked_by_post_below_in_only) {
  open();
  EXPECT_THAT(answers("GET /in/portale HTTP/1.1\r\nHost: hub\r\n\r\n"),
              AllOf(StartsWith("HTTP/1.1 405 "), HasSubstr("Allow: POST\r\n")));
  EXPECT_THAT(answers("GET /metrics HTTP/1.1\r\nHost: hub\r\n\r\n"), StartsWith("HTTP/1.1 404 "));
  EXPECT_THAT(answers(post(kKnown, "x", "/out/portale")), StartsWith("HTTP/1.1 404 "));
}

// Whatever two parsers may read in two ways.
TEST_F(IngressTest, refuses_what_may_be_two_requests) {
  open();
  const std::string top = "POST /in/portale HTTP/1.1\r\nHost: hub\r\n" + kKnown;
  const std::string hidden = post(kKnown, "hidden");
  for (const std::string& evil :
       {top + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden,
        top + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc" + hidden,
        top + "Content-Length: 3, 3\r\n\r\nabc" + hidden, top + "Content-Length: +3\r\n\r\nabc" + hidden,
        top + "Content-Length: -1\r\n\r\nabc" + hidden,
        top + "Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n" + hidden,
        top + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + hidden,
        top + "X-A: 1\r\n folded\r\nContent-Length: 3\r\n\r\nabc" + hidden,
        top + "Content-Length: 3\n\r\nabc" + hidden,
        top + "X-A: a\rb\r\nContent-Length: 3\r\n\r\nabc" + hidden,
        top + "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n" + hidden,
        top + "Transfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n" + hidden,
        top + "Transfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n0\r\n\r\n" + hidden,
        top + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nabc\r\n0\r\n\r\n" + hidden,
        "POST /in/portale HTTP/1.1\r\nHost: hub\r\nHost: other\r\n" + kKnown +
            "Content-Length: 3\r\n\r\nabc" + hidden}) {
    const auto answer = answers(evil);
    EXPECT_THAT(answer,
                AllOf(::testing::ContainsRegex("^HTTP/1.1 (4..|501) "), HasSubstr("Connection: close\r\n")))
        << evil;
    EXPECT_THAT(answer, ::testing::Not(HasSubstr("portale:"))) << evil;
  }
  EXPECT_EQ(metrics.sum("called", "", "malformed"), 15);
}

TEST_F(IngressTest, reads_chunks_that_are_as_they_should_be) {
  open();
  EXPECT_THAT(answers("POST /in/portale HTTP/1.1\r\nHost: hub\r\n" + kKnown +
                      "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1;x=y\r\nc\r\n0\r\n\r\n"),
              EndsWith("portale:abc"));
}

TEST_F(IngressTest, refuses_heads_without_end_and_bodies_beyond_the_largest_of_all) {
  auto small = portal();
  small.body_bytes = 1'000;
  open({small}, {.head_bytes = 4'096});
  EXPECT_THAT(answers(post(kKnown + "X-Long: " + std::string(8'000, 'x') + "\r\n")),
              StartsWith("HTTP/1.1 431 "));
  EXPECT_THAT(answers(post(kKnown, std::string((256u << 10) + 1, 'x'))), StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(answers(post(kKnown, std::string(1'001, 'x'))), StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(answers(post(kKnown, std::string(1'000, 'x'))), StartsWith("HTTP/1.1 200 "));
  EXPECT_EQ(metrics.sum("called", "", "too_large"), 1);
  EXPECT_EQ(metrics.sum("called", "portale", "too_large"), 1);
}

TEST_F(IngressTest, larger_body_may_come_once_the_configuration_says_so) {
  open();
  const auto large = post(kKnown, std::string(300u << 10, 'x'));
  EXPECT_THAT(answers(large), StartsWith("HTTP/1.1 413 "));
  auto larger = portal();
  larger.body_bytes = 1u << 20;
  ingress->serve({larger});
  EXPECT_THAT(answers(large), StartsWith("HTTP/1.1 200 "));
}

TEST_F(IngressTest, client_that_closes_early_hands_nothing_on) {
  open();
  for (const std::string& part :
       {std::string("POST /in/por"), post(kKnown, "whole").substr(0, 60),
        "POST /in/portale HTTP/1.1\r\nHost: hub\r\n" + kKnown + "Content-Length: 10\r\n\r\nabc"})
    EXPECT_THAT(answers(part), IsEmpty());
  EXPECT_EQ(metrics.sum("called", "portale", "2xx"), 0);
}

TEST_F(IngressTest, waits_for_the_inlet_and_no_longer_than_it_may) {
  testing::MemoryInlet slow;
  ingress = Ingress::open({"127.0.0.1:0", {}, {100, 1s}, Language::kEnglish, {.handling = 30ms}}, {portal()},
                          {slow, clock, log, metrics})
                .value();
  Visitor patient(ingress->port());
  const auto answer = patient.send(post(kKnown + "Accept-Language: en\r\n")).answer();
  EXPECT_THAT(answer,
              AllOf(StartsWith("HTTP/1.1 503 "), HasSubstr("Retry-After: "),
                    HasSubstr("urn:raccordo:problem:no-answer"), HasSubstr("repeat it later as it is")));
  slow.next().reply.answer({});
}

TEST_F(IngressTest, finishes_what_the_inlet_has_when_it_ends) {
  testing::MemoryInlet slow;
  ingress = Ingress::open({"127.0.0.1:0", {}, {100, 1s}, Language::kEnglish, {.farewell = 1h}}, {portal()},
                          {slow, clock, log, metrics})
                .value();
  Visitor visitor(ingress->port());
  visitor.send(post(kKnown));
  auto asked = slow.next();
  std::jthread ending([&] { ingress.reset(); });
  asked.reply.answer({200, {}, "done"});
  EXPECT_THAT(visitor.answer(), EndsWith("done"));
  visitor.end_sending();
}

TEST_F(IngressTest, speaks_tls_and_takes_up_a_new_certificate) {
  encrypt();
  open();
  SecureVisitor visitor(ingress->port(), {.trusts = certificate.certificate});
  ASSERT_TRUE(visitor.connected());
  EXPECT_THAT(visitor.send(post(kKnown, "ciao")).answer(), EndsWith("portale:ciao"));
  const auto next = testing::own_certificate(folder.path(), "next");
  std::filesystem::rename(next.certificate, certificate.certificate);
  ingress->look();
  ingress->look();
  EXPECT_THAT(log.lines().back().message,
              HasSubstr("http.tls: " + certificate.key + ": key values mismatch"));
  std::filesystem::rename(next.key, certificate.key);
  ingress->look();
  ingress->look();
  EXPECT_EQ(log.lines().back().message, "the new certificate of http.ingress is in use");
  EXPECT_EQ(SecureVisitor(ingress->port()).server(), "next");
}

TEST_F(IngressTest, does_not_open_without_its_certificate) {
  const auto opened = Ingress::open({"127.0.0.1:0", TlsIdentity::Files{"/none.pem", "/none.key"}}, {},
                                    {inlet, clock, log, metrics});
  ASSERT_FALSE(opened.ok());
  EXPECT_THAT(opened.error().message.en, HasSubstr("/none.pem"));
}

TEST_F(IngressTest, knows_a_partner_by_its_certificate) {
  encrypt();
  const auto ca = testing::own_certificate(folder.path(), "ca");
  const auto theirs = testing::issued_certificate(folder.path(), "portale", ca);
  const auto others = testing::issued_certificate(folder.path(), "altro", ca,
                                                  {.extensions = "subjectAltName=DNS:altro.example"});
  auto pinned = PinnedCertificate::of({.ca = ca.certificate, .names = {"portale.example"}}).value();
  clock.set(std::chrono::system_clock::now());
  open({{"portale", pinned}});
  SecureVisitor known(ingress->port(), {.certificate = theirs.certificate, .key = theirs.key});
  EXPECT_THAT(known.send(post("", "ciao")).answer(), EndsWith("portale:ciao"));
  SecureVisitor other(ingress->port(), {.certificate = others.certificate, .key = others.key});
  EXPECT_THAT(other.send(post("")).answer(), StartsWith("HTTP/1.1 401 "));
  SecureVisitor none(ingress->port());
  EXPECT_THAT(none.send(post("")).answer(), StartsWith("HTTP/1.1 401 "));
  EXPECT_EQ(log.lines().back().message,
            "a request from 127.0.0.1 was refused: its certificate has other names");
}

}  // namespace
}  // namespace raccordo
