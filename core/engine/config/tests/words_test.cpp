// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <array>

#include "core/engine/config/quantities.hpp"
#include "core/engine/config/suggestion.hpp"

namespace raccordo {
namespace {

using namespace std::chrono_literals;

TEST(Suggestion, proposes_what_is_near_and_else_says_what_there_is) {
  constexpr std::array<std::string_view, 3> names{"snapshot", "poll", "path"};
  EXPECT_EQ(suggestion("snapshots", names).en, "did you mean snapshot?");
  EXPECT_EQ(suggestion("pth", names).it, "forse path?");
  EXPECT_EQ(suggestion("folder", names).en, "known: snapshot, poll, path");
  EXPECT_TRUE(suggestion("folder", {}).empty());
}

TEST(Quantities, reads_durations) {
  EXPECT_EQ(parse_duration("30s"), Duration(30s));
  EXPECT_EQ(parse_duration("1h30m"), Duration(90min));
  EXPECT_EQ(parse_duration("250ms"), Duration(250ms));
  EXPECT_EQ(parse_duration("7d"), Duration(168h));
  for (const auto* wrong :
       {"", "30", "s", "-1s", "1.5s", "30 s", "1y", "99999999999d", "18446744073709551615s"})
    EXPECT_EQ(parse_duration(wrong), std::nullopt) << wrong;
}

TEST(Quantities, prints_durations_so_that_they_read_back) {
  for (const Duration one : {Duration(30s), Duration(90min), Duration(250ms), Duration(168h), Duration(0s)})
    EXPECT_EQ(parse_duration(print_duration(one)), one) << print_duration(one);
  EXPECT_EQ(print_duration(90min), "1h30m");
}

TEST(Quantities, reads_sizes) {
  EXPECT_EQ(parse_size("64MiB"), 64u << 20);
  EXPECT_EQ(parse_size("64 MiB"), 64u << 20);
  EXPECT_EQ(parse_size("10MB"), 10'000'000u);
  EXPECT_EQ(parse_size("512"), 512u);
  EXPECT_EQ(print_size(64u << 20), "64MiB");
  EXPECT_EQ(print_size(1'000), "1000B");
  for (const auto* wrong : {"", "MiB", "-1B", "1.5GiB", "64mib", "99999999999TiB"})
    EXPECT_EQ(parse_size(wrong), std::nullopt) << wrong;
}

TEST(Quantities, reads_percentages) {
  EXPECT_EQ(parse_percentage("10%"), 0.1);
  EXPECT_EQ(parse_percentage("2.5 %"), 0.025);
  EXPECT_EQ(print_percentage(0.1), "10%");
  for (const auto* wrong : {"", "10", "%", "101%", "-1%", "nan%"})
    EXPECT_EQ(parse_percentage(wrong), std::nullopt) << wrong;
}

}  // namespace
}  // namespace raccordo
