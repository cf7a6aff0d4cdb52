// SPDX-License-Identifier: EUPL-1.2
// What whoever looks after the hub is told of a partner's web server.
#include "adapters/http_client/examine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/ports/testing/simulated_clock.hpp"
#include "core/ports/testing/temp_folder.hpp"
#include "tests/partner/own_certificate.hpp"
#include "tests/partner/web_partner.hpp"

namespace raccordo::http_client {
namespace {

using ::testing::AllOf;
using testing::Asked;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Reply;
using testing::SimulatedClock;
using testing::WebPartner;
using namespace std::chrono_literals;

auto is(Health health, const std::string& words) {
  return AllOf(Field(&Diagnosis::health, health),
               Field(&Diagnosis::what, Field(&Text::en, HasSubstr(words))));
}

Documents at(std::vector<std::string> urls) {
  Documents documents;
  documents.urls = std::move(urls);
  return documents;
}

class WebExamination : public ::testing::Test {
 protected:
  std::vector<Diagnosis> examined(Documents documents) {
    documents.guards.networks = {*Network::parse("127.0.0.1")};
    return examine(std::move(documents), clock_, {});
  }

  SimulatedClock clock_;
};

TEST_F(WebExamination, asks_as_a_look_would_and_waits_for_no_body) {
  const WebPartner web([](const Asked&) {
    return Reply{0, {}, {}, "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\nbegin"};
  });
  Documents documents = at({web.url("/a.csv?key=1")});
  documents.headers = {{"X-Ente", "7"}};
  documents.credentials = {CredentialKind::kBearer, "", "t0k", "", ""};
  EXPECT_THAT(examined(documents), ElementsAre(is(Health::kGood, "/a.csv: it answers 200")));
  const auto asked = web.asked().at(0);
  EXPECT_EQ(asked.headers.at("authorization"), "Bearer t0k");
  EXPECT_EQ(asked.headers.at("x-ente"), "7");
}

TEST_F(WebExamination, says_who_refuses_us_and_shows_no_key) {
  const WebPartner web([](const Asked&) { return Reply{403, {}, "no"}; });
  const auto found = examined(at({web.url("/a.csv?key=s3gr3ta")}));
  EXPECT_THAT(found,
              ElementsAre(AllOf(is(Health::kBad, "it answered 403"), is(Health::kBad, web.url("/a.csv")))));
  EXPECT_THAT(found[0].what.en + found[0].hint.en, Not(HasSubstr("s3gr3ta")));
}

TEST_F(WebExamination, goes_on_with_the_other_documents) {
  const WebPartner web([](const Asked&) { return Reply{}; });
  EXPECT_THAT(examined(at({"http://127.0.0.1:1/a", web.url("/b")})),
              ElementsAre(is(Health::kBad, "127.0.0.1:1"), is(Health::kGood, "/b: it answers 200")));
}

TEST_F(WebExamination, says_that_clocks_disagree) {
  const auto now = std::chrono::duration_cast<std::chrono::seconds>(clock_.now().time_since_epoch()).count();
  const auto date = [](std::int64_t seconds) {
    const auto time = static_cast<std::time_t>(seconds);
    char text[64];
    return std::string(text,
                       std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", std::gmtime(&time)));
  };
  WebPartner web([&](const Asked&) { return Reply{200, {{"Date", date(now - 59)}}, ""}; });
  EXPECT_THAT(examined(at({web.url("/a")})), ElementsAre(is(Health::kGood, "200")));
  web.answer_with([&](const Asked&) { return Reply{200, {{"Date", date(now - 90)}}, ""}; });
  EXPECT_THAT(examined(at({web.url("/a")})),
              ElementsAre(is(Health::kGood, "200"), is(Health::kDoubtful, "differ by 90 seconds")));
}

TEST_F(WebExamination, says_until_when_a_certificate_holds) {
  const testing::TempFolder folder;
  const auto own = testing::own_certificate(folder.path().string());  // two days from now on
  const WebPartner web([](const Asked&) { return Reply{}; }, {own.certificate, own.key});
  Documents documents = at({web.url("/a")});
  EXPECT_THAT(examined(documents), ElementsAre(is(Health::kBad, "certificate")));
  documents.guards.tls.ca = own.certificate;
  const WallTime made = std::chrono::system_clock::now();
  clock_.set(made);
  const auto soon = examined(documents);
  EXPECT_THAT(soon,
              ElementsAre(is(Health::kGood, "200"), is(Health::kDoubtful, "its certificate ends on 20")));
  clock_.set(made - 40 * 24h);
  EXPECT_THAT(examined(documents).at(1), is(Health::kGood, "its certificate holds until 20"));
}

TEST_F(WebExamination, follows_where_it_is_led) {
  const WebPartner web([](const Asked& asked) {
    return asked.target == "/a" ? Reply{302, {{"Location", "/b"}}, "there"} : Reply{200, {}, "x"};
  });
  EXPECT_THAT(examined(at({web.url("/a")})), ElementsAre(is(Health::kGood, "200")));
}

}  // namespace
}  // namespace raccordo::http_client
