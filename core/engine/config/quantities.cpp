// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/config/quantities.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <span>

namespace raccordo {
namespace {

struct Unit {
  std::string_view name;
  std::uint64_t of;
};

constexpr std::uint64_t kSecond = 1'000'000'000;
constexpr std::array kDurations{Unit{"d", 86'400 * kSecond}, Unit{"h", 3'600 * kSecond},
                                Unit{"m", 60 * kSecond},     Unit{"s", kSecond},
                                Unit{"ms", 1'000'000},       Unit{"us", 1'000}};
constexpr std::uint64_t kLongest = 100ull * 366 * 86'400;  // seconds

constexpr std::array kSizes{Unit{"TiB", 1ull << 40},
                            Unit{"GiB", 1ull << 30},
                            Unit{"MiB", 1ull << 20},
                            Unit{"KiB", 1ull << 10},
                            Unit{"TB", 1'000'000'000'000},
                            Unit{"GB", 1'000'000'000},
                            Unit{"MB", 1'000'000},
                            Unit{"kB", 1'000},
                            Unit{"KB", 1'000},
                            Unit{"B", 1}};

const Unit* find(std::span<const Unit> units, std::string_view name) {
  for (const auto& unit : units)
    if (unit.name == name) return &unit;
  return nullptr;
}

// Takes the digits at the front of the text.
std::optional<std::uint64_t> take_digits(std::string_view& text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end == text.data()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

// Takes the letters at the front of the text.
std::string_view take_letters(std::string_view& text) {
  std::size_t size = 0;
  while (size < text.size() && (text[size] < '0' || text[size] > '9')) ++size;
  const auto letters = text.substr(0, size);
  text.remove_prefix(size);
  return letters;
}

std::string_view without_spaces_before(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  return text;
}

std::optional<std::uint64_t> times(std::uint64_t a, std::uint64_t b) {
  std::uint64_t product = 0;
  if (__builtin_mul_overflow(a, b, &product)) return std::nullopt;
  return product;
}

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
  if (text.empty()) return std::nullopt;
  std::uint64_t sum = 0;
  while (!text.empty()) {
    const auto count = take_digits(text);
    const auto* unit = count ? find(kDurations, take_letters(text)) : nullptr;
    const auto part = unit != nullptr ? times(*count, unit->of) : std::nullopt;
    if (!part || __builtin_add_overflow(sum, *part, &sum) || sum > kLongest * kSecond) return std::nullopt;
  }
  return Duration(static_cast<std::int64_t>(sum));
}

std::string print_duration(Duration duration) {
  auto left = static_cast<std::uint64_t>(std::max<std::int64_t>(0, duration.count()));
  std::string out;
  for (const auto& unit : kDurations) {
    if (left < unit.of) continue;
    out += std::to_string(left / unit.of) + std::string(unit.name);
    left %= unit.of;
  }
  return out.empty() ? "0s" : out;
}

std::optional<std::chrono::minutes> parse_time_of_day(std::string_view text) {
  constexpr std::uint64_t kHours = 24, kMinutes = 60;
  const auto hours = take_digits(text);
  if (!hours || *hours >= kHours || text.size() != 3 || text.front() != ':') return std::nullopt;
  text.remove_prefix(1);
  const auto minutes = take_digits(text);
  if (!minutes || *minutes >= kMinutes || !text.empty()) return std::nullopt;
  return std::chrono::minutes(*hours * kMinutes + *minutes);
}

std::string print_time_of_day(std::chrono::minutes time) {
  return fmt::format("{:02}:{:02}", time.count() / 60, time.count() % 60);
}

std::optional<Rate> parse_rate(std::string_view text) {
  const auto count = take_digits(text);
  if (!count || *count == 0 || *count > kMostInATime || !text.starts_with('/')) return std::nullopt;
  text.remove_prefix(1);
  const bool alone = !text.empty() && (text.front() < '0' || text.front() > '9');
  const auto per = parse_duration(alone ? "1" + std::string(text) : std::string(text));
  if (!per || *per < std::chrono::milliseconds(1)) return std::nullopt;
  return Rate{static_cast<std::int64_t>(*count), *per};
}

std::string print_rate(const Rate& rate) {
  const auto per = print_duration(rate.per);
  return fmt::format("{}/{}", rate.count, per.starts_with('1') && per.size() == 2 ? per.substr(1) : per);
}

std::optional<std::uint64_t> parse_size(std::string_view text) {
  const auto count = take_digits(text);
  if (!count) return std::nullopt;
  text = without_spaces_before(text);
  if (text.empty()) return count;
  const auto* unit = find(kSizes, text);
  return unit != nullptr ? times(*count, unit->of) : std::nullopt;
}

std::string print_size(std::uint64_t bytes) {
  for (const auto& unit : std::span(kSizes).first(4))
    if (bytes >= unit.of && bytes % unit.of == 0)
      return std::to_string(bytes / unit.of) + std::string(unit.name);
  return std::to_string(bytes) + "B";
}

std::optional<double> parse_percentage(std::string_view text) {
  if (text.empty() || text.back() != '%') return std::nullopt;
  text.remove_suffix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  const auto percent = parse_number(text);
  if (!percent || *percent < 0 || *percent > 100) return std::nullopt;
  return *percent / 100;
}

std::string print_percentage(double part) { return fmt::format("{:.6g}%", part * 100); }

std::optional<std::int64_t> parse_integer(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> parse_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace raccordo
