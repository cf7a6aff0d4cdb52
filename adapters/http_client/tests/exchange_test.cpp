// SPDX-License-Identifier: EUPL-1.2
// Whatever a partner answers, the hub stays within its guards and says what happened.
#include "adapters/http_client/exchange.hpp"

#include <gmock/gmock.h>
#include <zlib.h>

#include <latch>
#include <thread>

#include "core/ports/testing/temp_folder.hpp"
#include "tests/partner/own_certificate.hpp"
#include "tests/partner/web_partner.hpp"

namespace raccordo::http_client {
namespace {

using namespace std::chrono_literals;
using raccordo::testing::Asked;
using raccordo::testing::own_certificate;
using raccordo::testing::Reply;
using raccordo::testing::TempFolder;
using raccordo::testing::WebPartner;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

Guards guards() {
  Guards guards;
  guards.networks = {Network::parse("127.0.0.0/8").value()};
  guards.connect = 5s;
  guards.whole = 20s;
  return guards;
}

struct Got {
  Result<Answer> answer;
  std::string body;
};

Got get(Partner& partner, const std::string& url, const std::vector<Header>& headers = {}) {
  Got got{error(ErrorCode::kBug, {}), {}};
  got.answer = partner.ask({"GET", url, headers, {}},
                           [&](std::string_view piece) {
                             got.body += piece;
                             return done();
                           },
                           {});
  return got;
}

Got get(const Guards& guarded, const std::string& url) {
  Partner partner(guarded);
  return get(partner, url);
}

std::string packed(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

TEST(Exchange, gives_status_headers_and_body) {
  WebPartner web([](const Asked&) { return Reply{200, {{"ETag", "\"a\""}, {"X-Two", " b "}}, "id;nome\n"}; });
  const auto got = get(guards(), web.url("/catalogo.csv?anno=2026"));
  ASSERT_TRUE(got.answer.ok()) << got.answer.error().message.en;
  EXPECT_EQ(got.answer->status, 200);
  EXPECT_EQ(got.answer->header("etag"), "\"a\"");
  EXPECT_EQ(got.answer->header("x-two"), "b");
  EXPECT_EQ(got.body, "id;nome\n");
  EXPECT_EQ(web.asked()[0].target, "/catalogo.csv?anno=2026");
}

TEST(Exchange, keeps_its_connection) {
  WebPartner web([](const Asked&) { return Reply{200, {}, "x"}; });
  Partner partner(guards());
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(get(partner, web.url("/")).answer.ok());
  EXPECT_EQ(web.connections(), 1);
}

TEST(Exchange, sends_method_headers_and_body) {
  WebPartner web([](const Asked&) { return Reply{204, {}, ""}; });
  Partner partner(guards());
  const auto answer = partner.ask({"POST", web.url("/in"), {{"X-Key", "k"}, {"X-Empty", ""}}, "{\"a\":1}"},
                                  [](std::string_view) { return done(); }, {});
  ASSERT_TRUE(answer.ok());
  const auto asked = web.asked()[0];
  EXPECT_EQ(asked.method, "POST");
  EXPECT_EQ(asked.headers.at("x-key"), "k");
  EXPECT_EQ(asked.headers.at("x-empty"), "");
  EXPECT_EQ(asked.body, "{\"a\":1}");
}

TEST(Exchange, hands_on_no_body_of_a_refusal) {
  WebPartner web([](const Asked&) { return Reply{500, {}, "stack trace of Mario Rossi"}; });
  const auto got = get(guards(), web.url("/"));
  EXPECT_EQ(got.answer->status, 500);
  EXPECT_THAT(got.body, IsEmpty());
}

TEST(Exchange, unpacks) {
  const std::string text(100'000, 'x');
  WebPartner web([&](const Asked&) { return Reply{200, {{"Content-Encoding", "gzip"}}, packed(text)}; });
  auto guarded = guards();
  guarded.max_ratio = 5'000;
  const auto got = get(guarded, web.url("/"));
  EXPECT_EQ(got.body, text);
  EXPECT_THAT(web.asked()[0].headers.at("accept-encoding"), HasSubstr("gzip"));
}

TEST(Exchange, refuses_what_unpacks_to_far_more_than_came) {
  const auto bomb = packed(std::string(64u << 20, '\0'));
  WebPartner web([&](const Asked&) { return Reply{200, {{"Content-Encoding", "gzip"}}, bomb}; });
  const auto got = get(guards(), web.url("/b"));
  ASSERT_FALSE(got.answer.ok());
  EXPECT_EQ(got.answer.error().code, ErrorCode::kTooLarge);
  EXPECT_THAT(got.answer.error().message.en, HasSubstr("200 times"));
  EXPECT_LT(got.body.size(), 8u << 20);
}

TEST(Exchange, refuses_a_body_over_its_limit_whatever_length_was_told) {
  auto guarded = guards();
  guarded.max_body = 1'000;
  const std::string chunk = "400\r\n" + std::string(0x400, 'x') + "\r\n";
  WebPartner web([&](const Asked&) {
    return Reply{.raw =
                     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + chunk + "0\r\n\r\n"};
  });
  const auto got = get(guarded, web.url("/"));
  ASSERT_FALSE(got.answer.ok());
  EXPECT_EQ(got.answer.error().code, ErrorCode::kTooLarge);
  EXPECT_THAT(got.answer.error().message.en, HasSubstr("1000 bytes"));
}

TEST(Exchange, refuses_headers_without_end) {
  WebPartner web([](const Asked&) {
    Reply reply{200, {}, "x"};
    for (int i = 0; i < 300; ++i) reply.headers.push_back({"X-" + std::to_string(i), std::string(500, 'h')});
    return reply;
  });
  EXPECT_EQ(get(guards(), web.url("/")).answer.error().code, ErrorCode::kTooLarge);
}

TEST(Exchange, tells_an_answer_that_was_cut) {
  WebPartner web(
      [](const Asked&) { return Reply{.raw = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"}; });
  const auto got = get(guards(), web.url("/"));
  ASSERT_FALSE(got.answer.ok());
  EXPECT_EQ(got.answer.error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(got.answer.error().message.en, HasSubstr("ended before its end"));
}

TEST(Exchange, tells_what_is_no_web_server) {
  WebPartner web([](const Asked&) { return Reply{.raw = "220 ftp.partner.example ready\r\n"}; });
  EXPECT_EQ(get(guards(), web.url("/")).answer.error().code, ErrorCode::kUnavailable);
}

TEST(Exchange, gives_up_at_its_deadline) {
  WebPartner web([](const Asked&) { return Reply{.hangs = true}; });
  auto guarded = guards();
  guarded.whole = 50ms;
  const auto got = get(guarded, web.url("/"));
  ASSERT_FALSE(got.answer.ok());
  EXPECT_EQ(got.answer.error().code, ErrorCode::kTimeout);
}

TEST(Exchange, ends_when_it_is_stopped) {
  std::latch arrived(1);
  WebPartner web([&](const Asked&) {
    arrived.count_down();
    return Reply{.hangs = true};
  });
  std::stop_source stop;
  const std::jthread stopper([&] {
    arrived.wait();
    stop.request_stop();
  });
  Partner partner(guards());
  const auto answer = partner.ask(
      {"GET", web.url("/"), {}, {}}, [](std::string_view) { return done(); }, stop.get_token());
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(answer.error().message.en, HasSubstr("stopped"));
}

TEST(Exchange, says_what_the_one_who_takes_the_body_says) {
  WebPartner web([](const Asked&) { return Reply{200, {}, "x"}; });
  Partner partner(guards());
  const auto answer =
      partner.ask({"GET", web.url("/"), {}, {}},
                  [](std::string_view) -> Status { return error(ErrorCode::kFull, as_is("full")); }, {});
  EXPECT_EQ(answer.error().code, ErrorCode::kFull);
}

TEST(Exchange, speaks_to_nobody_inside_unless_told_so) {
  WebPartner web([](const Asked&) { return Reply{200, {}, "x"}; });
  auto guarded = guards();
  guarded.networks.clear();
  const auto got = get(guarded, web.url("/"));
  ASSERT_FALSE(got.answer.ok());
  EXPECT_EQ(got.answer.error().code, ErrorCode::kDenied);
  EXPECT_THAT(got.answer.error().message.en, HasSubstr("127.0.0.1"));
  EXPECT_THAT(got.answer.error().hint.en, HasSubstr("networks"));
  EXPECT_EQ(web.connections(), 0);
}

// curl takes localhost for ::1 and 127.0.0.1, whatever the machine says.
TEST(Exchange, goes_on_to_an_allowed_address_behind_one_that_is_not) {
  WebPartner web([](const Asked&) { return Reply{200, {}, "x"}; });
  std::string url = web.url("/");
  url.replace(url.find("127.0.0.1"), 9, "localhost");
  EXPECT_EQ(get(guards(), url).body, "x");
  const auto got = get(guards(), url);
  ASSERT_TRUE(got.answer.ok()) << got.answer.error().message.en;
}

TEST(Exchange, uses_no_proxy_of_the_environment) {
  ::setenv("http_proxy", "http://127.0.0.1:1", 1);
  WebPartner web([](const Asked&) { return Reply{200, {}, "x"}; });
  EXPECT_TRUE(get(guards(), web.url("/")).answer.ok());
  ::unsetenv("http_proxy");
}

TEST(Exchange, goes_through_the_proxy_that_it_was_given) {
  WebPartner proxy([](const Asked&) { return Reply{200, {}, "by the proxy"}; });
  Guards guarded;  // the partner's address is the proxy's to find
  guarded.proxy = {proxy.url(""), "hub", "parola", {"direct.example"}};
  const auto got = get(guarded, "http://partner.invalid/catalogo.csv");
  EXPECT_EQ(got.body, "by the proxy");
  const auto asked = proxy.asked()[0];
  EXPECT_EQ(asked.target, "http://partner.invalid/catalogo.csv");
  EXPECT_EQ(asked.headers.at("proxy-authorization"), "Basic aHViOnBhcm9sYQ==");
}

TEST(Exchange, guards_the_addresses_of_hosts_that_are_spoken_to_without_the_proxy) {
  WebPartner web([](const Asked&) { return Reply{200, {}, "x"}; });
  WebPartner proxy([](const Asked&) { return Reply{200, {}, "by the proxy"}; });
  Guards guarded;
  guarded.proxy = {proxy.url(""), "", "", {"127.0.0.1"}};
  const auto got = get(guarded, web.url("/"));
  ASSERT_FALSE(got.answer.ok());
  EXPECT_EQ(got.answer.error().code, ErrorCode::kDenied);
  EXPECT_EQ(web.connections() + proxy.connections(), 0);
  guarded.networks = guards().networks;
  EXPECT_EQ(get(guarded, web.url("/")).body, "x");
}

TEST(Url, is_shown_without_what_may_be_a_key_or_a_password) {
  EXPECT_EQ(shown("https://partner.example/a/b@c?key=1#x"), "https://partner.example/a/b@c");
  EXPECT_EQ(shown("https://hub:pa@rola@partner.example/a"), "https://partner.example/a");
  EXPECT_EQ(shown("https://hub:parola@partner.example"), "https://partner.example");
  EXPECT_EQ(shown("hub:parola@partner.example/a"), "partner.example/a");
}

TEST(Hosts, are_those_named_and_those_of_a_domain) {
  EXPECT_TRUE(among_hosts("partner.example", {"partner.example"}));
  EXPECT_TRUE(among_hosts("www.partner.example", {"Partner.Example"}));
  EXPECT_TRUE(among_hosts("www.partner.example", {".partner.example"}));
  EXPECT_TRUE(among_hosts("any.example", {"*"}));
  EXPECT_FALSE(among_hosts("otherpartner.example", {"partner.example"}));
  EXPECT_FALSE(among_hosts("partner.example", {"", "www.partner.example"}));
}

TEST(Exchange, refuses_headers_that_break_the_line) {
  Partner partner(guards());
  const auto answer = partner.ask({"GET", "http://127.0.0.1:1/", {{"X-A", "1\r\nX-B: 2"}}, {}},
                                  [](std::string_view) { return done(); }, {});
  EXPECT_EQ(answer.error().code, ErrorCode::kInvalid);
  EXPECT_THAT(answer.error().message.en, Not(HasSubstr("X-B")));
}

TEST(Exchange, refuses_other_protocols_and_names_in_addresses) {
  for (const auto* const url :
       {"file:///etc/passwd", "ftp://partner.example/", "http://user:secret@partner.example/", "casa", ""})
    EXPECT_EQ(get(guards(), url).answer.error().code, ErrorCode::kInvalid) << url;
}

TEST(Exchange, shows_no_query_in_its_words) {
  const auto got = get(guards(), "http://127.0.0.1:1/catalogo.csv?key=segreto");
  ASSERT_FALSE(got.answer.ok());
  EXPECT_EQ(got.answer.error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(got.answer.error().message.en, HasSubstr("http://127.0.0.1:1/catalogo.csv"));
  EXPECT_THAT(got.answer.error().message.en, Not(HasSubstr("segreto")));
}

TEST(Redirects, are_followed_on_the_same_server_with_its_key) {
  WebPartner web([](const Asked& asked) {
    return asked.target == "/old" ? Reply{302, {{"Location", "/new"}}, "moved"} : Reply{200, {}, "here"};
  });
  Partner partner(guards());
  const auto got = get(partner, web.url("/old"), {{"Authorization", "Bearer k"}});
  EXPECT_EQ(got.body, "here");
  EXPECT_EQ(got.answer->url, web.url("/new"));
  EXPECT_EQ(web.asked()[1].headers.at("authorization"), "Bearer k");
}

TEST(Redirects, lead_to_no_other_host_unless_told_so_and_take_no_key_there) {
  WebPartner other([](const Asked&) { return Reply{200, {}, "elsewhere"}; });
  WebPartner web([&](const Asked&) {
    return Reply{301, {{"Location", "http://127.0.0.2:" + std::to_string(other.port()) + "/"}}, ""};
  });
  const auto refused = get(guards(), web.url("/"));
  ASSERT_FALSE(refused.answer.ok());
  EXPECT_EQ(refused.answer.error().code, ErrorCode::kDenied);
  EXPECT_THAT(refused.answer.error().message.en, HasSubstr("127.0.0.2"));
  EXPECT_THAT(refused.answer.error().hint.en, HasSubstr("hosts"));

  web.answer_with([&](const Asked&) { return Reply{301, {{"Location", other.url("/")}}, ""}; });
  Partner partner(guards());
  const auto got = get(partner, web.url("/"), {{"X-Api-Key", "k"}, {"Accept", "text/csv"}});
  EXPECT_EQ(got.body, "elsewhere") << "another port is another server";
  EXPECT_EQ(other.asked()[0].headers.count("x-api-key"), 0u);
  EXPECT_EQ(other.asked()[0].headers.at("accept"), "text/csv");
}

TEST(Redirects, end_after_a_few) {
  WebPartner web([](const Asked&) { return Reply{307, {{"Location", "/again"}}, ""}; });
  const auto got = get(guards(), web.url("/"));
  EXPECT_EQ(got.answer.error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(web.asked(), SizeIs(6));
}

TEST(Redirects, lead_to_no_other_protocol) {
  WebPartner web([](const Asked&) { return Reply{302, {{"Location", "file:///etc/passwd"}}, ""}; });
  EXPECT_FALSE(get(guards(), web.url("/")).answer.ok());
}

TEST(Encryption, holds_with_the_signers_that_were_named_and_no_others) {
  const TempFolder folder;
  const auto own = own_certificate(folder.path().string());
  const auto other = own_certificate(folder.path().string(), "other");
  WebPartner web([](const Asked&) { return Reply{200, {}, "sealed"}; }, {own.certificate, own.key});
  auto guarded = guards();
  guarded.tls.ca = own.certificate;
  const auto got = get(guarded, web.url("/"));
  ASSERT_TRUE(got.answer.ok()) << got.answer.error().message.en;
  EXPECT_EQ(got.body, "sealed");
  for (const auto& ca : {std::string(), other.certificate}) {
    guarded.tls.ca = ca;
    const auto refused = get(guarded, web.url("/"));
    ASSERT_FALSE(refused.answer.ok()) << ca;
    EXPECT_EQ(refused.answer.error().code, ErrorCode::kDenied);
    EXPECT_THAT(refused.answer.error().hint.en, HasSubstr("tls.ca"));
  }
}

}  // namespace
}  // namespace raccordo::http_client
