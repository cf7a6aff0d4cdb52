// SPDX-License-Identifier: Apache-2.0
// What people read, in both languages, side by side where it is written.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

namespace raccordo {

enum class Language { kItalian, kEnglish };

// A label that is known when the program is compiled.
struct Label {
  std::string_view it;
  std::string_view en;

  [[nodiscard]] constexpr std::string_view in(Language language) const {
    return language == Language::kItalian ? it : en;
  }
};

// A message that was made up at run time, in both languages: whoever shows it chooses.
struct Text {
  std::string it;
  std::string en;

  [[nodiscard]] const std::string& in(Language language) const {
    return language == Language::kItalian ? it : en;
  }
  [[nodiscard]] bool empty() const { return en.empty() && it.empty(); }
  friend bool operator==(const Text&, const Text&) = default;
};

// The same arguments into both sentences. Both must use all of them: use {0}, {1} where the order differs.
template <typename... Args>
[[nodiscard]] Text say(fmt::format_string<const Args&...> it, fmt::format_string<const Args&...> en,
                       const Args&... args) {
  return {fmt::format(it, args...), fmt::format(en, args...)};
}

// Words that come from outside and exist in one language only (a library's, a plugin's).
[[nodiscard]] inline Text as_is(std::string words) { return {words, words}; }

// Words that cross the plugin contract are one text. In both languages, Italian first, it holds this between
// them.
inline constexpr std::string_view kBetweenLanguages = " \u2044 ";

inline void append_both(const Text& text, std::string& out) {
  out += text.it;
  if (text.it == text.en) return;
  out += kBetweenLanguages;
  out += text.en;
}

// The other way: a plugin's words, in one language or in both.
[[nodiscard]] inline Text from_plugin(std::string_view words) {
  const auto at = words.find(kBetweenLanguages);
  if (at == std::string_view::npos) return as_is(std::string(words));
  return {std::string(words.substr(0, at)), std::string(words.substr(at + kBetweenLanguages.size()))};
}

}  // namespace raccordo
