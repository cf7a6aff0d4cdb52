// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "adapters/cli/original_bytes.hpp"
#include "adapters/cli/table.hpp"

namespace raccordo {
namespace {

TEST(Table, aligns_columns_by_characters_and_numbers_to_the_right) {
  Table table(1);
  table.row({"città", "7"});
  table.row({"x", "123"});
  table.header({"n", "m"}, {false, true});
  EXPECT_EQ(table.text(), " n        m\n città    7\n x      123\n");
}

TEST(Table, lets_no_control_character_through) {
  Table table;
  table.row({"a\x1b[2Jb\nc\xC2\x9Bx"});
  EXPECT_EQ(table.text(), "a [2Jb c x\n");
}

TEST(Table, shortens_at_whole_characters) {
  EXPECT_EQ(shortened("perché", 6), "perché");
  EXPECT_EQ(shortened("perché no", 7), "perché…");
}

TEST(ReadableBytes, shows_text_as_it_is_and_all_else_in_hex) {
  EXPECT_EQ(readable_bytes("città\r\nb\n"), "  città\n  b\n");
  EXPECT_EQ(readable_bytes("\x1b[2J"), "  00000000  1b 5b 32 4a                                      .[2J\n");
  EXPECT_EQ(readable_bytes("\xE2\x80\xAEx").substr(0, 24), "  00000000  e2 80 ae 78 ");
  EXPECT_EQ(readable_bytes("\xff").substr(0, 14), "  00000000  ff");
}

}  // namespace
}  // namespace raccordo
