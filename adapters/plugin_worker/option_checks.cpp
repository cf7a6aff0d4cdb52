// SPDX-License-Identifier: EUPL-1.2
#include "adapters/plugin_worker/option_checks.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace raccordo {
namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return is_lower(c) || (c >= 'A' && c <= 'Z'); }

// Takes digits off the front; false when there are none.
bool take_number(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  const bool any = end != text.begin();
  text.remove_prefix(static_cast<std::size_t>(end - text.begin()));
  return any;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<double> number_in(std::string_view text) {
  double value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  return failed == std::errc{} && end == text.data() + text.size();
}

// "30s", "64MiB": a number and a unit. What the units are is the configuration's matter.
bool is_quantity(std::string_view text) {
  if (!take_number(text)) return false;
  if (take(text, '.') && !take_number(text)) return false;
  return text.size() <= 4 && std::all_of(text.begin(), text.end(), is_letter);
}

bool takes(const PluginOption& option, const std::string& value) {
  switch (option.type) {
    case OptionType::kInteger:
      return is_integer(value);
    case OptionType::kNumber:
      return number_in(value).has_value();
    case OptionType::kBoolean:
      return value == "true" || value == "false";
    case OptionType::kDuration:
    case OptionType::kSize:
      return is_quantity(value);
    case OptionType::kChoice:
      return std::find(option.choices.begin(), option.choices.end(), value) != option.choices.end();
    case OptionType::kText:
    case OptionType::kFile:
      return true;
  }
  return false;
}

bool within(const PluginOption& option, double value) {
  return !(option.min && value < *option.min) && !(option.max && value > *option.max);
}

}  // namespace

bool is_name(std::string_view text, std::string_view more) {
  if (text.empty() || text.size() > 64 || !is_lower(text.front())) return false;
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return is_lower(c) || is_digit(c) || c == '_' || more.find(c) != std::string_view::npos;
  });
}

bool is_version(std::string_view text) {
  if (!take_number(text) || !take(text, '.') || !take_number(text) || !take(text, '.') || !take_number(text))
    return false;
  if (text.empty()) return true;
  if (text.front() != '-' && text.front() != '+') return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return is_letter(c) || is_digit(c) || c == '.' || c == '-' || c == '+'; });
}

bool is_licence(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || is_digit(c) || std::string_view("-.+ ():").find(c) != std::string_view::npos;
  });
}

Text what_is_wrong_with(const PluginOption& option) {
  if (option.type < OptionType::kText || option.type > OptionType::kFile)
    return say("tipo sconosciuto: {}", "unknown type: {}", static_cast<std::uint32_t>(option.type));
  if (option.min && option.max && *option.min > *option.max)
    return say("il minimo {} è maggiore del massimo {}", "its minimum {} is above its maximum {}",
               *option.min, *option.max);
  if (option.type == OptionType::kChoice && option.choices.empty())
    return say("una scelta senza alternative", "a choice without choices");
  if (option.required || option.default_value.empty()) return {};
  if (!takes(option, option.default_value))
    return say("il valore predefinito «{}» non è del suo tipo", "its default \"{}\" is not of its type",
               option.default_value);
  const auto value = number_in(option.default_value);
  if (option.type <= OptionType::kNumber && value && option.type != OptionType::kText &&
      !within(option, *value))
    return say("il valore predefinito {} è fuori dai suoi limiti", "its default {} is outside its bounds",
               option.default_value);
  return {};
}

}  // namespace raccordo
