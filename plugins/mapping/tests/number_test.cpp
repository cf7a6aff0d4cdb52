// SPDX-License-Identifier: EUPL-1.2
#include "plugins/mapping/number.hpp"

#include <gtest/gtest.h>

#include "plugins/mapping/arena.hpp"

namespace raccordo::mapping {
namespace {

const NumberFormat kPlain{.exponent = true};
const NumberFormat kItalian{.decimal = ',', .thousands = '.'};
const NumberFormat kEnglish{.decimal = '.', .thousands = ','};
const NumberFormat kEuroCents{.decimal = ',', .thousands = '.', .unit = "€", .times = 100};

// The number as JSON, or what is the matter.
std::string read(std::string_view text, const NumberFormat& format, NumberKind kind) {
  Arena arena;
  const auto number = read_number(text, format, kind, arena);
  switch (number.trouble) {
    case NumberTrouble::kNone:
      return std::string(number.text);
    case NumberTrouble::kNotANumber:
      return "no number";
    case NumberTrouble::kNotWhole:
      return "not whole";
    case NumberTrouble::kTooLarge:
      return "too large";
  }
  return "";
}

std::string whole(std::string_view text, const NumberFormat& format) {
  return read(text, format, NumberKind::kWhole);
}
std::string decimal(std::string_view text, const NumberFormat& format) {
  return read(text, format, NumberKind::kDecimal);
}

TEST(Number, reads_plain_ones) {
  EXPECT_EQ(whole("88", kPlain), "88");
  EXPECT_EQ(whole(" 0088 ", kPlain), "88");
  EXPECT_EQ(whole("-5", kPlain), "-5");
  EXPECT_EQ(whole("+5", kPlain), "5");
  EXPECT_EQ(decimal("12.50", kPlain), "12.5");
  EXPECT_EQ(decimal("-0.25", kPlain), "-0.25");
  EXPECT_EQ(decimal("0.1", kPlain), "0.1");
}

TEST(Number, takes_a_fraction_of_zeros_for_a_whole_number) {
  EXPECT_EQ(whole("88.0", kPlain), "88");
  EXPECT_EQ(whole("88,00", kItalian), "88");
  EXPECT_EQ(decimal("88.0", kPlain), "88");
}

TEST(Number, reads_italian_and_english_separators_and_does_not_guess_between_them) {
  EXPECT_EQ(decimal("1.234,56", kItalian), "1234.56");
  EXPECT_EQ(whole("1.234", kItalian), "1234");
  EXPECT_EQ(whole("1.234.567", kItalian), "1234567");
  EXPECT_EQ(decimal("1,234.56", kEnglish), "1234.56");
  EXPECT_EQ(decimal("12.5", kItalian), "no number");
  EXPECT_EQ(decimal("1,23.4", kEnglish), "no number");
  EXPECT_EQ(whole("1234.567", kItalian), "no number");
  EXPECT_EQ(whole("12345", kItalian), "12345");
}

TEST(Number, takes_any_white_space_for_a_blank_between_thousands) {
  const NumberFormat format{.decimal = ',', .thousands = ' '};
  EXPECT_EQ(decimal("1 234,5", format), "1234.5");
  EXPECT_EQ(decimal("1\xc2\xa0"
                    "234,5",
                    format),
            "1234.5");
  EXPECT_EQ(decimal("1\xe2\x80\xaf"
                    "234",
                    format),
            "1234");
}

TEST(Number, makes_cents_of_euros_exactly) {
  EXPECT_EQ(whole("€ 18,50", kEuroCents), "1850");
  EXPECT_EQ(whole("18,5 €", kEuroCents), "1850");
  EXPECT_EQ(whole("0,07", kEuroCents), "7");
  EXPECT_EQ(whole("1.018,50€", kEuroCents), "101850");
  EXPECT_EQ(whole("18,505", kEuroCents), "not whole");
}

TEST(Number, rounds_halves_away_from_zero_only_when_told_to) {
  NumberFormat format = kEuroCents;
  format.round = true;
  EXPECT_EQ(whole("18,505", format), "1851");
  EXPECT_EQ(whole("18,5049", format), "1850");
  EXPECT_EQ(whole("-18,505", format), "-1851");
  EXPECT_EQ(whole("0,004", format), "0");
}

TEST(Number, reads_exponents_as_spreadsheets_store_them) {
  EXPECT_EQ(whole("1.5E+2", kPlain), "150");
  EXPECT_EQ(decimal("1e-2", kPlain), "0.01");
  EXPECT_EQ(decimal("1e-2", kItalian), "no number");
  EXPECT_EQ(whole("1E+400", kPlain), "too large");
  EXPECT_EQ(whole("1e", kPlain), "no number");
}

TEST(Number, refuses_what_is_none) {
  for (const auto* text : {"", "-", "+", ".", ",", "1.", "1..2", "n.d.", "12 posti", "0x10", "1e5e5", "--1",
                           "1-", "€", "١٢", "\xff"})
    EXPECT_EQ(whole(text, kPlain), "no number") << text;
}

TEST(Number, refuses_what_does_not_fit) {
  EXPECT_EQ(whole("999999999999999999", kPlain), "999999999999999999");
  EXPECT_EQ(whole("9999999999999999999", kPlain), "too large");
  EXPECT_EQ(whole("999999999999999999", kEuroCents), "too large");
  EXPECT_EQ(whole(std::string(100'000, '9'), kPlain), "too large");
  EXPECT_EQ(whole(std::string(100'000, '0'), kPlain), "0");
}

TEST(Number, shows_how_it_should_look) {
  EXPECT_EQ(example(kItalian, NumberKind::kDecimal), "1.234,50");
  EXPECT_EQ(example(kPlain, NumberKind::kWhole), "1234");
}

}  // namespace
}  // namespace raccordo::mapping
