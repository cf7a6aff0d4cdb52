// SPDX-License-Identifier: Apache-2.0
#include "raccordo/sdk/option.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <span>

#include "raccordo/model/nearest.hpp"
#include "raccordo/sdk/borrowed.hpp"

namespace raccordo {
inline namespace sdk {
namespace {

struct Unit {
  std::int64_t factor;
  std::string_view suffix;
};

// The largest unit that needs no fraction.
std::string with_unit(std::int64_t value, std::span<const Unit> units) {
  for (const auto& unit : units)
    if (value >= unit.factor && value % unit.factor == 0)
      return fmt::format("{}{}", value / unit.factor, unit.suffix);
  return fmt::format("{}{}", value, units.back().suffix);
}

constexpr std::array kDurations{Unit{3'600'000, "h"}, Unit{60'000, "m"}, Unit{1'000, "s"}, Unit{1, "ms"}};
constexpr std::array kSizes{Unit{1 << 30, "GiB"}, Unit{1 << 20, "MiB"}, Unit{1 << 10, "KiB"}, Unit{1, ""}};

std::optional<std::string_view> configured(const OptionFacts& facts, const raccordo_options& options) {
  for (std::size_t i = 0; i < options.size; ++i)
    if (view(options.values[i].name) == facts.name) return view(options.values[i].value);
  return std::nullopt;
}

std::string_view shown(const OptionFacts& facts, std::string_view value) {
  return facts.is_secret ? "[secret]" : value.substr(0, 64);
}

Error wrong(const OptionFacts& facts, std::string_view value, Label must_be) {
  return error(ErrorCode::kInvalid,
               {fmt::format("opzione «{}»: «{}» {}", facts.name, shown(facts, value), must_be.it),
                fmt::format("option “{}”: “{}” {}", facts.name, shown(facts, value), must_be.en)});
}

// Nothing configured where something must be.
Status check_given(const OptionFacts& facts, const std::optional<std::string_view>& value) {
  if (!facts.is_required || (value && !value->empty())) return done();
  return error(ErrorCode::kInvalid, say("manca l'opzione «{}»", "option “{}” is missing", facts.name));
}

Status check_bounds(const OptionFacts& facts, double value, std::string_view text) {
  if (facts.min && value < *facts.min)
    return error(ErrorCode::kInvalid,
                 say("opzione «{0}»: {1} è sotto il minimo {2}", "option “{0}”: {1} is below the minimum {2}",
                     facts.name, shown(facts, text), *facts.min));
  if (facts.max && value > *facts.max)
    return error(ErrorCode::kInvalid, say("opzione «{0}»: {1} è sopra il massimo {2}",
                                          "option “{0}”: {1} is above the maximum {2}", facts.name,
                                          shown(facts, text), *facts.max));
  return done();
}

Status check_choice(const OptionFacts& facts, std::string_view value) {
  const auto words = std::span(facts.choices).first(facts.choice_count);
  if (facts.type != RACCORDO_OPTION_CHOICE || std::find(words.begin(), words.end(), value) != words.end())
    return done();
  const auto list = fmt::format("{}", fmt::join(words, ", "));
  auto none =
      error(ErrorCode::kInvalid, say("opzione «{}»: «{}» non è tra {}", "option “{}”: “{}” is none of {}",
                                     facts.name, shown(facts, value), list));
  if (const auto near = nearest(value, words); !near.empty() && !facts.is_secret)
    none.hint = say("forse «{}»?", "did you mean “{}”?", near);
  return none;
}

std::optional<bool> flag(std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return std::nullopt;
}

template <typename T>
std::optional<T> parsed(std::string_view text) {
  T value{};
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::string written_default(const OptionFacts& facts) {
  if (!facts.has_default) return {};
  switch (facts.type) {
    case RACCORDO_OPTION_INTEGER:
      return std::to_string(facts.default_whole);
    case RACCORDO_OPTION_NUMBER:
      return fmt::format("{}", facts.default_number);
    case RACCORDO_OPTION_BOOLEAN:
      return facts.default_whole != 0 ? "true" : "false";
    case RACCORDO_OPTION_DURATION:
      return with_unit(facts.default_whole, kDurations);
    case RACCORDO_OPTION_SIZE:
      return with_unit(facts.default_whole, kSizes);
    default:
      return std::string(facts.default_text);
  }
}

Result<std::optional<std::string_view>> given_text(const OptionFacts& facts,
                                                   const raccordo_options& options) {
  auto value = configured(facts, options);
  RACCORDO_CHECK(check_given(facts, value));
  if (!value && facts.has_default) value = facts.default_text;
  // An optional choice that was left out may come as an empty text.
  if (value && value->empty() && !facts.has_default && !facts.is_required) value.reset();
  if (value) RACCORDO_CHECK(check_choice(facts, *value));
  return value;
}

Result<std::optional<std::int64_t>> given_whole(const OptionFacts& facts, const raccordo_options& options) {
  const auto text = configured(facts, options);
  RACCORDO_CHECK(check_given(facts, text));
  if (!text || text->empty()) {
    if (!facts.has_default) return std::optional<std::int64_t>();
    return std::optional(facts.default_whole);
  }
  if (facts.type == RACCORDO_OPTION_BOOLEAN) {
    const auto value = flag(*text);
    if (!value) return wrong(facts, *text, {"non è né true né false", "is neither true nor false"});
    return std::optional<std::int64_t>(*value ? 1 : 0);
  }
  const auto value = parsed<std::int64_t>(*text);
  if (!value) return wrong(facts, *text, {"non è un numero intero", "is not a whole number"});
  RACCORDO_CHECK(check_bounds(facts, static_cast<double>(*value), *text));
  return value;
}

Result<std::optional<double>> given_number(const OptionFacts& facts, const raccordo_options& options) {
  const auto text = configured(facts, options);
  RACCORDO_CHECK(check_given(facts, text));
  if (!text || text->empty()) {
    if (!facts.has_default) return std::optional<double>();
    return std::optional(facts.default_number);
  }
  const auto value = parsed<double>(*text);
  if (!value || !std::isfinite(*value)) return wrong(facts, *text, {"non è un numero", "is not a number"});
  RACCORDO_CHECK(check_bounds(facts, *value, *text));
  return value;
}

Status whole_does_not_fit(const OptionFacts& facts, std::int64_t value) {
  return wrong(facts, std::to_string(value), {"è troppo grande", "is too large"});
}

}  // namespace sdk
}  // namespace raccordo
