// SPDX-License-Identifier: EUPL-1.2
#include "plugins/agenda/tests/calendars.hpp"

namespace agenda {
namespace {

TEST(Times, are_read_with_whatever_offset_and_shown_as_in_rome) {
  EXPECT_EQ(text_of(at("2027-03-28T07:00:00Z")), "2027-03-28T09:00:00+02:00");
  EXPECT_EQ(text_of(at("2027-01-28T07:00:00.25-05:00")), "2027-01-28T13:00:00+01:00");
  EXPECT_EQ(seconds_of("2027-01-28 07:00"), std::nullopt);
  EXPECT_EQ(basic_text(at("2126-03-03T09:00:00+01:00")), "21260303T080000Z");
  EXPECT_EQ(seconds_of_basic("21260303T080000Z"), at("2126-03-03T09:00:00+01:00"));
  EXPECT_EQ(seconds_of_basic("21260303T0800"), std::nullopt);
}

TEST(Times, change_between_winter_and_summer_on_the_last_sundays) {
  EXPECT_EQ(text_of(from_rome({2027, 3, 28, 1, 59, 59})), "2027-03-28T01:59:59+01:00");
  EXPECT_EQ(text_of(from_rome({2027, 3, 28, 2, 30, 0})), "2027-03-28T03:30:00+02:00") << "it is left out";
  EXPECT_EQ(text_of(from_rome({2027, 10, 31, 2, 30, 0})), "2027-10-31T02:30:00+02:00") << "the first of two";
  EXPECT_EQ(text_of(from_rome({2027, 10, 31, 3, 0, 0})), "2027-10-31T03:00:00+01:00");
  EXPECT_EQ(text_of(*midnight_of("2027-03-29") - *midnight_of("2027-03-28")), "1970-01-02T00:00:00+01:00")
      << "23 hours";
}

}  // namespace
}  // namespace agenda
