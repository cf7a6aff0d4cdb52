// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/catalogue/said_index.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace raccordo {
namespace {

Uuid key_of(int n) { return uuid_v5(kNamespaceUrl, std::to_string(n)); }

TEST(SaidIndex, finds_what_was_put_and_nothing_else) {
  SaidIndex index;
  index.put({key_of(1), 11, 1, 0});
  ASSERT_NE(index.find(key_of(1)), nullptr);
  EXPECT_EQ(index.find(key_of(1))->hash, 11u);
  EXPECT_EQ(index.find(key_of(2)), nullptr);
}

TEST(SaidIndex, agrees_with_a_map_over_random_changes) {
  std::mt19937 random{42};
  SaidIndex index;
  std::map<int, std::uint64_t> model;
  for (int i = 0; i < 50'000; ++i) {
    const int n = static_cast<int>(random() % 20'000);
    const std::uint64_t hash = random() % 5;  // 0 deletes
    index.put({key_of(n), hash, static_cast<std::uint32_t>(i), 0});
    model[n] = hash;
  }
  EXPECT_EQ(index.size(), model.size());
  std::size_t live = 0;
  for (const auto& [n, hash] : model) {
    ASSERT_NE(index.find(key_of(n)), nullptr) << n;
    EXPECT_EQ(index.find(key_of(n))->hash, hash) << n;
    live += hash != 0;
  }
  EXPECT_EQ(index.live(), live);
}

TEST(SaidIndex, holds_a_million_keys_in_forty_megabytes) {
  SaidIndex index;
  std::mt19937_64 random{7};
  std::size_t worst = 0;
  for (std::size_t i = 1; i <= 1'000'000; ++i) {
    Uuid key;
    const std::uint64_t bits[2] = {random(), random()};
    std::memcpy(key.bytes.data(), bits, sizeof bits);
    index.put({key, 1, 1, 0});
    if (i % 50'000 == 0) worst = std::max(worst, index.bytes() * 1'000'000 / i);
  }
  EXPECT_LE(worst, 40'500'000u);
  EXPECT_LE(index.bytes(), 40'000'000u);
}

TEST(SaidIndex, reads_back_its_own_deltas) {
  std::string entries;
  for (int n = 0; n < 10; ++n) SaidIndex::encode({key_of(n), 100u + n, 3, 9}, entries);
  SaidIndex index;
  ASSERT_TRUE(index.apply(SaidIndex::seal(entries)));
  EXPECT_EQ(index.size(), 10u);
  EXPECT_EQ(index.find(key_of(4))->hash, 104u);
  EXPECT_EQ(index.find(key_of(4))->revision, 3u);
  EXPECT_EQ(index.find(key_of(4))->generation, 0u);
}

TEST(SaidIndex, applies_nothing_of_a_damaged_delta) {
  std::string entries;
  SaidIndex::encode({key_of(1), 1, 1, 1}, entries);
  std::string delta = SaidIndex::seal(entries);
  delta[12] = static_cast<char>(delta[12] ^ 1);
  SaidIndex index;
  EXPECT_FALSE(index.apply(delta));
  EXPECT_FALSE(index.apply("short"));
  EXPECT_EQ(index.size(), 0u);
}

}  // namespace
}  // namespace raccordo
