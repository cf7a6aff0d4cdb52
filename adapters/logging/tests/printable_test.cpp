// SPDX-License-Identifier: EUPL-1.2
#include "adapters/logging/printable.hpp"

#include <gtest/gtest.h>

namespace raccordo {
namespace {

std::string printable(std::string_view text) {
  std::string out;
  append_printable(text, out);
  return out;
}

std::string utf8(std::string_view text) {
  std::string out;
  append_utf8(text, out);
  return out;
}

TEST(Printable, leaves_words_of_any_language_alone) {
  EXPECT_EQ(printable("già à €uro 漢字 😀 \"quoted\" \\"), "già à €uro 漢字 😀 \"quoted\" \\");
}

TEST(Printable, shows_control_characters_instead_of_obeying_them) {
  EXPECT_EQ(printable("a\nb\r\tc\x1b[31m\x7f"), "a\\nb\\r\\tc\\x1b[31m\\x7f");
  EXPECT_EQ(printable(std::string_view("\0", 1)), "\\x00");
  EXPECT_EQ(printable("\xc2\x9b"
                      "31m"),
            "\\u009b31m");
}

TEST(Printable, shows_marks_that_turn_text_around_or_break_lines) {
  EXPECT_EQ(printable("\u202egpj.exe \u2066x\u2069 \u2028"), "\\u202egpj.exe \\u2066x\\u2069 \\u2028");
}

TEST(Printable, shows_bytes_that_are_no_utf8) {
  EXPECT_EQ(printable("citt\xe0"), "citt\\xe0");
  EXPECT_EQ(printable("\xc0\xaf\xed\xa0\x80"), "\\xc0\\xaf\\xed\\xa0\\x80");
  EXPECT_EQ(utf8("citt\xe0\n"), "citt\\xe0\n");
  EXPECT_EQ(utf8("città"), "città");
}

TEST(Printable, cuts_between_characters) {
  EXPECT_EQ(cut("città", 5), "citt");
  EXPECT_EQ(cut("città", 6), "città");
  EXPECT_EQ(cut("", 3), "");
}

}  // namespace
}  // namespace raccordo
