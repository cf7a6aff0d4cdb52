// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "raccordo/model/json.hpp"

namespace raccordo::json {
namespace {

using testing::HasSubstr;

std::string canonical_of(std::string_view text) {
  auto result = canonical(text);
  return result.ok() ? *result : "refused: " + result.error().message.en;
}

TEST(CanonicalJson, sorts_keys_and_drops_white_space) {
  EXPECT_EQ(canonical_of(" { \"b\" : [ 1 , 2 ] ,\n\"a\" : { } , \"ab\":null}\t"),
            R"({"a":{},"ab":null,"b":[1,2]})");
}

TEST(CanonicalJson, sorts_inside_objects_that_are_moved) {
  EXPECT_EQ(canonical_of(R"({"z":{"y":1,"x":[{"d":1,"c":2}]},"a":0})"),
            R"({"a":0,"z":{"x":[{"c":2,"d":1}],"y":1}})");
}

TEST(CanonicalJson, sorts_by_decoded_bytes) {
  EXPECT_EQ(canonical_of(R"({"\\":1,"\"":2,"Z":3})"), R"({"\"":2,"Z":3,"\\":1})");
}

TEST(CanonicalJson, escapes_only_what_must_be) {
  EXPECT_EQ(canonical_of(R"("\u0041\/\u00e8\ud83d\ude00\u001F\u000a")"), "\"A/\u00e8\U0001F600\\u001f\\n\"");
}

TEST(CanonicalJson, keeps_whole_numbers_and_shortens_the_others) {
  EXPECT_EQ(canonical_of("[12345678901234567890123,-0,1.50,-0.0,1e2,0.1]"),
            "[12345678901234567890123,0,1.5,0,100,0.1]");
}

TEST(CanonicalJson, is_a_fixed_point) {
  const auto once = canonical_of(R"({"q":"\t\u0001","n":[1e300,1.0e-7],"k":{"b":true,"a":false}})");
  EXPECT_EQ(canonical_of(once), once);
}

TEST(CanonicalJson, refuses_a_key_that_stands_twice_even_spelled_differently) {
  EXPECT_THAT(canonical_of(R"({"a":1,"b":2,"\u0061":3})"), HasSubstr("a field stands twice"));
}

TEST(CanonicalJson, refuses_what_nests_too_deep_before_entering_it) {
  EXPECT_THAT(canonical_of(std::string(100'000, '[')), HasSubstr("byte 33: nested too deep"));
  std::string deepest = std::string(kMaxDepth, '[') + std::string(kMaxDepth, ']');
  EXPECT_EQ(canonical_of(deepest), deepest);
}

TEST(CanonicalJson, refuses_everything_that_the_standard_does_not_allow) {
  for (const auto* text : {"",
                           " ",
                           "{",
                           "}",
                           "[1,]",
                           "{\"a\":1,}",
                           "{\"a\"}",
                           "{a:1}",
                           "01",
                           "1.",
                           ".5",
                           "+1",
                           "1e",
                           "- 1",
                           "nul",
                           "True",
                           "NaN",
                           "1 2",
                           "\"",
                           "\"\\x\"",
                           "\"\\ud800\"",
                           "\"\\udc00\\ud800\"",
                           "\"\t\"",
                           "'a'",
                           "[1 2]",
                           "{\"a\" 1}",
                           "1e999",
                           "\xef\xbb\xbf{}",
                           "\"\xff\"",
                           "\"\xc0\x80\"",
                           "\"\xed\xa0\x80\""})
    EXPECT_THAT(canonical_of(text), HasSubstr("refused")) << text;
}

}  // namespace
}  // namespace raccordo::json
