// SPDX-License-Identifier: EUPL-1.2
#include "plugins/mapping/finding.hpp"

#include <algorithm>
#include <tuple>

#include "raccordo/model/nearest.hpp"

namespace raccordo::mapping {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

std::string joined(std::span<const std::string_view> names) {
  std::string out;
  for (const auto name : names) {
    if (!out.empty()) out += ", ";
    out += name;
  }
  return out;
}

}  // namespace

std::string Finding::in(Language language) const {
  std::string out = fmt::format("{}:{}: {}", at.line, at.column, what.in(language));
  if (!hint.empty()) out += ": " + hint.in(language);
  return out;
}

void Findings::add(Position at, Text what, Text hint) {
  if (list_.size() == kMost) return;
  Finding finding{at, std::move(what), std::move(hint)};
  const auto later = [](const Finding& a, const Finding& b) {
    return std::tie(a.at.line, a.at.column) < std::tie(b.at.line, b.at.column);
  };
  list_.insert(std::upper_bound(list_.begin(), list_.end(), finding, later), std::move(finding));
}

std::string Findings::in(Language language, std::string_view between) const {
  std::string out;
  for (const auto& finding : list_) {
    if (!out.empty()) out += between;
    out += finding.in(language);
  }
  return out;
}

std::string_view nearest(std::string_view written, std::span<const std::string_view> known) {
  const std::string wanted = lower(written);
  std::string_view best;
  std::size_t least = written.size() / 3 + 2;
  for (const auto name : known) {
    const std::size_t d = distance(wanted, lower(name));
    if (d >= least || d >= name.size()) continue;
    least = d;
    best = name;
  }
  return best;
}

Text meant(std::string_view written, std::span<const std::string_view> known) {
  constexpr std::size_t kReadable = 16;
  if (const auto name = nearest(written, known); !name.empty())
    return say("forse «{}»?", "did you mean “{}”?", name);
  if (known.empty() || known.size() > kReadable) return {};
  return say("si può scrivere: {}", "known here: {}", joined(known));
}

std::string shown(std::string_view written) {
  constexpr std::size_t kMost = 60;
  if (written.size() <= kMost) return std::string(written);
  std::size_t end = kMost;
  while (end > 0 && (static_cast<unsigned char>(written[end]) & 0xc0) == 0x80) --end;
  return std::string(written.substr(0, end)) + "…";
}

}  // namespace raccordo::mapping
