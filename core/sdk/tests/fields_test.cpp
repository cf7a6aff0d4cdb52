// SPDX-License-Identifier: Apache-2.0
#include "raccordo/sdk/fields.hpp"

#include <gmock/gmock.h>

namespace raccordo {
namespace {

TEST(Fields, are_written_and_read_back_whatever_they_hold) {
  const std::string odd("a&b=c %+\xE0\xE9\0ü", 13);
  const auto text = Fields().add("page", 12).add("q", odd).add("", "x").add("empty", "").text();
  for (const char c : text) EXPECT_TRUE(c > ' ' && c < '\x7f' && c != '#') << text;
  const auto read = Fields::of(text);
  EXPECT_EQ(read.number("page"), 12);
  EXPECT_EQ(read["q"], odd);
  EXPECT_EQ(read[""], "x");
  EXPECT_EQ(read["empty"], "");
  EXPECT_EQ(read.text(), text);
}

TEST(Fields, read_what_a_browser_writes) {
  const auto read = Fields::of("city=Reggio+Emilia&q=a%26b&flag&page=1&page=2&cut=%4");
  EXPECT_EQ(read["city"], "Reggio Emilia");
  EXPECT_EQ(read["q"], "a&b");
  EXPECT_EQ(read["flag"], "");
  EXPECT_EQ(read.number("page"), 1) << "the first counts";
  EXPECT_EQ(read["cut"], "%4") << "what cannot be read stays";
}

TEST(Fields, know_what_is_no_whole_number) {
  const auto read = Fields::of("a=1x&b=&c=99999999999999999999&d=-3&e=1.5");
  for (const auto* name : {"a", "b", "c", "e", "missing"}) EXPECT_FALSE(read.number(name)) << name;
  EXPECT_EQ(read.number("d"), -3);
}

TEST(Fields, of_nothing_are_none) {
  EXPECT_EQ(Fields::of("").text(), "");
  EXPECT_EQ(Fields().text(), "");
}

}  // namespace
}  // namespace raccordo
