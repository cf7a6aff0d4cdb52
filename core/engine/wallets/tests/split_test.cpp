// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/wallets/split.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

namespace raccordo::wallets {
namespace {

using Cents = std::vector<std::int64_t>;

ShareRule cents(const std::string& party, std::int64_t value) { return {party, value, std::nullopt}; }
ShareRule percent(const std::string& party, std::int64_t hundredths) {
  return {party, std::nullopt, hundredths};
}
ShareRule rest(const std::string& party) { return {party, std::nullopt, std::nullopt}; }

Cents amounts(const std::vector<Share>& shares) {
  Cents out;
  for (const auto& share : shares) out.push_back(share.cents);
  return out;
}

Cents split_of(const Charge& charge, const std::vector<ShareRule>& rules) {
  const auto shares = split(charge, rules);
  return shares.ok() ? amounts(*shares) : Cents{-1};
}

std::string why(const Charge& charge, const std::vector<ShareRule>& rules) {
  const auto shares = split(charge, rules);
  return shares.ok() ? "accepted" : shares.error().message.en;
}

TEST(Split, takes_cents_of_each_unit) {
  EXPECT_EQ(split_of({2'250, 3}, {cents("body", 1'650), cents("user", 600)}), (Cents{4'950, 1'800}));
  EXPECT_EQ(split_of({2'250, 3}, {cents("body", 1'650), rest("user")}), (Cents{4'950, 1'800}));
}

TEST(Split, gives_the_cents_that_are_left_to_who_lost_most) {
  EXPECT_EQ(split_of({100, 1}, {percent("body", 3'333), percent("plan", 3'333), percent("user", 3'334)}),
            (Cents{33, 33, 34}));
  EXPECT_EQ(split_of({5, 1}, {percent("body", 5'000), percent("user", 5'000)}), (Cents{3, 2}));
  EXPECT_EQ(split_of({10, 1}, {percent("body", 1'500), percent("plan", 2'500), rest("user")}),
            (Cents{2, 2, 6}));
}

TEST(Split, mixes_cents_percentages_and_the_rest) {
  EXPECT_EQ(split_of({2'400, 2}, {cents("mutual", 500), percent("plan", 2'500), rest("user")}),
            (Cents{1'000, 1'200, 2'600}));
}

TEST(Split, of_nothing_is_nothing_for_everybody) {
  EXPECT_EQ(split_of({0, 3}, {percent("body", 10'000), rest("user")}), (Cents{0, 0}));
  EXPECT_EQ(split_of({100, 1}, {}), Cents{});
}

TEST(Split, that_does_not_make_the_price_is_refused_with_both_sums) {
  EXPECT_EQ(why({2'250, 1}, {cents("body", 1'650), cents("user", 550)}),
            "the shares make €22.00, the price is €22.50");
  EXPECT_EQ(why({2'250, 1}, {cents("body", 2'300), rest("user")}),
            "the shares make €23.00, the price is €22.50");
  EXPECT_EQ(why({100, 1}, {percent("body", 5'000), percent("user", 4'999)}),
            "the shares make €0.99, the price is €1.00");
  EXPECT_EQ(why({100, 1}, {rest("body"), rest("user")}), "several parties take the rest");
  EXPECT_EQ(why({100, 1}, {cents("body", -1), rest("user")}), "body: a share is from 0 to the whole");
  EXPECT_EQ(why({100, 1}, {{"body", 1, 1}, rest("user")}), "body: cents and a percentage at once");
}

TEST(Split, overflows_nowhere) {
  EXPECT_NE(why({INT64_MAX, 2}, {rest("user")}), "accepted");
  EXPECT_NE(why({-1, 2}, {rest("user")}), "accepted");
  EXPECT_NE(why({1, 1'000'000}, {cents("body", 1'000'000'000'000), rest("user")}), "accepted");
  EXPECT_EQ(split_of({1'000'000'000'000, 1}, {percent("body", 9'999), rest("user")}),
            (Cents{999'900'000'000, 100'000'000}));
}

TEST(Spread, divides_a_package_over_its_sessions) {
  EXPECT_EQ(*spread(9'999, Cents{1, 1, 1, 1}), (Cents{2'500, 2'500, 2'500, 2'499}));
  EXPECT_EQ(*spread(100, Cents{0, 2, 1}), (Cents{0, 67, 33}));
  EXPECT_FALSE(spread(100, Cents{0, 0}).ok());
  EXPECT_FALSE(spread(100, Cents{INT64_MAX, 1}).ok());
}

TEST(SplitSessions, does_not_round_against_the_same_party_each_time) {
  const std::vector<Charge> sessions(10, Charge{5, 1});
  const auto splits = split_sessions(sessions, std::vector{percent("body", 5'000), percent("user", 5'000)});
  EXPECT_EQ(amounts(sum(*splits)), (Cents{25, 25}));
}

// Rules that make any price, of two to five parties.
std::vector<ShareRule> any_rules(std::mt19937& random) {
  std::vector<ShareRule> rules;
  std::int64_t left = kWhole;
  const auto parties = 2 + random() % 4;
  for (std::size_t i = 1; i < parties; ++i) {
    const auto share = static_cast<std::int64_t>(random() % static_cast<unsigned>(left + 1));
    rules.push_back(percent("party " + std::to_string(i), share));
    left -= share;
  }
  rules.push_back(random() % 2 == 0 ? rest("last") : percent("last", left));
  std::shuffle(rules.begin(), rules.end(), random);
  return rules;
}

// 2,000 offers with series of sessions: each session sums to its price, nobody pays less than nothing, each
// party stays within two cents of its exact share of the series, and attended and missed sessions make the
// whole.
TEST(SplitSessions, sums_exactly_whatever_the_price_the_parties_and_the_attendance) {
  std::mt19937 random(20260302);
  for (int round = 0; round < 2'000; ++round) {
    const auto rules = any_rules(random);
    std::vector<Charge> sessions;
    std::int64_t total = 0;
    for (auto i = 1 + random() % 12; i > 0; --i) {
      sessions.push_back({static_cast<std::int64_t>(random() % (round % 2 == 0 ? 10'000 : 8)),
                          static_cast<std::int64_t>(random() % 4)});
      total += sessions.back().unit_cents * sessions.back().units;
    }
    const auto splits = split_sessions(sessions, rules);
    ASSERT_TRUE(splits.ok());
    std::vector<std::vector<Share>> attended, missed;
    for (std::size_t i = 0; i < sessions.size(); ++i) {
      std::int64_t sums = 0;
      for (const auto& share : (*splits)[i]) {
        ASSERT_GE(share.cents, 0);
        sums += share.cents;
      }
      ASSERT_EQ(sums, sessions[i].unit_cents * sessions[i].units);
      (random() % 2 == 0 ? attended : missed).push_back((*splits)[i]);
    }
    const auto whole = sum(*splits);
    std::map<std::string, std::int64_t> parts;
    for (const auto* const some : {&attended, &missed})
      for (const auto& share : sum(*some)) parts[share.party] += share.cents;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      ASSERT_EQ(whole[i].cents, parts[whole[i].party]);
      if (!rules[i].hundredths) continue;
      ASSERT_LE(std::abs(whole[i].cents * kWhole - total * *rules[i].hundredths), 2 * kWhole);
    }
    const auto again = split_sessions(sessions, rules);
    for (std::size_t i = 0; i < sessions.size(); ++i) ASSERT_EQ(amounts((*again)[i]), amounts((*splits)[i]));
  }
}

}  // namespace
}  // namespace raccordo::wallets
