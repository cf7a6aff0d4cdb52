// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/ingress/signature.hpp"

#include <gmock/gmock.h>

#include "adapters/http_server/ingress/signature_memory.hpp"

namespace raccordo {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

constexpr WallTime kNow{std::chrono::seconds(1'768'464'000)};
const SignatureRule kRule{.keys = {"segreto-di-prova"}};

HttpRequest request(std::vector<HttpHeader> headers, std::string body = R"({"id":"p-1"})") {
  HttpRequest out;
  out.headers = std::move(headers);
  out.body = std::move(body);
  return out;
}

std::string digits(std::string_view key, std::string_view time, std::string_view body = R"({"id":"p-1"})") {
  return hex(hmac_sha256(key, std::string(time) + ".", body));
}

std::string why(const HttpRequest& request, const SignatureRule& rule = kRule, WallTime now = kNow) {
  const auto checked = check_signature(request, rule, now);
  return std::holds_alternative<Text>(checked) ? std::get<Text>(checked).en : "fits";
}

TEST(Digests, are_those_of_the_standards) {
  EXPECT_EQ(hex(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");  // FIPS 180-4
  EXPECT_EQ(hex(hmac_sha256(std::string(20, '\x0b'), "Hi ", "There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");  // RFC 4231, case 1
  EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want ", "for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");  // case 2
  EXPECT_EQ(hex(hmac_sha256(std::string(131, '\xaa'), "",
                            "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");  // case 6
}

TEST(Digests, are_read_from_hex_of_either_case_and_nothing_else) {
  const auto digest = sha256("abc");
  auto upper = hex(digest);
  std::ranges::transform(upper, upper.begin(), [](char c) { return static_cast<char>(std::toupper(c)); });
  EXPECT_EQ(digest_from_hex(hex(digest)), digest);
  EXPECT_EQ(digest_from_hex(upper), digest);
  for (const auto& wrong :
       {std::string(), hex(digest).substr(1), hex(digest) + "0", "g" + hex(digest).substr(1)})
    EXPECT_FALSE(digest_from_hex(wrong)) << wrong;
}

TEST(Secrets, are_the_same_only_whole) {
  EXPECT_TRUE(same_secret("abc", "abc"));
  EXPECT_FALSE(same_secret("abc", "abcd"));
  EXPECT_FALSE(same_secret("", "a"));
}

TEST(Signature, of_time_and_body_fits) {
  EXPECT_EQ(why(request({{"X-Signature", "t=1768464000,v1=" + digits("segreto-di-prova", "1768464000")}})),
            "fits");
}

TEST(Signature, says_the_same_as_openssl) {
  // printf '1768464000.{"id":"p-1"}' | openssl dgst -sha256 -hmac segreto-di-prova
  EXPECT_EQ(digits("segreto-di-prova", "1768464000"),
            "d8b983c5a4b8ba3c0c8a2698d2ce76d44825b7c79084b494ebedff378ede803b");
}

TEST(Signature, of_another_key_time_or_body_does_not_fit) {
  const auto good = digits("segreto-di-prova", "1768464000");
  EXPECT_EQ(why(request({{"X-Signature", "t=1768464000,v1=" + digits("altro", "1768464000")}})),
            "the signature does not fit");
  EXPECT_EQ(why(request({{"X-Signature", "t=1768464001,v1=" + good}})), "the signature does not fit");
  EXPECT_EQ(why(request({{"X-Signature", "t=1768464000,v1=" + good}}, R"({"id":"p-2"})")),
            "the signature does not fit");
}

TEST(Signature, holds_within_the_window_only) {
  const auto at = [](std::int64_t seconds) {
    const auto time = std::to_string(seconds);
    return why(request({{"X-Signature", "t=" + time + ",v1=" + digits("segreto-di-prova", time)}}));
  };
  EXPECT_EQ(at(1'768'464'000 - 300), "fits");
  EXPECT_EQ(at(1'768'464'000 + 300), "fits");
  EXPECT_EQ(at(1'768'464'000 - 301), "the signature's time is -301 seconds from ours");
  EXPECT_EQ(at(1'768'464'000 + 301), "the signature's time is 301 seconds from ours");
  EXPECT_EQ(at(99'999'999'999), "the signature's time is 98231535999 seconds from ours");
}

TEST(Signature, may_be_made_with_either_key_while_they_change) {
  const SignatureRule both{.keys = {"nuovo", "vecchio"}};
  for (const auto* key : {"nuovo", "vecchio"})
    EXPECT_EQ(why(request({{"X-Signature", "t=1768464000,v1=" + digits(key, "1768464000")}}), both), "fits");
  EXPECT_EQ(why(request({{"X-Signature", "t=1768464000, v1=" + digits("altro", "1768464000") +
                                             ", v1=" + digits("segreto-di-prova", "1768464000")}})),
            "fits");
}

TEST(Signature, may_stand_in_other_headers) {
  const SignatureRule rule{.keys = {"k"}, .header = "X-Hub-Signature-256", .time_header = "X-Time"};
  const auto good = digits("k", "1768464000");
  for (const std::string& text : {good, "sha256=" + good, "v1=" + good})
    EXPECT_EQ(why(request({{"x-hub-signature-256", text}, {"x-time", "1768464000"}}), rule), "fits");
  EXPECT_THAT(why(request({{"x-hub-signature-256", good}}), rule),
              HasSubstr("X-Hub-Signature-256 is not written"));
}

TEST(Signature, that_is_written_otherwise_is_none) {
  const auto good = digits("segreto-di-prova", "1768464000");
  const std::string many = ",v1=" + good;
  for (const std::string& text :
       {std::string(), std::string("t=1768464000"), "v1=" + good, "t=,v1=" + good, "t=-1,v1=" + good,
        "t=+1768464000,v1=" + good, "t=1768464000.5,v1=" + good, "t=123456789012,v1=" + good,
        "t=1768464000,v1=" + good.substr(1), std::string("t=1768464000,v1="),
        "t=1768464000,t=1768464000,v1=" + good, "t=1768464000" + many + many + many + many + many + many,
        "t=1768464000;v1=" + good, good})
    EXPECT_FALSE(stated_signature(request({{"X-Signature", text}}), kRule)) << text;
  EXPECT_TRUE(stated_signature(request({{"X-Signature", "v0=old,t=1768464000,v1=" + good}}), kRule));
}

TEST(SignatureMemory, knows_the_message_that_a_signature_came_with_first) {
  SignatureMemory memory(10min, 100);
  EXPECT_EQ(memory.first_of(sha256("s"), "m-1", 0s), "m-1");
  EXPECT_EQ(memory.first_of(sha256("s"), "m-2", 5min), "m-1");
  EXPECT_EQ(memory.first_of(sha256("other"), "m-2", 5min), "m-2");
}

TEST(SignatureMemory, forgets_what_no_window_holds_any_more) {
  SignatureMemory memory(10min, 100);
  (void)memory.first_of(sha256("s"), "m-1", 0s);
  EXPECT_EQ(memory.first_of(sha256("s"), "m-2", 10min), "m-1");
  EXPECT_EQ(memory.first_of(sha256("s"), "m-3", 10min + 1s), "m-3");
  EXPECT_EQ(memory.size(), 1u);
}

TEST(SignatureMemory, takes_no_new_one_when_it_is_full) {
  SignatureMemory memory(10min, 2);
  (void)memory.first_of(sha256("1"), "m-1", 0s);
  (void)memory.first_of(sha256("2"), "m-2", 0s);
  EXPECT_FALSE(memory.first_of(sha256("3"), "m-3", 1s));
  EXPECT_EQ(memory.first_of(sha256("1"), "m-x", 1s), "m-1");
  EXPECT_EQ(memory.first_of(sha256("3"), "m-3", 11min), "m-3");
}

}  // namespace
}  // namespace raccordo
