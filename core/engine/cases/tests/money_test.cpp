// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/cases/money.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <tuple>

namespace raccordo::cases {

void PrintTo(const Movement& movement, std::ostream* out) { *out << movement.kind << ' ' << movement.amount; }

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Purse {
  Money money{9600};
  MoneyTerms terms;
  std::vector<Movement> moved(std::string_view effect, std::string_view event = "",
                              std::int64_t portion = -1) {
    return move_money(effect, {event, portion}, terms, money);
  }
};

TEST(Money, is_spent_on_delivery) {
  Purse purse;
  EXPECT_THAT(purse.moved("reserve"), ElementsAre(Movement{"reserve", 9600}));
  EXPECT_THAT(purse.moved("capture_on_confirmation"), IsEmpty());
  EXPECT_THAT(purse.moved("capture_on_delivery"), ElementsAre(Movement{"capture", 9600}));
  EXPECT_EQ(purse.money, (Money{9600, 9600, 0, 0, 0, 9600}));
}

TEST(Money, is_spent_on_confirmation_where_the_offer_says_so_and_once) {
  Purse purse{{9600}, {true}};
  EXPECT_THAT(purse.moved("reserve"), ElementsAre(Movement{"reserve", 9600}));
  EXPECT_THAT(purse.moved("capture_on_confirmation"), ElementsAre(Movement{"capture", 9600}));
  EXPECT_THAT(purse.moved("capture_on_confirmation"), IsEmpty());
  EXPECT_THAT(purse.moved("capture_on_delivery"), IsEmpty());
}

TEST(Money, comes_back_from_where_it_is) {
  Purse reserved, spent{{9600}, {true}};
  std::ignore = reserved.moved("reserve");
  EXPECT_THAT(reserved.moved("give_back"), ElementsAre(Movement{"release", 9600}));
  std::ignore = spent.moved("reserve");
  std::ignore = spent.moved("capture_on_confirmation");
  EXPECT_THAT(spent.moved("give_back"), ElementsAre(Movement{"give_back", 9600}));
  EXPECT_THAT(spent.moved("give_back"), IsEmpty());
}

TEST(Money, of_two_meals_of_ten_that_are_cancelled_in_time_comes_back) {
  Purse purse{{6500}, {true}};
  std::ignore = purse.moved("reserve");
  std::ignore = purse.moved("capture_on_confirmation");
  EXPECT_THAT(purse.moved("settle", "cancel_part", 1300), ElementsAre(Movement{"give_back", 1300}));
  EXPECT_THAT(purse.moved("capture_on_delivery", "attend"), IsEmpty());
  EXPECT_EQ(purse.money.spent, 5200);
}

TEST(Money, that_the_terms_keep_of_a_cancellation_is_spent) {
  Purse purse{{9600}, {false, 100, 25}};
  std::ignore = purse.moved("reserve");
  EXPECT_THAT(purse.moved("settle", "cancel"),
              ElementsAre(Movement{"capture", 2400}, Movement{"release", 7200}));
}

TEST(Money, of_an_absence_that_cost_nothing_is_spent_when_it_is_corrected) {
  Purse purse{{9600}, {false, 0, 0}};
  std::ignore = purse.moved("reserve");
  EXPECT_THAT(purse.moved("settle", "no_show"), ElementsAre(Movement{"release", 9600}));
  EXPECT_THAT(purse.moved("reinstate", "attend"),
              ElementsAre(Movement{"reserve", 9600}, Movement{"capture", 9600}));
  EXPECT_EQ(purse.money.spent, 9600);
}

TEST(Money, of_one_absence_among_several_is_corrected_alone) {
  Purse purse{{9600}, {false, 50, 0}};
  std::ignore = purse.moved("reserve");
  std::ignore = purse.moved("settle", "no_show_part", 2400);
  std::ignore = purse.moved("settle", "no_show_part", 2400);
  EXPECT_EQ(purse.money, (Money{9600, 2400, 0, 2400, 4800, 2400}));
  EXPECT_THAT(purse.moved("reinstate", "correct_part", 2400),
              ElementsAre(Movement{"reserve", 1200}, Movement{"capture", 1200}));
  EXPECT_EQ(purse.money, (Money{9600, 3600, 0, 1200, 4800, 3600}));
}

TEST(Money, follows_another_total) {
  Purse purse;
  std::ignore = purse.moved("reserve");
  purse.money.total = 7200;
  EXPECT_THAT(purse.moved("reserve"), ElementsAre(Movement{"release", 2400}));
  purse.money.total = 10000;
  EXPECT_THAT(purse.moved("reserve"), ElementsAre(Movement{"reserve", 2800}));
  EXPECT_THAT(purse.moved("reserve"), IsEmpty());
}

TEST(Money, waits_on_no_list) {
  Purse purse;
  std::ignore = purse.moved("reserve");
  EXPECT_THAT(purse.moved("release"), ElementsAre(Movement{"release", 9600}));
  EXPECT_THAT(purse.moved("reserve"), ElementsAre(Movement{"reserve", 9600}));
}

}  // namespace
}  // namespace raccordo::cases
