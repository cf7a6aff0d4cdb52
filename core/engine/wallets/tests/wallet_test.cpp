// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/wallets/wallet.hpp"

#include <gtest/gtest.h>

#include "core/engine/wallets/amount.hpp"

namespace raccordo::wallets {
namespace {

const Uuid kWallet = uuid_v5(kNamespaceUrl, "wallet");
const Uuid kCase = uuid_v5(kNamespaceUrl, "case");

WalletRecord wallet_with(std::int64_t available, std::int64_t reserved = 0, std::int64_t spent = 0) {
  WalletRecord wallet;
  wallet.id = kWallet;
  wallet.unit = "EUR";
  wallet.letter = "f_ter";
  wallet.credited = available + reserved + spent;
  wallet.available = available;
  wallet.reserved = reserved;
  wallet.spent = spent;
  wallet.valid_to = "2026-12-31";
  return wallet;
}

WalletMovement movement(const std::string& kind, std::int64_t amount,
                        const std::string& date = "2026-03-02") {
  return {uuid_v5(kCase, kind), kWallet, kind, amount, kCase, "f_ter", date, 0};
}

Held held(std::int64_t reserved, std::int64_t spent = 0) { return {reserved, spent, "f_ter"}; }

std::vector<std::int64_t> sums(const Result<WalletRecord>& wallet) {
  if (!wallet.ok()) return {};
  return {wallet->credited, wallet->available, wallet->reserved, wallet->spent, wallet->expired};
}

std::string why(const Result<WalletRecord>& wallet) {
  const std::string name = "wallet " + kWallet.text() + ": ";
  const auto words = wallet.ok() ? std::string("accepted") : wallet.error().message.en;
  return words.starts_with(name) ? words.substr(name.size()) : words;
}

using Sums = std::vector<std::int64_t>;

TEST(Wallet, moves_money_between_its_sums_and_loses_none) {
  EXPECT_EQ(sums(moved(wallet_with(100), movement("credit", 50))), (Sums{150, 150, 0, 0, 0}));
  EXPECT_EQ(sums(moved(wallet_with(100), movement("reserve", 40))), (Sums{100, 60, 40, 0, 0}));
  EXPECT_EQ(sums(moved(wallet_with(60, 40), movement("capture", 30), held(40))), (Sums{100, 60, 10, 30, 0}));
  EXPECT_EQ(sums(moved(wallet_with(60, 40), movement("release", 40), held(40))), (Sums{100, 100, 0, 0, 0}));
  EXPECT_EQ(sums(moved(wallet_with(60, 0, 40), movement("give_back", 15), held(0, 40))),
            (Sums{100, 75, 0, 25, 0}));
  EXPECT_EQ(sums(moved(wallet_with(100), movement("reimburse", 25))), (Sums{100, 75, 0, 25, 0}));
  EXPECT_EQ(sums(moved(wallet_with(60, 40), movement("expire", 60, "2027-01-01"))),
            (Sums{100, 0, 40, 0, 60}));
}

TEST(Wallet, says_how_much_is_missing) {
  EXPECT_EQ(why(moved(wallet_with(18'000), movement("reserve", 23'000))),
            "€180.00 are available, €230.00 are needed: €50.00 are missing");
}

TEST(Wallet, gives_nothing_behind_its_last_day_nor_once_it_is_closed) {
  EXPECT_TRUE(moved(wallet_with(100), movement("reserve", 1, "2026-12-31")).ok());
  for (const auto* kind : {"credit", "reserve", "reimburse"}) {
    EXPECT_EQ(why(moved(wallet_with(100), movement(kind, 1, "2027-01-01"))), "it expired on 2026-12-31")
        << kind;
    auto closed = wallet_with(100);
    closed.closed = true;
    EXPECT_EQ(why(moved(closed, movement(kind, 1))), "it is closed") << kind;
  }
}

TEST(Wallet, keeps_its_word_for_what_was_reserved_in_time) {
  auto closed = wallet_with(60, 40);
  closed.closed = true;
  EXPECT_TRUE(moved(closed, movement("capture", 40), held(40)).ok());
  EXPECT_TRUE(moved(wallet_with(60, 40), movement("capture", 40, "2027-02-01"), held(40)).ok());
  EXPECT_TRUE(moved(closed, movement("release", 40), held(40)).ok());
  EXPECT_TRUE(moved(wallet_with(60, 0, 40), movement("give_back", 40, "2027-02-01"), held(0, 40)).ok());
}

TEST(Wallet, expires_only_when_it_ended) {
  EXPECT_EQ(why(moved(wallet_with(100), movement("expire", 100, "2026-12-31"))),
            "it is valid to 2026-12-31: on 2026-12-31 nothing expires");
  auto endless = wallet_with(100);
  endless.valid_to.clear();
  EXPECT_EQ(why(moved(endless, movement("expire", 100))), "it is open and does not expire");
  endless.closed = true;
  EXPECT_TRUE(moved(endless, movement("expire", 100)).ok());
}

TEST(Wallet, moves_for_a_case_no_more_than_stands_there_for_it) {
  const auto of_others = wallet_with(0, 100, 100);
  const auto text = kCase.text();
  EXPECT_EQ(why(moved(of_others, movement("capture", 1))),
            "for case " + text + " €0.00 are reserved, not €0.01");
  EXPECT_EQ(why(moved(of_others, movement("release", 50), held(49))),
            "for case " + text + " €0.49 are reserved, not €0.50");
  EXPECT_EQ(why(moved(of_others, movement("give_back", 50), held(50, 49))),
            "for case " + text + " €0.49 are spent, not €0.50");
}

TEST(Wallet, credited_for_a_letter_pays_for_no_other) {
  auto other = movement("reserve", 10);
  other.letter = "f";
  EXPECT_EQ(why(moved(wallet_with(100), other)), "it is for letter f-ter, and this is letter f");
  auto any = wallet_with(100);
  any.letter.clear();
  EXPECT_TRUE(moved(any, other).ok());
  EXPECT_EQ(why(moved(any, movement("credit", 1))),
            "it is for no letter of the TUIR, and this is letter f-ter");
}

TEST(Wallet, captures_under_the_letter_that_was_reserved_under) {
  auto any = wallet_with(60, 40);
  any.letter.clear();
  auto other = movement("capture", 10);
  other.letter = "f";
  EXPECT_FALSE(moved(any, other, held(40)).ok());
  EXPECT_TRUE(moved(any, movement("capture", 10), held(40)).ok());
}

TEST(Wallet, reimburses_under_three_letters_only) {
  for (const std::string letter : {"d_bis", "f_bis", "f_ter"}) {
    auto wallet = wallet_with(100);
    wallet.letter = letter;
    auto reimburse = movement("reimburse", 10);
    reimburse.letter = letter;
    EXPECT_TRUE(moved(wallet, reimburse).ok()) << letter;
  }
  for (const std::string letter : {"", "c3", "f", "f_quater", "h"}) {
    auto wallet = wallet_with(100);
    wallet.letter.clear();
    auto reimburse = movement("reimburse", 10);
    reimburse.letter = letter;
    EXPECT_NE(why(moved(wallet, reimburse)).find("the TUIR knows no reimbursement"), std::string::npos)
        << letter;
  }
}

TEST(Wallet, of_points_or_minutes_never_becomes_money) {
  auto points = wallet_with(100);
  points.unit = "points:MERCATO";
  EXPECT_EQ(why(moved(points, movement("reimburse", 10))),
            "only euro are reimbursed, and this wallet is in points:MERCATO");
}

TEST(Wallet, refuses_amounts_that_make_no_sense) {
  for (const std::int64_t amount : {std::int64_t{0}, std::int64_t{-1}, kMaxAmount + 1, INT64_MAX, INT64_MIN})
    EXPECT_FALSE(moved(wallet_with(100), movement("credit", amount)).ok()) << amount;
  auto full = wallet_with(0);
  full.credited = full.available = INT64_MAX;
  const auto over = moved(full, movement("credit", 1));
  ASSERT_FALSE(over.ok());
  EXPECT_EQ(over.error().code, ErrorCode::kTooLarge);
}

TEST(Wallet, that_does_not_add_up_moves_no_more) {
  auto broken = wallet_with(100);
  broken.spent = 1;
  const auto refused = moved(broken, movement("reserve", 1));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::kCorrupt);
}

TEST(Wallet, knows_its_own_movements_by_name) {
  EXPECT_FALSE(moved(wallet_with(100), movement("steal", 1)).ok());
  auto others = movement("reserve", 1);
  others.wallet = kCase;
  EXPECT_FALSE(moved(wallet_with(100), others).ok());
  EXPECT_FALSE(moved(wallet_with(100), movement("reserve", 1, "yesterday")).ok());
}

TEST(Movement, that_comes_again_is_known_whenever_that_is) {
  auto again = movement("reserve", 40, "2026-03-03");
  again.time_ms = 99;
  EXPECT_EQ(*came_before(again, movement("reserve", 40)), true);
  EXPECT_EQ(*came_before(again, std::nullopt), false);
}

TEST(Movement, with_a_known_id_and_another_content_is_a_conflict) {
  const auto known = movement("reserve", 40);
  for (const auto change : {0, 1, 2, 3, 4}) {
    auto other = known;
    if (change == 0) other.amount = 41;
    if (change == 1) other.kind = "capture";
    if (change == 2) other.about = kWallet;
    if (change == 3) other.letter = "f";
    if (change == 4) other.wallet = kCase;
    const auto compared = came_before(other, known);
    ASSERT_FALSE(compared.ok()) << change;
    EXPECT_EQ(compared.error().code, ErrorCode::kConflict);
  }
}

TEST(Movement, has_the_same_id_when_its_step_is_made_again) {
  EXPECT_EQ(movement_id(kCase, 3, Kind::kCapture, "1"), movement_id(kCase, 3, Kind::kCapture, "1"));
  EXPECT_NE(movement_id(kCase, 3, Kind::kCapture, "1"), movement_id(kCase, 3, Kind::kCapture, "2"));
  EXPECT_NE(movement_id(kCase, 3, Kind::kCapture, ""), movement_id(kCase, 4, Kind::kCapture, ""));
  EXPECT_NE(movement_id(kCase, 3, Kind::kCapture, ""), movement_id(kCase, 3, Kind::kRelease, ""));
}

TEST(Held, is_what_a_case_has_of_a_wallet) {
  auto of_another = movement("reserve", 500);
  of_another.about = kWallet;
  const std::vector<WalletMovement> movements{
      movement("credit", 1000), movement("reserve", 96), of_another,
      movement("capture", 72),  movement("release", 24), movement("give_back", 24)};
  EXPECT_EQ(held_for(kCase, movements), held(0, 48));
}

}  // namespace
}  // namespace raccordo::wallets
