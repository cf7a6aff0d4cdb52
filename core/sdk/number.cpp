// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <charconv>
#include <cmath>

#include "raccordo/sdk/row.hpp"

namespace raccordo {
inline namespace sdk {
namespace {

constexpr std::string_view kNoBreakSpace = "\xc2\xa0";

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  for (bool again = true; again && !text.empty();) {
    again = true;
    if (blank(text.front()))
      text.remove_prefix(1);
    else if (blank(text.back()))
      text.remove_suffix(1);
    else if (text.starts_with(kNoBreakSpace))
      text.remove_prefix(2);
    else if (text.ends_with(kNoBreakSpace))
      text.remove_suffix(2);
    else
      again = false;
  }
  return text;
}

// A message shows the beginning of a value, cut between two characters.
std::string_view shown(std::string_view text) {
  constexpr std::size_t kShown = 64;
  if (text.size() <= kShown) return text;
  std::size_t end = kShown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end);
}

// from_chars reads no plus sign.
std::string_view unsigned_plus(std::string_view text) {
  if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
  return text;
}

}  // namespace

Result<std::int64_t> whole_number(std::string_view column, std::string_view text, std::int64_t min,
                                  std::int64_t max) {
  const auto digits = unsigned_plus(trimmed(text));
  std::int64_t value = 0;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool whole = end == digits.data() + digits.size() && !digits.empty();
  if (!whole || failed == std::errc::invalid_argument)
    return error(ErrorCode::kInvalid, say("«{}»: «{}» non è un numero intero",
                                          "“{}”: “{}” is not a whole number", column, shown(text)));
  if (failed != std::errc() || value < min || value > max)
    return error(ErrorCode::kInvalid, say("«{}»: {} è fuori dai limiti {}..{}", "“{}”: {} is outside {}..{}",
                                          column, shown(digits), min, max));
  return value;
}

Result<double> decimal_number(std::string_view column, std::string_view text) {
  const auto digits = unsigned_plus(trimmed(text));
  std::array<char, 64> copy{};
  double value = 0;
  bool read = !digits.empty() && digits.size() <= copy.size();
  if (read) {
    const auto last = std::replace_copy(digits.begin(), digits.end(), copy.begin(), ',', '.');
    const auto [end, failed] = std::from_chars(copy.data(), last, value, std::chars_format::fixed);
    read = failed == std::errc() && end == last && std::isfinite(value);
  }
  if (!read)
    return error(ErrorCode::kInvalid,
                 say("«{}»: «{}» non è un numero", "“{}”: “{}” is not a number", column, shown(text)));
  return value;
}

}  // namespace sdk
}  // namespace raccordo
