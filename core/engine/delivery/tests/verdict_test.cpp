// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/delivery/verdict.hpp"

#include <gmock/gmock.h>

namespace raccordo {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Verdict of(int status, const std::string& method = "PUT", int attempt = 1) {
  WebAnswer answer;
  answer.status = status;
  return verdict_of({.method = method, .path = "/a"}, answer, attempt);
}

Verdict of(ErrorCode code) { return verdict_of(error(code, as_is("why"))); }

TEST(Verdicts, accept_what_the_partner_accepted) {
  for (const int status : {200, 201, 202, 204, 299}) EXPECT_EQ(of(status), Verdict::kAccepted) << status;
}

TEST(Verdicts, try_again_what_may_pass) {
  for (const int status : {408, 425, 429, 500, 502, 503, 504, 599})
    EXPECT_EQ(of(status), Verdict::kTryAgain) << status;
  EXPECT_EQ(of(ErrorCode::kUnavailable), Verdict::kTryAgain);
  EXPECT_EQ(of(ErrorCode::kTimeout), Verdict::kTryAgain);
}

TEST(Verdicts, refuse_what_will_be_no_different_the_next_time) {
  for (const int status : {301, 307, 400, 403, 404, 405, 409, 410, 413, 415, 422})
    EXPECT_EQ(of(status), Verdict::kRefused) << status;
  EXPECT_EQ(of(ErrorCode::kInvalid), Verdict::kRefused);
}

TEST(Verdicts, take_a_deletion_of_what_is_not_there_for_done) {
  EXPECT_EQ(of(404, "DELETE"), Verdict::kAccepted);
  EXPECT_EQ(of(410, "DELETE"), Verdict::kAccepted);
  EXPECT_EQ(of(403, "DELETE"), Verdict::kRefused);
}

TEST(Verdicts, take_a_conflict_of_a_repetition_for_the_first_try_at_work_but_not_for_ever) {
  EXPECT_EQ(of(409, "POST", 2), Verdict::kTryAgain);
  EXPECT_EQ(of(409, "POST", 6), Verdict::kRefused);
}

TEST(Verdicts, tell_our_own_credentials_from_the_request) {
  EXPECT_EQ(of(401), Verdict::kNotLetIn);
  EXPECT_EQ(of(407), Verdict::kNotLetIn);
  EXPECT_EQ(of(ErrorCode::kDenied), Verdict::kNotLetIn);
}

TEST(Verdicts, show_the_start_of_what_the_partner_says_in_one_line) {
  WebAnswer answer;
  answer.status = 422;
  answer.body = "{\"error\":\n\"phone\"}" + std::string(1'000, 'x');
  const auto words = told({.method = "PUT", .path = "/services/A"}, answer);
  EXPECT_THAT(words.en, HasSubstr("PUT /services/A: the partner answered 422: {\"error\": \"phone\"}xxx"));
  EXPECT_LT(words.en.size(), 400u);
  EXPECT_THAT(words.en, Not(HasSubstr("\n")));
}

TEST(Verdicts, show_no_half_of_a_character_and_no_bytes_that_are_none) {
  WebAnswer answer;
  answer.status = 400;
  for (int i = 0; i < 299; ++i) answer.body += 'a';
  answer.body += "\xC3\xA8";
  EXPECT_TRUE(told({}, answer).en.ends_with("a"));
  answer.body = "perch\xE8 mai";
  EXPECT_TRUE(told({}, answer).en.ends_with("perch? mai"));
}

}  // namespace
}  // namespace raccordo
