// SPDX-License-Identifier: Apache-2.0
// A plugin's options, declared once beside the struct that holds them. From the declaration come what the
// host shows and checks, and the filled struct that the plugin's constructor is given.
//
// The member's type says the option's: std::string a text, whole numbers, floating-point numbers, bool,
// std::chrono::milliseconds a duration ("30s"). In a std::optional it may be left out.
#pragma once

#include <raccordo/abi.h>

#include <array>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "raccordo/model/result.hpp"

namespace raccordo {
inline namespace sdk {

struct Required {};
inline constexpr Required required;

inline constexpr std::size_t kMaxChoices = 32;

// One option as data.
struct OptionFacts {
  std::string_view name;
  raccordo_option_type type = RACCORDO_OPTION_TEXT;
  bool is_required = false;
  bool has_default = false;
  bool is_secret = false;
  std::string_view default_text;   // texts, choices
  std::int64_t default_whole = 0;  // whole numbers, booleans, milliseconds, bytes
  double default_number = 0;
  std::optional<double> min;
  std::optional<double> max;
  std::array<std::string_view, kMaxChoices> choices{};
  std::size_t choice_count = 0;
  Label help;
};

// The default as it would be written in a configuration: "200", "true", "30s", "64MiB".
[[nodiscard]] std::string written_default(const OptionFacts& facts);

// What was configured for an option; empty when nothing was. Errors name the option, the value and the
// bounds.
[[nodiscard]] Result<std::optional<std::string_view>> given_text(const OptionFacts& facts,
                                                                 const raccordo_options& options);
[[nodiscard]] Result<std::optional<std::int64_t>> given_whole(const OptionFacts& facts,
                                                              const raccordo_options& options);
[[nodiscard]] Result<std::optional<double>> given_number(const OptionFacts& facts,
                                                         const raccordo_options& options);
[[nodiscard]] Status whole_does_not_fit(const OptionFacts& facts, std::int64_t value);

namespace sdk_detail {

template <typename T>
struct OptionMember {
  using type = T;
  static constexpr bool optional = false;
};
template <typename T>
struct OptionMember<std::optional<T>> {
  using type = T;
  static constexpr bool optional = true;
};

template <typename T>
constexpr raccordo_option_type option_type() {
  if constexpr (std::same_as<T, bool>)
    return RACCORDO_OPTION_BOOLEAN;
  else if constexpr (std::integral<T>)
    return RACCORDO_OPTION_INTEGER;
  else if constexpr (std::floating_point<T>)
    return RACCORDO_OPTION_NUMBER;
  else if constexpr (std::same_as<T, std::chrono::milliseconds>)
    return RACCORDO_OPTION_DURATION;
  else {
    static_assert(std::same_as<T, std::string>, "an option is a text, a number, a bool or milliseconds");
    return RACCORDO_OPTION_TEXT;
  }
}

}  // namespace sdk_detail

template <typename Options, typename Member>
struct Option {
  using Value = typename sdk_detail::OptionMember<Member>::type;

  Member Options::*member;
  OptionFacts facts;

  [[nodiscard]] constexpr Option help(std::string_view it, std::string_view en) const {
    return with([&](OptionFacts& f) { f.help = {it, en}; });
  }
  [[nodiscard]] constexpr Option at_least(double min) const {
    return with([&](OptionFacts& f) { f.min = min; });
  }
  [[nodiscard]] constexpr Option at_most(double max) const {
    return with([&](OptionFacts& f) { f.max = max; });
  }
  // Only ever shown as [secret].
  [[nodiscard]] constexpr Option secret() const {
    return with([](OptionFacts& f) { f.is_secret = true; });
  }
  // One of these words.
  template <typename... Words>
  [[nodiscard]] constexpr Option choices(const Words&... words) const {
    static_assert(std::same_as<Value, std::string> && sizeof...(Words) <= kMaxChoices);
    return with([&](OptionFacts& f) {
      f.type = RACCORDO_OPTION_CHOICE;
      f.choices = {std::string_view(words)...};
      f.choice_count = sizeof...(Words);
    });
  }
  // Configured as a path; the host reads the file, and the member is given its content.
  [[nodiscard]] constexpr Option file() const {
    static_assert(std::same_as<Value, std::string>);
    return with([](OptionFacts& f) { f.type = RACCORDO_OPTION_FILE; });
  }
  // Bytes, configured "64MiB".
  [[nodiscard]] constexpr Option size() const {
    static_assert(std::integral<Value> && !std::same_as<Value, bool>);
    return with([](OptionFacts& f) { f.type = RACCORDO_OPTION_SIZE; });
  }

 private:
  template <typename Change>
  [[nodiscard]] constexpr Option with(Change change) const {
    Option copy = *this;
    change(copy.facts);
    return copy;
  }
};

// An option that may be left out: the member is a std::optional.
template <typename Options, typename Member>
requires(sdk_detail::OptionMember<Member>::optional)
    [[nodiscard]] constexpr auto option(Member Options::*member, std::string_view name) {
  Option<Options, Member> declared{member, {}};
  declared.facts.name = name;
  declared.facts.type = sdk_detail::option_type<typename sdk_detail::OptionMember<Member>::type>();
  return declared;
}

template <typename Options, typename Member>
[[nodiscard]] constexpr auto option(Member Options::*member, std::string_view name, Required) {
  Option<Options, Member> declared{member, {}};
  declared.facts.name = name;
  declared.facts.type = sdk_detail::option_type<Member>();
  declared.facts.is_required = true;
  return declared;
}

template <typename Options, typename Member, typename Default>
requires(!std::same_as<Default, Required>)
    [[nodiscard]] constexpr auto option(Member Options::*member, std::string_view name,
                                        const Default& fallback) {
  Option<Options, Member> declared{member, {}};
  auto& facts = declared.facts;
  facts.name = name;
  facts.type = sdk_detail::option_type<Member>();
  facts.has_default = true;
  if constexpr (std::same_as<Member, std::string>)
    facts.default_text = fallback;
  else if constexpr (std::floating_point<Member>)
    facts.default_number = static_cast<double>(fallback);
  else if constexpr (std::same_as<Member, std::chrono::milliseconds>)
    facts.default_whole = std::chrono::milliseconds(fallback).count();
  else
    facts.default_whole = static_cast<std::int64_t>(fallback);
  return declared;
}

// All options of one struct.
template <typename OptionsStruct, typename... Declared>
struct OptionsOf {
  using Struct = OptionsStruct;
  std::tuple<Declared...> all;
};

template <typename OptionsStruct, typename... Declared>
[[nodiscard]] constexpr auto describe(const Declared&... declared) {
  return OptionsOf<OptionsStruct, Declared...>{{declared...}};
}

namespace sdk_detail {

template <typename Value, typename Member, typename Given>
void take(Member& into, const std::optional<Given>& given) {
  if (given) into = static_cast<Value>(*given);
}

template <typename Options, typename Member>
Status take_option(const Option<Options, Member>& declared, const raccordo_options& options, Options& into) {
  using Value = typename Option<Options, Member>::Value;
  Member& member = into.*declared.member;
  if constexpr (std::same_as<Value, std::string>) {
    RACCORDO_TRY(const auto given, given_text(declared.facts, options));
    take<Value>(member, given);
  } else if constexpr (std::floating_point<Value>) {
    RACCORDO_TRY(const auto given, given_number(declared.facts, options));
    take<Value>(member, given);
  } else {
    RACCORDO_TRY(const auto given, given_whole(declared.facts, options));
    if constexpr (std::integral<Value> && !std::same_as<Value, bool>)
      if (given && !std::in_range<Value>(*given)) return whole_does_not_fit(declared.facts, *given);
    take<Value>(member, given);
  }
  return done();
}

}  // namespace sdk_detail

// The filled struct. Errors: kInvalid, for the first option that does not hold.
template <typename OptionsStruct, typename... Declared>
[[nodiscard]] Result<OptionsStruct> filled(const OptionsOf<OptionsStruct, Declared...>& declared,
                                           const raccordo_options& options) {
  OptionsStruct into{};
  Status status = done();
  std::apply(
      [&](const auto&... one) {
        ((status.ok() ? void(status = sdk_detail::take_option(one, options, into)) : void()), ...);
      },
      declared.all);
  if (!status.ok()) return std::move(status).error();
  return into;
}

}  // namespace sdk
}  // namespace raccordo
