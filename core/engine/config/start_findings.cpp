// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/config/start_findings.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>

namespace raccordo {
namespace {

// Takes "12:" off the front.
std::optional<int> take_number(std::string_view& text) {
  int number = 0;
  const auto* const end = text.data() + text.size();
  const auto [behind, failed] = std::from_chars(text.data(), end, number);
  if (failed != std::errc() || number < 0 || behind == end || *behind != ':') return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(behind - text.data()) + 1);
  return number;
}

// Takes "12:7: " off the front.
std::optional<PlacedWords> take_place(std::string_view& text) {
  auto rest = text;
  const auto line = take_number(rest);
  const auto column = line ? take_number(rest) : std::nullopt;
  if (!column || !rest.starts_with(' ')) return std::nullopt;
  text = rest.substr(1);
  return PlacedWords{*line, *column, {}};
}

// The file, as a person would name it from where the configuration was named, and only if there is no other.
std::optional<std::string> only_file_of(const ReadyConnector& connector) {
  std::optional<std::string> file;
  for (const auto& option : connector.run->plugin->options) {
    if (option.type != OptionType::kFile) continue;
    for (const auto& written : connector.configuration.options) {
      if (written.name != option.name) continue;
      if (file) return std::nullopt;
      const auto folder = std::filesystem::path(written.at.file).parent_path();
      file = (folder / written.value).lexically_normal().string();
    }
  }
  return file;
}

}  // namespace

SplitWords split_at_places(std::string_view words) {
  SplitWords split;
  auto* current = &split.before;
  bool may_start = true;
  while (!words.empty()) {
    if (auto placed = may_start ? take_place(words) : std::nullopt) {
      if (current->ends_with("; ")) current->resize(current->size() - 2);
      current = &split.placed.emplace_back(std::move(*placed)).words;
    } else {
      *current += words.front();
      words.remove_prefix(1);
    }
    // The first place stands behind the words about the plugin.
    may_start = current->ends_with("; ") || (split.placed.empty() && current->ends_with(": "));
  }
  return split;
}

ConfigurationFindings start_findings(const ReadyConnector& connector, const Error& refusal) {
  const auto file = only_file_of(connector);
  const auto it = split_at_places(refusal.message.it).placed;
  const auto en = split_at_places(refusal.message.en).placed;
  if (!file || it.empty() || en.empty())
    return {{connector.configuration.plugin_at, refusal.message, refusal.hint}};
  ConfigurationFindings findings;
  for (std::size_t i = 0; i < std::max(it.size(), en.size()); ++i) {
    const auto& in_italian = i < it.size() ? it[i] : en[i];
    const auto& in_english = i < en.size() ? en[i] : it[i];
    findings.push_back(
        {{*file, in_english.line, in_english.column}, {in_italian.words, in_english.words}, {}});
  }
  return findings;
}

}  // namespace raccordo
