// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/wallets/amount.hpp"

#include <algorithm>

#include "raccordo/model/counted.hpp"

namespace raccordo::wallets {
namespace {

constexpr std::string_view kPoints = "points:";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string grouped(std::int64_t whole, char between) {
  auto digits = std::to_string(whole);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), 1, between);
  return digits;
}

// The digits of a number whose thousands may be parted by points, all of them or none.
std::optional<std::string> without_groups(std::string_view whole) {
  if (whole.find('.') == std::string_view::npos) return std::string(whole);
  std::string digits;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    const bool separates = (whole.size() - i) % 4 == 0;
    if (separates != (whole[i] == '.')) return std::nullopt;
    if (!separates) digits += whole[i];
  }
  if (whole.front() == '.') return std::nullopt;
  return digits;
}

}  // namespace

bool is_unit(std::string_view unit) {
  if (unit == "EUR" || unit == "minutes") return true;
  return unit.starts_with(kPoints) && unit.size() > kPoints.size();
}

Text amount_text(std::int64_t value, std::string_view unit) {
  const std::string_view sign = value < 0 ? "-" : "";
  const auto size = value < 0 ? -value : value;
  if (unit == "EUR")
    return {fmt::format("{}{},{:02} €", sign, grouped(size / 100, '.'), size % 100),
            fmt::format("{}€{}.{:02}", sign, grouped(size / 100, ','), size % 100)};
  if (unit == "minutes") return counted(value, {"minuto", "minute"}, {"minuti", "minutes"});
  auto text = counted(value, {"punto", "point"}, {"punti", "points"});
  const auto scheme = unit.starts_with(kPoints) ? unit.substr(kPoints.size()) : unit;
  return say("{} {}", "{2} {1}", text.it, scheme, text.en);
}

std::string for_cell(std::int64_t value, std::string_view unit) {
  if (unit != "EUR") return std::to_string(value);
  const auto size = value < 0 ? -value : value;
  return fmt::format("{}{},{:02}", value < 0 ? "-" : "", size / 100, size % 100);
}

std::string for_csv(std::string_view text) {
  std::string out;
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) out += '\'';
  out += text;
  if (out.find_first_of(";\"\r\n") == std::string::npos) return out;
  std::string quoted = "\"";
  for (const char c : out) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

std::optional<std::int64_t> read_euro(std::string_view text) {
  const auto comma = text.find(',');
  const auto digits = without_groups(text.substr(0, comma));
  auto decimals = comma == std::string_view::npos ? std::string() : std::string(text.substr(comma + 1));
  if (!digits || digits->empty() || digits->size() > 12) return std::nullopt;
  if (comma != std::string_view::npos && (decimals.empty() || decimals.size() > 2)) return std::nullopt;
  decimals.resize(2, '0');
  std::int64_t cents = 0;
  for (const char c : *digits + decimals) {
    if (!is_digit(c)) return std::nullopt;
    cents = cents * 10 + (c - '0');
  }
  return cents;
}

}  // namespace raccordo::wallets
