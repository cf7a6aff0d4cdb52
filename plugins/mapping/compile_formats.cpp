// SPDX-License-Identifier: EUPL-1.2
#include "plugins/mapping/compile_formats.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "plugins/mapping/spelling.hpp"

namespace raccordo::mapping {
namespace {

using Names = std::span<const std::string_view>;

constexpr std::array<std::string_view, 5> kTrims{"true", "false", "ends", "inner", "all"};
constexpr std::array<std::string_view, 3> kNumberFormats{"plain", "it", "en"};
constexpr std::array<std::string_view, 6> kNumberWords{"format", "decimal", "thousands",
                                                       "unit",   "times",   "round"};
constexpr std::array<std::string_view, 2> kDateWords{"format", "zone"};

void not_one_of(const Node& node, std::string_view word, Names known, Findings& findings) {
  findings.add(node.at,
               say("«{0}» non è un valore di {1}", "“{0}” is not a value of {1}", shown(node.text), word),
               meant(node.text, known));
}

std::optional<NumberFormat> number_named(const Node& node, Findings& findings) {
  NumberFormat format;
  if (node.text == "plain" || node.text == "true") {
    format.exponent = true;
  } else if (node.text == "it") {
    format.decimal = ',';
    format.thousands = '.';
  } else if (node.text == "en") {
    format.thousands = ',';
  } else {
    not_one_of(node, "number", kNumberFormats, findings);
    return std::nullopt;
  }
  return format;
}

// One ASCII character that is neither a digit nor a sign.
bool read_mark(const Entry& entry, char& out, Findings& findings) {
  const auto& text = entry.value.text;
  const bool good = entry.value.is_scalar() && text.size() == 1 &&
                    std::string_view(".,' _").find(text[0]) != std::string_view::npos;
  if (good)
    out = text[0];
  else
    findings.add(entry.value.at,
                 say("{} vuole uno di questi segni: . , ' _ o uno spazio, tra virgolette",
                     "{} wants one of these marks: . , ' _ or a blank, in quotes", entry.key));
  return good;
}

bool read_times(const Node& node, std::uint32_t& out, Findings& findings) {
  std::uint32_t value = 0;
  const auto [end, code] = std::from_chars(node.text.data(), node.text.data() + node.text.size(), value);
  const bool good =
      code == std::errc{} && end == node.text.data() + node.text.size() && value >= 1 && value <= 1'000'000;
  if (good)
    out = value;
  else
    findings.add(node.at, say("times vuole un numero intero da 1 a 1000000",
                              "times wants a whole number from 1 to 1000000"));
  return good;
}

void number_details(const Node& node, NumberFormat& format, Findings& findings) {
  if (const auto* entry = node.find("decimal")) read_mark(*entry, format.decimal, findings);
  if (const auto* entry = node.find("thousands")) read_mark(*entry, format.thousands, findings);
  if (const auto* entry = node.find("unit")) format.unit = read_name(*entry, findings);
  if (const auto* entry = node.find("times")) read_times(entry->value, format.times, findings);
  if (const auto* entry = node.find("round")) format.round = read_yes_no(*entry, findings).value_or(false);
  if (format.decimal == format.thousands)
    findings.add(node.at, say("decimal e thousands non possono essere lo stesso segno",
                              "decimal and thousands cannot be the same mark"));
}

void add_pattern(const Node& node, Moment moment, DateFormats& formats, Findings& findings) {
  if (!node.is_scalar() || node.text.empty())
    return findings.add(node.at, say("qui serve un modello di data come gg/mm/aaaa",
                                     "a date pattern such as dd/mm/yyyy is needed here"));
  auto read = read_pattern(node.text, moment);
  if (!read.trouble.empty()) return findings.add(node.at, std::move(read.trouble));
  if (!formats.written.empty()) formats.written += ", ";
  formats.written += node.text;
  formats.patterns.push_back(std::move(read.pattern));
}

void add_patterns(const Node& node, Moment moment, DateFormats& formats, Findings& findings) {
  if (!node.is_list()) return add_pattern(node, moment, formats, findings);
  for (const auto& one : node.items) add_pattern(one, moment, formats, findings);
}

}  // namespace

Trim read_trim(const Node& node, Findings& findings) {
  if (node.is_scalar()) {
    if (node.text == "true" || node.text == "inner") return Trim::kInner;
    if (node.text == "ends") return Trim::kEnds;
    if (node.text == "all") return Trim::kAll;
    if (node.text == "false") return Trim::kNone;
  }
  not_one_of(node, "trim", kTrims, findings);
  return Trim::kNone;
}

std::optional<NumberFormat> read_number_format(const Node& written, Findings& findings) {
  if (!written.is_map()) return number_named(written, findings);
  const Node node = spelt(written, kNumberWords, {"number", "number"}, findings);
  NumberFormat format;
  if (const auto* named = node.find("format")) {
    auto base = number_named(named->value, findings);
    if (!base) return std::nullopt;
    format = std::move(*base);
  }
  const auto before = findings.size();
  number_details(node, format, findings);
  if (findings.size() != before) return std::nullopt;
  return format;
}

std::optional<DateFormats> read_date_formats(const Node& written, Moment moment, Findings& findings) {
  DateFormats formats;
  const auto before = findings.size();
  if (!written.is_map()) {
    add_patterns(written, moment, formats, findings);
  } else {
    const Node node = spelt(written, kDateWords, {"date", "date"}, findings);
    if (const auto* format = node.find("format")) add_patterns(format->value, moment, formats, findings);
    if (const auto* zone = node.find("zone")) {
      if (const auto read = read_zone(zone->value.text))
        formats.zone = *read;
      else
        findings.add(zone->value.at, say("zone vuole Europe/Rome, Z o uno scarto come +01:00",
                                         "zone wants Europe/Rome, Z or an offset such as +01:00"));
    }
  }
  if (findings.size() == before && formats.patterns.empty())
    findings.add(written.at,
                 say("manca il modello della data (format)", "the date's pattern is missing (format)"));
  if (findings.size() != before) return std::nullopt;
  return formats;
}

Table read_words(const Node& node, Findings& findings) {
  Table words;
  const auto add = [&](const Node& one) {
    if (!one.is_scalar() || one.text.empty() || one.text.size() > kMaxTableKey)
      return findings.add(one.at, say("qui serve una parola, al massimo di {} byte",
                                      "a word is needed here, at most {} bytes", kMaxTableKey));
    if (!words.add(one.text, 0))
      findings.add(one.at, say("«{}» c'è già", "“{}” is there already", shown(one.text)));
  };
  if (node.is_list())
    std::for_each(node.items.begin(), node.items.end(), add);
  else
    add(node);
  return words;
}

std::string_view read_name(const Entry& entry, Findings& findings) {
  if (entry.value.is_scalar() && !entry.value.text.empty()) return entry.value.text;
  findings.add(entry.value.at, say("{} vuole un testo", "{} wants a text", entry.key));
  return {};
}

std::optional<bool> read_yes_no(const Entry& entry, Findings& findings) {
  if (entry.value.is_scalar() && entry.value.text == "true") return true;
  if (entry.value.is_scalar() && entry.value.text == "false") return false;
  findings.add(entry.value.at, say("{} vuole true o false", "{} wants true or false", entry.key));
  return std::nullopt;
}

}  // namespace raccordo::mapping
