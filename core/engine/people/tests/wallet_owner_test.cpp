// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/people/wallet_owner.hpp"

#include <gtest/gtest.h>

namespace raccordo {
namespace {

TEST(WalletOwner, is_told_of_the_wallet_and_nobody_else) {
  const auto told = owned_by("portale", R"({"available":100,"owner":"portale"})");
  ASSERT_TRUE(told.ok());
  EXPECT_EQ(*told, R"({"available":100})");
  EXPECT_EQ(*owned_by("airone", R"({"available":100,"owner":"portale"})"), std::nullopt);
}

TEST(WalletOwner, is_nobody_where_none_is_named) {
  EXPECT_EQ(*owned_by("portale", R"({"available":100})"), std::nullopt);
  EXPECT_EQ(*owned_by("", R"({"available":100})"), std::nullopt);
  EXPECT_FALSE(owned_by("portale", "garbage").ok());
}

TEST(WalletOwner, is_asked_of_wallets_alone) {
  EXPECT_TRUE(is_owned("wallet"));
  EXPECT_TRUE(is_owned("wallet_totals"));
  EXPECT_FALSE(is_owned("booking"));
}

}  // namespace
}  // namespace raccordo
