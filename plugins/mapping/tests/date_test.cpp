// SPDX-License-Identifier: EUPL-1.2
#include "plugins/mapping/date.hpp"

#include <gtest/gtest.h>

#include "plugins/mapping/arena.hpp"

namespace raccordo::mapping {
namespace {

std::string read(std::string_view text, std::vector<std::string> patterns, Moment moment,
                 std::string_view zone = "Europe/Rome") {
  DateFormats formats;
  formats.zone = *read_zone(zone);
  for (const auto& pattern : patterns) {
    auto one = read_pattern(pattern, moment);
    if (!one.trouble.empty()) return one.trouble.en;
    formats.patterns.push_back(one.pattern);
  }
  Arena arena;
  return std::string(read_date(text, formats, moment, arena));
}

std::string date(std::string_view text, std::string pattern) {
  return read(text, {std::move(pattern)}, Moment::kDate);
}
std::string moment(std::string_view text, std::string pattern, std::string_view zone = "Europe/Rome") {
  return read(text, {std::move(pattern)}, Moment::kDateTime, zone);
}

TEST(Date, reads_italian_and_english_letters) {
  EXPECT_EQ(date("05/03/2026", "dd/mm/yyyy"), "2026-03-05");
  EXPECT_EQ(date("05/03/2026", "gg/mm/aaaa"), "2026-03-05");
  EXPECT_EQ(date("5-3-2026", "GG-MM-AAAA"), "2026-03-05");
  EXPECT_EQ(date("  5/3/2026 ", "d/m/yyyy"), "2026-03-05");
  EXPECT_EQ(date("03.05.2026", "mm.dd.yyyy"), "2026-03-05");
}

TEST(Date, counts_digits_where_nothing_stands_between_them) {
  EXPECT_EQ(date("20260305", "yyyymmdd"), "2026-03-05");
  EXPECT_EQ(date("2026035", "yyyymmdd"), "");
  EXPECT_EQ(date("050326", "ddmmyy"), "2026-03-05");
}

TEST(Date, reads_short_years_as_posix_does) {
  EXPECT_EQ(date("01/02/68", "dd/mm/yy"), "2068-02-01");
  EXPECT_EQ(date("01/02/69", "dd/mm/yy"), "1969-02-01");
}

TEST(Date, reads_names_of_months_in_both_languages) {
  EXPECT_EQ(date("5 marzo 2026", "d mmmm yyyy"), "2026-03-05");
  EXPECT_EQ(date("5 Mar. 2026", "d mmm yyyy"), "2026-03-05");
  EXPECT_EQ(date("5-GIU-2026", "d-mmm-yyyy"), "2026-06-05");
  EXPECT_EQ(date("5 June 2026", "d mmmm yyyy"), "2026-06-05");
  EXPECT_EQ(date("5 marzolino 2026", "d mmmm yyyy"), "");
  EXPECT_EQ(date("5 ma 2026", "d mmmm yyyy"), "");
}

TEST(Date, refuses_days_that_do_not_exist) {
  EXPECT_EQ(date("29/02/2024", "dd/mm/yyyy"), "2024-02-29");
  for (const auto* text : {"29/02/2026", "31/04/2026", "00/01/2026", "01/13/2026", "32/01/2026", "01/00/2026",
                           "01/01/0026", "", "oggi", "1/1/2026x", "1/1/26", "01//2026"})
    EXPECT_EQ(date(text, "dd/mm/yyyy"), "") << text;
}

TEST(Date, leaves_the_time_of_day_out_where_a_date_is_wanted) {
  EXPECT_EQ(date("05/03/2026 14:30", "dd/mm/yyyy hh:mm"), "2026-03-05");
  EXPECT_EQ(date("2026-03-05T14:30:00Z", "iso"), "2026-03-05");
  EXPECT_EQ(date("2026-03-05", "iso"), "2026-03-05");
}

TEST(Date, takes_mm_behind_the_hours_for_minutes) {
  EXPECT_EQ(moment("05/03/2026 14:30", "dd/mm/yyyy hh:mm"), "2026-03-05T14:30:00+01:00");
  EXPECT_EQ(moment("05/03/2026 14:30:09", "dd/mm/yyyy hh:mi:ss"), "2026-03-05T14:30:09+01:00");
  EXPECT_EQ(moment("14:30 05/03/2026", "hh:mm dd/mm/yyyy"), "2026-03-05T14:30:00+01:00");
  EXPECT_EQ(moment("20260305T1430", "yyyymmddThhmm"), "2026-03-05T14:30:00+01:00");
  EXPECT_EQ(moment("05/03/2026 24:00", "dd/mm/yyyy hh:mm"), "");
}

TEST(Date, gives_italian_time_its_offset_by_the_rule_of_the_union) {
  EXPECT_EQ(moment("29/03/2026 01:59", "dd/mm/yyyy hh:mm"), "2026-03-29T01:59:00+01:00");
  EXPECT_EQ(moment("29/03/2026 03:00", "dd/mm/yyyy hh:mm"), "2026-03-29T03:00:00+02:00");
  EXPECT_EQ(moment("25/10/2026 02:30", "dd/mm/yyyy hh:mm"), "2026-10-25T02:30:00+02:00");
  EXPECT_EQ(moment("25/10/2026 03:00", "dd/mm/yyyy hh:mm"), "2026-10-25T03:00:00+01:00");
  EXPECT_EQ(moment("01/07/2026", "dd/mm/yyyy"), "2026-07-01T00:00:00+02:00");
}

TEST(Date, keeps_an_offset_that_is_written) {
  EXPECT_EQ(moment("2026-03-05T14:30:00-05:00", "iso"), "2026-03-05T14:30:00-05:00");
  EXPECT_EQ(moment("2026-03-05 14:30:00.123Z", "iso"), "2026-03-05T14:30:00Z");
  EXPECT_EQ(moment("2026-07-05T14:30", "iso", "Z"), "2026-07-05T14:30:00Z");
  EXPECT_EQ(moment("2026-07-05T14:30", "iso", "+05:30"), "2026-07-05T14:30:00+05:30");
  EXPECT_EQ(moment("2026-07-05T14:30+99:00", "iso"), "");
}

TEST(Date, reads_times_of_day) {
  EXPECT_EQ(read("9:05", {"h:mm"}, Moment::kTime), "09:05:00");
  EXPECT_EQ(read("09:05:10", {"iso"}, Moment::kTime), "09:05:10");
  EXPECT_EQ(read("0905", {"hhmm"}, Moment::kTime), "09:05:00");
}

TEST(Date, reads_the_day_count_of_spreadsheets) {
  EXPECT_EQ(date("46086", "excel"), "2026-03-05");
  EXPECT_EQ(date("46086.75", "excel"), "2026-03-05");
  EXPECT_EQ(moment("46086.75", "excel"), "2026-03-05T18:00:00+01:00");
  EXPECT_EQ(date("60", "excel"), "");
  EXPECT_EQ(date("9999999", "excel"), "");
  EXPECT_EQ(date("nan", "excel"), "");
}

TEST(Date, tries_several_patterns_in_their_order) {
  EXPECT_EQ(read("2026-03-05", {"dd/mm/yyyy", "iso"}, Moment::kDate), "2026-03-05");
  EXPECT_EQ(read("03/05/2026", {"dd/mm/yyyy", "mm/dd/yyyy"}, Moment::kDate), "2026-05-03");
}

TEST(Date, refuses_patterns_that_mean_nothing) {
  EXPECT_EQ(date("", "dd/mm"), "the pattern “dd/mm” lacks day, month or year (dd/mm/yyyy)");
  EXPECT_EQ(date("", "dd/qq/yyyy"), "the date pattern “dd/qq/yyyy”: “qq” is not understood");
  EXPECT_EQ(date("", "dd/dd/yyyy"), "the date pattern “dd/dd/yyyy”: “dd” says the same thing again");
  EXPECT_EQ(date("", "yyyyy"), "the date pattern “yyyyy”: “yyyyy” is not understood");
  EXPECT_EQ(read("", {"dd/mm/yyyy"}, Moment::kTime),
            "the pattern “dd/mm/yyyy” lacks hours or minutes (hh:mm)");
}

}  // namespace
}  // namespace raccordo::mapping
