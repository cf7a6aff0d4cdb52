// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "plugins/mapping/arena.hpp"
#include "plugins/mapping/finding.hpp"
#include "plugins/mapping/spaces.hpp"
#include "plugins/mapping/table.hpp"

namespace raccordo::mapping {
namespace {

std::string trimmed(std::string_view text, Trim how) {
  Arena arena;
  return std::string(trim(text, how, arena));
}

TEST(Spaces, are_taken_off_the_ends_together_with_no_break_spaces) {
  EXPECT_EQ(trimmed(" \t\r\n a  b \xc2\xa0", Trim::kEnds), "a  b");
  EXPECT_EQ(trimmed("\xef\xbb\xbf"
                    "a\xe2\x80\xaf",
                    Trim::kEnds),
            "a");
  EXPECT_EQ(trimmed(" \n ", Trim::kEnds), "");
  EXPECT_EQ(trimmed(" a ", Trim::kNone), " a ");
}

TEST(Spaces, become_one_blank_inside) {
  EXPECT_EQ(trimmed(" VIA  ROMA,\n 5 ", Trim::kInner), "VIA ROMA, 5");
  EXPECT_EQ(trimmed("a\xc2\xa0\nb", Trim::kInner), "a b");
  EXPECT_EQ(trimmed("perché no", Trim::kInner), "perché no");
}

TEST(Spaces, go_everywhere_when_told_to) {
  EXPECT_EQ(trimmed("segre\nteria @ rsa. it", Trim::kAll), "segreteria@rsa.it");
}

TEST(Spaces, do_not_take_letters_of_other_characters) {
  EXPECT_EQ(trimmed("à", Trim::kEnds), "à");
  EXPECT_EQ(trimmed("\xe2\x80\x99n\xe2\x80\x99", Trim::kAll), "\xe2\x80\x99n\xe2\x80\x99");
  EXPECT_EQ(trimmed("\xc2", Trim::kEnds), "\xc2");
  EXPECT_EQ(trimmed("\xe2\x80", Trim::kInner), "\xe2\x80");
}

TEST(Table, finds_values_whatever_their_capitals_and_blanks) {
  Table table;
  EXPECT_TRUE(table.add("Attivo", 1));
  EXPECT_TRUE(table.add("Non  attivo", 2));
  EXPECT_TRUE(table.add("CITTÀ", 3));
  EXPECT_EQ(table.find(" ATTIVO\n"), 1u);
  EXPECT_EQ(table.find("non\nattivo"), 2u);
  EXPECT_EQ(table.find("città"), 3u);
  EXPECT_EQ(table.find("attiv"), std::nullopt);
  EXPECT_EQ(table.find(""), std::nullopt);
  EXPECT_EQ(table.find(std::string(5'000, 'a')), std::nullopt);
}

TEST(Table, refuses_the_same_value_twice) {
  Table table;
  EXPECT_TRUE(table.add("SI", 1));
  EXPECT_FALSE(table.add(" si ", 2));
  EXPECT_EQ(table.find("Si"), 1u);
}

TEST(Table, holds_thousands) {
  Table table;
  for (std::uint32_t i = 0; i < 5'000; ++i) ASSERT_TRUE(table.add("codice " + std::to_string(i), i));
  for (std::uint32_t i = 0; i < 5'000; ++i) ASSERT_EQ(table.find("CODICE " + std::to_string(i)), i);
  EXPECT_EQ(table.find("codice 5000"), std::nullopt);
}

TEST(Nearest, ignores_capitals_and_is_silent_when_nothing_is_near) {
  const std::vector<std::string_view> known{"column", "path", "constant"};
  EXPECT_EQ(nearest("Colum", known), "column");
  EXPECT_EQ(nearest("zzzzzz", known), "");
}

TEST(Shown, cuts_between_characters) {
  EXPECT_EQ(shown("breve"), "breve");
  EXPECT_EQ(shown(std::string(59, 'a') + "à più"), std::string(59, 'a') + "…");
}

}  // namespace
}  // namespace raccordo::mapping
