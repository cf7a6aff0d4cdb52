// SPDX-License-Identifier: EUPL-1.2
#include "core/ports/glob.hpp"

#include <gtest/gtest.h>

#include <string>

namespace raccordo {
namespace {

TEST(Glob, a_star_stands_for_any_characters_and_for_none) {
  EXPECT_TRUE(matches("rsa-*.csv", "rsa-2026.csv"));
  EXPECT_TRUE(matches("rsa-*.csv", "rsa-.csv"));
  EXPECT_TRUE(matches("*", "anything"));
  EXPECT_TRUE(matches("*a*b*", "xxaxxbxx"));
  EXPECT_FALSE(matches("rsa-*.csv", "rsa-2026.csv.old"));
  EXPECT_FALSE(matches("rsa-*.csv", "RSA-2026.csv"));
}

TEST(Glob, a_question_mark_stands_for_one_character_accents_included) {
  EXPECT_TRUE(matches("citt?.csv", "citt\xc3\xa0.csv"));
  EXPECT_FALSE(matches("citt?.csv", "citt.csv"));
  EXPECT_TRUE(matches("?.csv", "1.csv"));
}

TEST(Glob, a_set_stands_for_one_of_its_characters) {
  EXPECT_TRUE(matches("a[0-9].csv", "a7.csv"));
  EXPECT_FALSE(matches("a[!0-9].csv", "a7.csv"));
  EXPECT_TRUE(matches("a[]x].csv", "a].csv"));
  EXPECT_TRUE(matches("[ab]*", "bcd"));
  EXPECT_FALSE(matches("[ab]*", ""));
}

TEST(Glob, a_set_that_never_closes_is_broken) {
  EXPECT_TRUE(is_broken("a[0-9.csv"));
  EXPECT_FALSE(is_broken("a[0-9].csv"));
  EXPECT_FALSE(matches("a[0", "a0"));
}

TEST(Glob, many_stars_take_no_more_than_pattern_times_name) {
  EXPECT_FALSE(matches("*a*a*a*a*a*a*a*a*a*a*a*a*b", std::string(20'000, 'a')));
}

TEST(Glob, knows_the_names_of_unfinished_files) {
  for (const auto* name : {".x.csv", "~$listino.xlsx", "a.csv.part", "a.csv.TMP", "a.csv.filepart", "a.csv~"})
    EXPECT_TRUE(is_unfinished_name(name)) << name;
  for (const auto* name : {"a.csv", "part.csv", "a~b.csv", "tmp"})
    EXPECT_FALSE(is_unfinished_name(name)) << name;
}

}  // namespace
}  // namespace raccordo
