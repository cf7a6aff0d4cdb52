// SPDX-License-Identifier: Apache-2.0
#include "raccordo/model/italian_identifiers.hpp"

#include <array>

namespace raccordo {
namespace {

constexpr std::string_view kShape = "LLLLLLNNMNNLNNNL";  // letter, digit or its omocodia letter, month
constexpr std::string_view kMonths = "ABCDEHLMPRST";
constexpr std::string_view kOmocodia = "LMNPQRSTUV";  // for 0 to 9
constexpr std::array<int, 26> kOdd{1,  0,  5, 7, 9, 13, 15, 17, 19, 21, 2,  4,  18,
                                   20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};

bool letter(char c) { return c >= 'A' && c <= 'Z'; }
bool digit(char c) { return c >= '0' && c <= '9'; }

// The digit that stands at this place, undoing omocodia, or -1.
int figure(char c) {
  if (digit(c)) return c - '0';
  const auto at = kOmocodia.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

int ordinal(char c) { return digit(c) ? c - '0' : c - 'A'; }

bool fits(char c, char shape) {
  if (shape == 'L') return letter(c);
  if (shape == 'M') return kMonths.find(c) != std::string_view::npos;
  return figure(c) >= 0;
}

bool born_on_a_day(std::string_view code) {
  const int day = figure(code[9]) * 10 + figure(code[10]);
  return (day >= 1 && day <= 31) || (day >= 41 && day <= 71);
}

char check_letter(std::string_view code) {
  int sum = 0;
  for (std::size_t i = 0; i < 15; ++i)
    sum += i % 2 == 0 ? kOdd[static_cast<std::size_t>(ordinal(code[i]))] : ordinal(code[i]);
  return static_cast<char>('A' + sum % 26);
}

bool eleven_digits_with_check(std::string_view text) {
  if (text.size() != 11) return false;
  int sum = 0;
  for (std::size_t i = 0; i < 11; ++i) {
    if (!digit(text[i])) return false;
    int value = text[i] - '0';
    if (i % 2 == 1 && (value *= 2) > 9) value -= 9;
    sum += value;
  }
  return sum % 10 == 0 && text != "00000000000";
}

}  // namespace

bool is_personal_fiscal_code(std::string_view text) {
  if (text.size() != kShape.size()) return false;
  for (std::size_t i = 0; i < kShape.size(); ++i)
    if (!fits(text[i], kShape[i])) return false;
  return born_on_a_day(text) && text[15] == check_letter(text);
}

bool is_numeric_fiscal_code(std::string_view text) { return eleven_digits_with_check(text); }

bool is_fiscal_code(std::string_view text) {
  return text.size() == 11 ? is_numeric_fiscal_code(text) : is_personal_fiscal_code(text);
}

bool is_vat_number(std::string_view text) { return eleven_digits_with_check(text); }

std::string normal_fiscal_code(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ' ' || (c >= '\t' && c <= '\r')) continue;
    out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return out;
}

}  // namespace raccordo
