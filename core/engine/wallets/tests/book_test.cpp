// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/wallets/book.hpp"

#include <set>

#include "core/engine/wallets/tests/wallet_of_luca.hpp"
#include "core/engine/wallets/totals.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo::wallets {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Sums = std::vector<std::int64_t>;

TEST_F(WalletOfLuca, reserves_captures_a_part_and_releases_the_rest) {
  ASSERT_TRUE(reserve(9'600).ok());
  EXPECT_EQ(sums(), (Sums{30'000, 20'400, 9'600, 0, 0}));
  ASSERT_TRUE(capture(7'200).ok());
  ASSERT_TRUE(release().ok());
  EXPECT_EQ(sums(), (Sums{30'000, 22'800, 0, 7'200, 0}));
}

TEST_F(WalletOfLuca, moves_what_a_procedure_says_that_a_step_moves) {
  const auto move = [&](Kind kind, std::int64_t cents, std::int64_t revision) {
    return perform(
        [&](auto& transaction) { return book.move(transaction, kind, spending(cents), step(revision)); });
  };
  ASSERT_TRUE(move(Kind::kReserve, 9'600, 1).ok() && move(Kind::kRelease, 2'400, 2).ok());
  EXPECT_EQ(sums(), (Sums{30'000, 22'800, 7'200, 0, 0}));
  ASSERT_TRUE(move(Kind::kCapture, 7'200, 3).ok() && move(Kind::kGiveBack, 2'400, 4).ok());
  EXPECT_EQ(sums(), (Sums{30'000, 25'200, 0, 4'800, 0}));
  for (const auto kind : {Kind::kCredit, Kind::kExpire, Kind::kReimburse})
    EXPECT_FALSE(move(kind, 100, 5).ok());
  EXPECT_EQ(sums(), (Sums{30'000, 25'200, 0, 4'800, 0}));
}

TEST_F(WalletOfLuca, gets_money_back_after_a_cancellation) {
  ASSERT_TRUE(reserve(6'500).ok() && capture(6'500).ok() && give_back(1'300).ok());
  EXPECT_EQ(sums(), (Sums{30'000, 24'800, 0, 5'200, 0}));
  EXPECT_FALSE(give_back(5'201, 5).ok());
}

TEST_F(WalletOfLuca, does_nothing_at_a_step_that_is_made_again) {
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(reserve(9'600).ok());
    ASSERT_TRUE(capture(7'200).ok());
    ASSERT_TRUE(release().ok());
    ASSERT_TRUE(give_back(2'400).ok());
  }
  EXPECT_EQ(sums(), (Sums{30'000, 25'200, 0, 4'800, 0}));
  EXPECT_EQ(told(), 5U);  // with the credit
}

TEST_F(WalletOfLuca, refuses_the_same_step_with_another_amount) {
  ASSERT_TRUE(reserve(9'600).ok());
  const auto other = reserve(9'700);
  ASSERT_FALSE(other.ok());
  EXPECT_EQ(other.error().code, ErrorCode::kConflict);
  EXPECT_EQ(sums(), (Sums{30'000, 20'400, 9'600, 0, 0}));
}

TEST_F(WalletOfLuca, is_credited_once_by_the_same_row) {
  ASSERT_TRUE(perform([&](auto& transaction) { return book.credit(transaction, credit_of(30'000)); }).ok());
  EXPECT_EQ(sums(), (Sums{30'000, 30'000, 0, 0, 0}));
  ASSERT_TRUE(
      perform([&](auto& transaction) { return book.credit(transaction, credit_of(5'000, "april")); }).ok());
  EXPECT_EQ(sums(), (Sums{35'000, 35'000, 0, 0, 0}));
}

TEST_F(WalletOfLuca, is_another_one_for_another_letter_or_last_day) {
  auto later = credit_of(100, "later");
  later.valid_to = "2027-12-31";
  auto other = credit_of(100, "other");
  other.letter = "f_bis";
  EXPECT_NE(book.wallet_of(later), wallet);
  EXPECT_NE(book.wallet_of(other), wallet);
}

TEST_F(WalletOfLuca, pays_for_nobody_else) {
  auto of_piero = spending(100);
  of_piero.holder = "piero";
  const auto refused =
      perform([&](auto& transaction) { return book.reserve(transaction, of_piero, step(1)); });
  ASSERT_FALSE(refused.ok());
  EXPECT_THAT(refused.error().message.en, HasSubstr("it is another person's"));
}

TEST_F(WalletOfLuca, converts_no_unit) {
  auto minutes = spending(60);
  minutes.amount.unit = "minutes";
  const auto refused =
      perform([&](auto& transaction) { return book.reserve(transaction, minutes, step(1)); });
  ASSERT_FALSE(refused.ok());
  EXPECT_THAT(refused.error().message.en,
              HasSubstr("it is in EUR, and this is of minutes: nothing is converted"));
}

TEST_F(WalletOfLuca, that_is_not_there_is_named) {
  auto other = spending(100);
  other.wallet = id_of("nobody's");
  const auto refused = perform([&](auto& transaction) { return book.reserve(transaction, other, step(1)); });
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::kNotFound);
}

TEST_F(WalletOfLuca, says_whether_it_would_pay_and_changes_nothing) {
  const auto covers = [&](std::int64_t cents) {
    return perform(
        [&](auto& transaction) { return book.covers(transaction, spending(cents), {}, "2026-03-10"); });
  };
  EXPECT_TRUE(covers(30'000).ok());
  EXPECT_FALSE(covers(30'001).ok());
  EXPECT_EQ(sums(), (Sums{30'000, 30'000, 0, 0, 0}));
  EXPECT_EQ(told(), 1U);
}

TEST_F(WalletOfLuca, expires_once_behind_its_last_day) {
  const auto expire = [&](std::string_view date) {
    return perform([&](auto& transaction) { return book.expire(transaction, wallet, date, 9); });
  };
  ASSERT_TRUE(reserve(10'000).ok());
  ASSERT_TRUE(expire("2026-12-31").ok());
  EXPECT_EQ(sums(), (Sums{30'000, 20'000, 10'000, 0, 0}));
  ASSERT_TRUE(expire("2027-01-01").ok());
  ASSERT_TRUE(expire("2027-01-01").ok());
  EXPECT_EQ(sums(), (Sums{30'000, 0, 10'000, 0, 20'000}));
}

TEST_F(WalletOfLuca, loses_at_once_what_comes_back_when_it_ended) {
  ASSERT_TRUE(reserve(10'000).ok());
  ASSERT_TRUE(capture(4'000, 2, "2027-01-05").ok());
  EXPECT_EQ(sums(), (Sums{30'000, 0, 6'000, 4'000, 20'000}));
  ASSERT_TRUE(release(3, "2027-01-06").ok());
  ASSERT_TRUE(give_back(1'000, 4, "2027-01-07").ok());
  EXPECT_EQ(sums(), (Sums{30'000, 0, 0, 3'000, 27'000}));
}

TEST_F(WalletOfLuca, that_is_closed_keeps_what_is_reserved_until_it_is_captured) {
  const auto close = [&] {
    return perform([&](auto& transaction) { return book.close(transaction, wallet, "2026-04-01", 9); });
  };
  ASSERT_TRUE(reserve(9'600).ok());
  ASSERT_TRUE(close().ok());
  ASSERT_TRUE(close().ok());
  EXPECT_EQ(sums(), (Sums{30'000, 0, 9'600, 0, 20'400}));
  EXPECT_FALSE(reserve(100, 7).ok());
  ASSERT_TRUE(capture(7'200).ok());
  ASSERT_TRUE(release().ok());
  EXPECT_EQ(sums(), (Sums{30'000, 0, 0, 7'200, 22'800}));
}

TEST_F(WalletOfLuca, expires_in_the_night_with_all_others_that_ended) {
  auto later = credit_of(100, "later");
  later.valid_to = "2027-12-31";
  ASSERT_TRUE(perform([&](auto& transaction) { return book.credit(transaction, later); }).ok());
  ASSERT_TRUE(expire_ended(store, book, "2027-01-01", 9).ok());
  EXPECT_EQ(sums(), (Sums{30'000, 0, 0, 0, 30'000}));
  std::int64_t available = 0;
  for (const auto& record : *store.wallets("")) available += record.available;
  EXPECT_EQ(available, 100);
}

TEST_F(WalletOfLuca, remembers_the_letter_of_a_case_when_its_steps_come_again) {
  auto any = credit_of(1'000, "any");
  any.letter.clear();
  const auto free = book.wallet_of(any);
  Spending of_f{free, {500, "EUR"}, "f", "luca"};
  const auto all = [&]() -> Status {
    RACCORDO_CHECK(perform([&](auto& transaction) { return book.credit(transaction, any); }));
    RACCORDO_CHECK(perform([&](auto& transaction) { return book.reserve(transaction, of_f, step(1)); }));
    RACCORDO_CHECK(perform([&](auto& transaction) {
      return book.capture(transaction, free, {500, "EUR"}, step(2));
    }));
    return perform([&](auto& transaction) {
      return book.give_back(transaction, free, {500, "EUR"}, step(3));
    });
  };
  ASSERT_TRUE(all().ok());
  const auto again = all();
  EXPECT_TRUE(again.ok()) << again.error().message.en;
  for (const auto& movement : *store.movements(free))
    EXPECT_EQ(movement.letter, movement.kind == "credit" ? "" : "f");
}

TEST_F(WalletOfLuca, reimburses_a_relative_that_the_letter_knows) {
  Tuir tuir;
  tuir.letters = {{"f_ter", {"parent"}, false, "art. 51"}};
  const auto reimburse = [&](const std::string& relation) {
    return perform([&](auto& transaction) {
      return book.reimburse(transaction, spending(6'900), {relation, false}, tuir, step(1));
    });
  };
  EXPECT_FALSE(reimburse("aunt_uncle").ok());
  ASSERT_TRUE(reimburse("parent").ok());
  ASSERT_TRUE(reimburse("parent").ok());
  EXPECT_EQ(sums(), (Sums{30'000, 23'100, 0, 6'900, 0}));
}

TEST_F(WalletOfLuca, counts_all_wallets_of_a_person_for_a_ceiling) {
  auto other = credit_of(1'000, "other");
  other.plan = "banca";
  ASSERT_TRUE(perform([&](auto& transaction) { return book.credit(transaction, other); }).ok());
  ASSERT_TRUE(reserve(6'500).ok() && capture(5'000).ok());
  ASSERT_TRUE(perform([&](auto& transaction) {
                return book.reserve(transaction, {book.wallet_of(other), {700, "EUR"}, "f_ter", "luca"},
                                    {id_of("case 2"), 1, "", "2026-03-11", 6});
              }).ok());
  std::int64_t used = 0;
  ASSERT_TRUE(perform([&](auto& transaction) -> Status {
                RACCORDO_TRY(used, book.used_in_year(transaction, "luca", "f_ter", "2026-05-01"));
                return done();
              }).ok());
  EXPECT_EQ(used, 7'200);
}

TEST_F(WalletOfLuca, tells_sums_by_letter_and_nothing_of_what_they_paid_for) {
  ASSERT_TRUE(reserve(9'600).ok());
  const auto message = store.to_tell(10)->back();
  EXPECT_EQ(message.topic, "welfare.wallets");
  EXPECT_EQ(message.key, wallet.text());
  EXPECT_THAT(message.value,
              HasSubstr(R"("type":"it.raccordo.wallet.changed.v1","source":"urn:raccordo:valle-demo")"));
  EXPECT_THAT(
      message.value,
      HasSubstr(
          R"("data":{"available":20400,"closed":false,"credited":30000,"expired":0,"id":")" + wallet.text() +
          R"(","letter":"f_ter","letters":[{"credited":30000,"expired":0,"letter":"f_ter","reimbursed":0,"reserved":9600,"spent":0}],)"
          R"("movements":[{"amount":9600,"date":"2026-03-10","id":")" +
          store.movements(wallet)->back().id.text() +
          R"(","kind":"reserve","letter":"f_ter"}],)"
          R"("plan":"meccanica-po","reserved":9600,"spent":0,"unit":"EUR","valid_to":"2026-12-31"}})"));
  for (const auto& secret : {id_of("case").text(), id_of("file").text(), std::string("luca")})
    EXPECT_THAT(message.value, Not(HasSubstr(secret)));
  EXPECT_TRUE(json::canonical(message.value).ok());
}

TEST_F(WalletOfLuca, tells_its_owner_and_warns_before_a_ceiling_is_passed) {
  const Book warning("valle-demo", "welfare.wallets",
                     {[](const std::string& plan) { return "portale of " + plan; }, &built_in_tuir()});
  const Credit fringe{id_of("fringe"), "meccanica-po", "luca", {150'000, "EUR"}, "c3", "2026-12-31",
                      id_of("file"),   "2026-03-01",   1};
  const auto spend = [&](std::int64_t cents, std::int64_t revision) {
    return perform([&](auto& transaction) {
      return warning.reserve(transaction, {warning.wallet_of(fringe), {cents, "EUR"}, "c3", "luca"},
                             {id_of("case"), revision, "", "2026-03-10", 5});
    });
  };
  ASSERT_TRUE(perform([&](auto& transaction) { return warning.credit(transaction, fringe); }).ok());
  ASSERT_TRUE(spend(90'000, 1).ok());
  EXPECT_THAT(store.to_tell(10)->back().value, HasSubstr(R"("owner":"portale of meccanica-po")"));
  EXPECT_THAT(store.to_tell(10)->back().value, Not(HasSubstr("warning")));
  ASSERT_TRUE(spend(20'000, 2).ok()) << "the employer decides";
  const auto told = store.to_tell(10)->back().value;
  EXPECT_THAT(told, HasSubstr(R"("warning":{"ceiling":100000,"en":"paragraph 3: )"));
  EXPECT_THAT(told, HasSubstr(R"("taxable_from":"2026-03-10","used":90000,"would_be":110000}})"));
  EXPECT_TRUE(json::canonical(told).ok());
}

TEST_F(WalletOfLuca, tells_each_change_under_an_id_of_its_own) {
  ASSERT_TRUE(reserve(9'600).ok() && capture(9'600).ok());
  ASSERT_TRUE(
      perform([&](auto& transaction) { return book.close(transaction, wallet, "2026-04-01", 9); }).ok());
  std::set<std::string> ids;
  for (const auto& message : *store.to_tell(10))
    ids.insert(message.value.substr(message.value.find("\"id\":"), 43));
  EXPECT_EQ(ids.size(), 4U);
}

}  // namespace
}  // namespace raccordo::wallets
