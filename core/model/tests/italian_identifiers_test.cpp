// SPDX-License-Identifier: Apache-2.0
#include "raccordo/model/italian_identifiers.hpp"

#include <gtest/gtest.h>

#include <string>

namespace raccordo {
namespace {

// The specimen of the Agenzia delle Entrate and codes computed from it by the published tables.
TEST(FiscalCode, of_a_person_is_checked_to_its_last_letter) {
  EXPECT_TRUE(is_fiscal_code("RSSMRA85T10A562S"));
  for (char last = 'A'; last <= 'Z'; ++last) {
    EXPECT_EQ(is_fiscal_code(std::string("RSSMRA85T10A562") + last), last == 'S') << last;
  }
}

TEST(FiscalCode, of_a_woman_has_forty_added_to_the_day) {
  EXPECT_TRUE(is_fiscal_code("RSSMRA85T50A562W"));
  EXPECT_FALSE(is_fiscal_code("RSSMRA85T32A562Y"));
  EXPECT_FALSE(is_fiscal_code("RSSMRA85T00A562R"));
}

TEST(FiscalCode, with_letters_in_place_of_digits_is_valid_with_its_own_check_letter) {
  EXPECT_TRUE(is_fiscal_code("RSSMRA85T10A56NH"));   // the last digit replaced
  EXPECT_FALSE(is_fiscal_code("RSSMRA85T10A56NS"));  // with the check letter of the base form
  EXPECT_TRUE(is_fiscal_code("RSSMRAURTMLARSNL"));   // all seven replaced
  EXPECT_FALSE(is_fiscal_code("RSSMRA85T1OA562S"));  // O stands for no digit
}

TEST(FiscalCode, has_a_month_letter_that_exists) { EXPECT_FALSE(is_fiscal_code("RSSMRA85F10A562S")); }

TEST(FiscalCode, of_an_organization_has_eleven_digits) {
  EXPECT_TRUE(is_fiscal_code("80018720161"));
  EXPECT_TRUE(is_numeric_fiscal_code("80018720161"));
  EXPECT_FALSE(is_personal_fiscal_code("80018720161"));
  EXPECT_FALSE(is_fiscal_code("80018720162"));
}

TEST(FiscalCode, is_exact) {
  for (const auto* text :
       {"", "rssmra85t10a562s", "RSSMRA85T10A562", "RSSMRA85T10A562SS", " RSSMRA85T10A562S", "8001872016"})
    EXPECT_FALSE(is_fiscal_code(text)) << text;
}

TEST(FiscalCode, is_normal_in_capitals_and_without_blanks) {
  EXPECT_EQ(normal_fiscal_code(" rssmra 80a01 h501u\r\n"), "RSSMRA80A01H501U");
  EXPECT_EQ(normal_fiscal_code("RSSMRA80A01H50MV"),
            "RSSMRA80A01H50MV");  // not 501: somebody else has that one
  EXPECT_EQ(normal_fiscal_code(""), "");
}

TEST(VatNumber, has_a_check_digit_that_changes_with_each_digit) {
  const std::string valid = "00743110157";
  ASSERT_TRUE(is_vat_number(valid));
  for (std::size_t i = 0; i < valid.size(); ++i)
    for (char digit = '0'; digit <= '9'; ++digit) {
      auto changed = valid;
      changed[i] = digit;
      EXPECT_EQ(is_vat_number(changed), digit == valid[i]) << changed;
    }
}

TEST(VatNumber, of_zeros_passes_the_sum_and_is_refused) {
  EXPECT_FALSE(is_vat_number("00000000000"));
  EXPECT_FALSE(is_vat_number("IT00743110157"));
  EXPECT_FALSE(is_vat_number("0074311015"));
}

}  // namespace
}  // namespace raccordo
