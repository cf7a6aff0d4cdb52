// SPDX-License-Identifier: EUPL-1.2
#include "plugins/agenda/free_times.hpp"

#include "plugins/agenda/tests/calendars.hpp"

namespace agenda {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Span hours(int from, int to) { return {from * kHour, to * kHour}; }
Appointment offers(const Span& time) { return {.uid = "libero", .categories = {"Libero"}, .times = {time}}; }
Appointment takes(const Span& time, const std::string& uid = "x") { return {.uid = uid, .times = {time}}; }

const Offering kOne{"LIBERO", 1};
const Offering kTwo{"LIBERO", 2};

TEST(FreeTimes, are_what_is_offered_without_what_is_taken) {
  EXPECT_THAT(free_times({offers(hours(9, 13))}, kOne), ElementsAre(hours(9, 13)));
  EXPECT_THAT(free_times({offers(hours(9, 13)), takes(hours(10, 11))}, kOne),
              ElementsAre(hours(9, 10), hours(11, 13)));
  EXPECT_THAT(free_times({offers(hours(9, 10)), takes(hours(8, 12))}, kOne), IsEmpty());
  EXPECT_THAT(free_times({takes(hours(8, 12))}, kOne), IsEmpty());
}

TEST(FreeTimes, end_where_the_last_place_is_taken) {
  const std::vector<Appointment> agenda{offers(hours(9, 13)), takes(hours(9, 11)), takes(hours(10, 12), "y")};
  EXPECT_THAT(free_times(agenda, kTwo), ElementsAre(hours(9, 10), hours(11, 13)));
  EXPECT_EQ(room_for(hours(9, 10), agenda, kTwo), Room::kFree);
  EXPECT_EQ(room_for(hours(10, 11), agenda, kTwo), Room::kTaken);
  EXPECT_EQ(room_for(hours(10, 11), agenda, kTwo, "y"), Room::kFree) << "one's own does not count";
}

TEST(FreeTimes, are_not_taken_by_what_is_cancelled_or_takes_no_time) {
  auto cancelled = takes(hours(9, 10)), transparent = takes(hours(9, 10));
  cancelled.stands = Stands::kCancelled;
  transparent.transparent = true;
  EXPECT_EQ(room_for(hours(9, 10), {offers(hours(9, 10)), cancelled, transparent}, kOne), Room::kFree);
  auto withdrawn = offers(hours(9, 10));
  withdrawn.stands = Stands::kCancelled;
  EXPECT_EQ(room_for(hours(9, 10), {withdrawn}, kOne), Room::kNotOffered);
}

TEST(FreeTimes, are_all_that_nobody_took_where_no_category_says_otherwise) {
  EXPECT_EQ(room_for(hours(9, 10), {takes(hours(10, 11))}, {"", 1}), Room::kFree)
      << "one ends as the other begins";
  EXPECT_EQ(room_for(hours(9, 10), {takes(hours(9, 11))}, {"", 1}), Room::kTaken);
}

}  // namespace
}  // namespace agenda
