// SPDX-License-Identifier: Apache-2.0
#include "raccordo/sdk/option.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "raccordo/sdk/testing/lent.hpp"

namespace raccordo {
namespace {

using namespace std::chrono_literals;

struct Options {
  std::string centre;
  int places = 0;
  double price = 0;
  bool strict = false;
  std::chrono::milliseconds wait{};
  std::uint64_t most = 0;
  std::string mode;
  std::optional<std::string> note;
  std::optional<int> floor;
};

constexpr auto kOptions =
    describe<Options>(option(&Options::centre, "centre", required),
                      option(&Options::places, "places", 200).at_least(1).at_most(500),
                      option(&Options::price, "price", 1.5), option(&Options::strict, "strict", true),
                      option(&Options::wait, "wait", 30s), option(&Options::most, "most", 64 << 20).size(),
                      option(&Options::mode, "mode", "day").choices("day", "night").secret(),
                      option(&Options::note, "note"), option(&Options::floor, "floor"));

Result<Options> given(const Pairs& values) {
  const LentOptions lent(values);
  return filled(kOptions, lent.options());
}

std::string refusal(const Pairs& values) {
  const auto options = given(values);
  return options.ok() ? "accepted" : options.error().in(Language::kEnglish);
}

TEST(Options, take_their_defaults) {
  const auto options = given({{"centre", "c"}});
  ASSERT_TRUE(options.ok());
  EXPECT_EQ(options->places, 200);
  EXPECT_EQ(options->price, 1.5);
  EXPECT_TRUE(options->strict);
  EXPECT_EQ(options->wait, 30s);
  EXPECT_EQ(options->most, 64u << 20);
  EXPECT_EQ(options->mode, "day");
  EXPECT_FALSE(options->note.has_value());
  EXPECT_FALSE(options->floor.has_value());
}

TEST(Options, take_what_was_configured) {
  const auto options = given({{"centre", "c"},
                              {"places", "7"},
                              {"price", "2.25"},
                              {"strict", "false"},
                              {"wait", "1500"},
                              {"most", "1024"},
                              {"mode", "night"},
                              {"note", "n"},
                              {"floor", "-2"}});
  ASSERT_TRUE(options.ok());
  EXPECT_EQ(options->places, 7);
  EXPECT_EQ(options->price, 2.25);
  EXPECT_FALSE(options->strict);
  EXPECT_EQ(options->wait, 1500ms);
  EXPECT_EQ(options->most, 1024u);
  EXPECT_EQ(options->note, "n");
  EXPECT_EQ(options->floor, -2);
}

TEST(Options, say_what_does_not_hold) {
  EXPECT_EQ(refusal({}), "option “centre” is missing");
  EXPECT_EQ(refusal({{"centre", ""}}), "option “centre” is missing");
  EXPECT_EQ(refusal({{"centre", "c"}, {"places", "many"}}), "option “places”: “many” is not a whole number");
  EXPECT_EQ(refusal({{"centre", "c"}, {"places", "0"}}), "option “places”: 0 is below the minimum 1");
  EXPECT_EQ(refusal({{"centre", "c"}, {"places", "501"}}), "option “places”: 501 is above the maximum 500");
  EXPECT_EQ(refusal({{"centre", "c"}, {"floor", "9999999999"}}), "option “floor”: “9999999999” is too large");
  EXPECT_EQ(refusal({{"centre", "c"}, {"strict", "yes"}}),
            "option “strict”: “yes” is neither true nor false");
  EXPECT_EQ(refusal({{"centre", "c"}, {"most", "-1"}}), "option “most”: “-1” is too large");
}

TEST(Options, never_show_a_secret) {
  EXPECT_EQ(refusal({{"centre", "c"}, {"mode", "nigt"}}), "option “mode”: “[secret]” is none of day, night");
}

TEST(Options, write_their_defaults_as_a_configuration_would) {
  std::vector<std::string> defaults;
  std::apply([&](const auto&... one) { (defaults.push_back(written_default(one.facts)), ...); },
             kOptions.all);
  EXPECT_THAT(defaults, ::testing::ElementsAre("", "200", "1.5", "true", "30s", "64MiB", "day", "", ""));
}

}  // namespace
}  // namespace raccordo
