// SPDX-License-Identifier: Apache-2.0
#include "raccordo/model/nearest.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace raccordo {
namespace {

constexpr std::array<std::string_view, 4> kNames{"name", "description", "phone", "website"};

TEST(Nearest, finds_what_was_meant) {
  EXPECT_EQ(nearest("descripton", kNames), "description");
  EXPECT_EQ(nearest("nmae", kNames), "name");
  EXPECT_EQ(nearest("phones", kNames), "phone");
}

TEST(Nearest, is_silent_when_nothing_is_near) {
  EXPECT_EQ(nearest("xyz", kNames), "");
  EXPECT_EQ(nearest("", kNames), "");
}

TEST(Nearest, counts_a_swap_as_one_change_and_bounds_its_work) {
  EXPECT_EQ(distance("ab", "ba"), 1u);
  EXPECT_EQ(distance("kitten", "sitting"), 3u);
  EXPECT_EQ(distance("", "abc"), 3u);
  EXPECT_EQ(distance(std::string(10'000, 'a'), "a"), 63u);
}

}  // namespace
}  // namespace raccordo
