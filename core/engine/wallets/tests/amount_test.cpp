// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/wallets/amount.hpp"

#include <gtest/gtest.h>

namespace raccordo::wallets {
namespace {

TEST(Amounts, are_written_as_each_language_does) {
  EXPECT_EQ(amount_text(123'450, "EUR"), (Text{"1.234,50 €", "€1,234.50"}));
  EXPECT_EQ(amount_text(-5, "EUR"), (Text{"-0,05 €", "-€0.05"}));
  EXPECT_EQ(amount_text(100'000'000, "EUR").it, "1.000.000,00 €");
  EXPECT_EQ(amount_text(1, "minutes"), (Text{"1 minuto", "1 minute"}));
  EXPECT_EQ(amount_text(12, "points:MERCATO"), (Text{"12 punti MERCATO", "12 points MERCATO"}));
}

TEST(Amounts, are_read_as_italian_offices_write_them) {
  EXPECT_EQ(read_euro("300"), 30'000);
  EXPECT_EQ(read_euro("300,00"), 30'000);
  EXPECT_EQ(read_euro("1.250,5"), 125'050);
  EXPECT_EQ(read_euro("1.250"), 125'000);
  EXPECT_EQ(read_euro("0,05"), 5);
}

TEST(Amounts, that_could_mean_two_things_are_not_read) {
  for (const auto* text : {"", "300.00", "1.25", "12.50,0", ".250", "1.2500", "1,250,00", "3,", ",5", "-3",
                           "3 €", "0,005", "1.000000", "1234567890123"})
    EXPECT_EQ(read_euro(text), std::nullopt) << text;
}

TEST(Amounts, know_three_units) {
  EXPECT_TRUE(is_unit("EUR") && is_unit("minutes") && is_unit("points:MERCATO"));
  EXPECT_FALSE(is_unit("points:") || is_unit("USD") || is_unit(""));
}

TEST(Cells, carry_no_formula_into_a_spreadsheet) {
  EXPECT_EQ(for_csv("=HYPERLINK(1)"), "'=HYPERLINK(1)");
  EXPECT_EQ(for_csv("a;b\"c"), "\"a;b\"\"c\"");
  EXPECT_EQ(for_csv("piano 2026"), "piano 2026");
}

}  // namespace
}  // namespace raccordo::wallets
