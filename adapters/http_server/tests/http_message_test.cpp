// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/http_message.hpp"

#include <gmock/gmock.h>

namespace raccordo {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr std::string_view kDate = "Sun, 22 Nov 2026 17:00:00 GMT";

Language language(std::string accepted) {
  HttpRequest request;
  if (!accepted.empty()) request.headers.push_back({"accept-language", std::move(accepted)});
  return request.language();
}

TEST(HttpMessage, language_is_the_one_preferred_italian_when_nothing_is_said) {
  EXPECT_EQ(language(""), Language::kItalian);
  EXPECT_EQ(language("it"), Language::kItalian);
  EXPECT_EQ(language("en-GB,en;q=0.9,it;q=0.8"), Language::kEnglish);
  EXPECT_EQ(language("en;q=0.3, it-IT;q=0.7"), Language::kItalian);
  EXPECT_EQ(language("de, fr;q=0.5"), Language::kEnglish);
  EXPECT_EQ(language("EN;q=0.001"), Language::kEnglish);
  EXPECT_EQ(language(",;q=,,;;q=xyz"), Language::kEnglish);
}

TEST(HttpMessage, header_is_found_whatever_its_case) {
  HttpRequest request;
  request.headers = {{"X-Signature", "one"}, {"x-signature", "two"}};
  EXPECT_EQ(request.header("X-SIGNATURE"), "one");
  EXPECT_EQ(request.header("missing"), "");
}

TEST(HttpMessage, problem_speaks_the_readers_language) {
  const auto italian = problem(404, {"non c'è", "not there"}, Language::kItalian);
  EXPECT_EQ(italian.content_type, "application/problem+json");
  EXPECT_EQ(italian.body,
            "{\"type\":\"about:blank\",\"title\":\"Indirizzo inesistente\",\"status\":404,"
            "\"detail\":\"non c'è\"}\n");
  EXPECT_THAT(problem(404, {"non c'è", "not there"}, Language::kEnglish).body, HasSubstr("not there"));
}

TEST(HttpMessage, answer_has_length_date_and_body) {
  EXPECT_EQ(answer_bytes({200, "text/plain", "ciao", {{"X-A", "1"}}}, true, false, kDate),
            "HTTP/1.1 200 OK\r\nDate: Sun, 22 Nov 2026 17:00:00 GMT\r\nContent-Type: "
            "text/plain\r\nContent-Length: 4\r\n"
            "X-A: 1\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\nConnection: "
            "keep-alive\r\n\r\nciao");
}

TEST(HttpMessage, answer_to_head_has_the_length_and_no_body) {
  const auto bytes = answer_bytes({200, "text/plain", "ciao", {}}, true, true, kDate);
  EXPECT_THAT(bytes, HasSubstr("Content-Length: 4\r\n"));
  EXPECT_THAT(bytes, EndsWith("\r\n\r\n"));
}

TEST(HttpMessage, answer_without_content_has_no_length) {
  const auto bytes = answer_bytes({204, "", "", {}}, true, false, kDate);
  EXPECT_THAT(bytes, StartsWith("HTTP/1.1 204 No Content\r\n"));
  EXPECT_THAT(bytes, Not(HasSubstr("Content-Length")));
}

TEST(HttpMessage, header_that_breaks_out_of_its_line_makes_a_problem) {
  for (const HttpHeader& evil :
       {HttpHeader{"X-A", "1\r\nSet-Cookie: a"}, HttpHeader{"X-A", "1\nb"}, HttpHeader{"X\r\nB", "1"},
        HttpHeader{"X A", "1"}, HttpHeader{"", "1"}, HttpHeader{"X-A", std::string("\0", 1)}}) {
    const auto bytes = answer_bytes({200, "text/plain", "ciao", {evil}}, true, false, kDate);
    EXPECT_THAT(bytes, StartsWith("HTTP/1.1 500 "));
    EXPECT_THAT(bytes, Not(HasSubstr("Set-Cookie")));
    EXPECT_THAT(bytes, Not(HasSubstr("ciao")));
  }
  EXPECT_THAT(answer_bytes({200, "text/plain\r\nX: y", "", {}}, true, false, kDate),
              StartsWith("HTTP/1.1 500 "));
  EXPECT_THAT(answer_bytes({99, "", "", {}}, true, false, kDate), StartsWith("HTTP/1.1 500 "));
}

TEST(HttpMessage, date_is_written_as_http_wants_it_whatever_the_locale) {
  EXPECT_EQ(http_date(784'111'777), "Sun, 06 Nov 1994 08:49:37 GMT");
}

}  // namespace
}  // namespace raccordo
