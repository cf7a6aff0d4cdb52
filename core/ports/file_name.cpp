// SPDX-License-Identifier: EUPL-1.2
#include "core/ports/file_name.hpp"

#include <algorithm>
#include <array>
#include <ctime>

namespace raccordo {
namespace {

constexpr std::size_t kMaxFileBytes = 120;
constexpr std::array<std::string_view, 4> kParts{"date", "file", "seq", "time"};

std::string formatted(const NameParts& parts, const char* format) {
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(parts.time.time_since_epoch()).count();
  const auto time = static_cast<std::time_t>(seconds);
  std::tm broken{};
  if (parts.utc)
    ::gmtime_r(&time, &broken);
  else
    ::localtime_r(&time, &broken);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), format, &broken)};
}

std::string value_of(std::string_view part, const NameParts& parts) {
  if (part == "date") return formatted(parts, "%Y-%m-%d");
  if (part == "time") return formatted(parts, "%H%M%S");
  if (part == "seq") return std::to_string(parts.sequence);
  return harmless(parts.file);
}

// Calls `text` for what stands between the parts and `part` for their names; false where a brace is never
// closed.
template <typename OnText, typename OnPart>
bool walk(std::string_view pattern, OnText text, OnPart part) {
  while (!pattern.empty()) {
    const auto open = pattern.find('{');
    text(pattern.substr(0, open));
    if (open == std::string_view::npos) return true;
    const auto close = pattern.find('}', open);
    if (close == std::string_view::npos) return false;
    part(pattern.substr(open + 1, close - open - 1));
    pattern.remove_prefix(close + 1);
  }
  return true;
}

Error wrong(std::string_view pattern, Text why) {
  return error(
      ErrorCode::kInvalid,
      Text{fmt::format("nome \"{}\": {}", pattern, why.it), fmt::format("name \"{}\": {}", pattern, why.en)},
      say("si possono usare {{date}}, {{time}}, {{file}} e {{seq}}",
          "{{date}}, {{time}}, {{file}} and {{seq}} can be used"));
}

bool is_harmful(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f ||
         std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos;
}

}  // namespace

Status check_template(std::string_view pattern) {
  std::string unknown;
  const bool closed = walk(
      pattern, [](std::string_view) {},
      [&](std::string_view part) {
        if (std::find(kParts.begin(), kParts.end(), part) == kParts.end()) unknown = part;
      });
  if (!closed) return wrong(pattern, say("una {{ non si chiude", "a {{ is never closed"));
  if (!unknown.empty()) return wrong(pattern, say("{{{}}} non esiste", "{{{}}} does not exist", unknown));
  if (pattern.empty()) return wrong(pattern, say("è vuoto", "it is empty"));
  if (pattern.find('/') != std::string_view::npos)
    return wrong(pattern, say("contiene una barra", "it contains a slash"));
  if (pattern.front() == '.') return wrong(pattern, say("comincia con un punto", "it begins with a dot"));
  return done();
}

std::string expand(std::string_view pattern, const NameParts& parts) {
  std::string name;
  const bool closed = walk(
      pattern, [&](std::string_view text) { name += text; },
      [&](std::string_view part) { name += value_of(part, parts); });
  return closed ? name : std::string{};
}

std::string harmless(std::string_view name) {
  std::string out(name);
  std::replace_if(out.begin(), out.end(), is_harmful, '_');
  out.erase(0, std::min(out.find_first_not_of(". ~"), out.size()));
  if (out.size() > kMaxFileBytes) {
    std::size_t end = kMaxFileBytes;
    while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xc0u) == 0x80u) --end;
    out.resize(end);
  }
  while (!out.empty() && (out.back() == '.' || out.back() == ' ')) out.pop_back();
  return out.empty() ? "file" : out;
}

std::string numbered(std::string_view name, std::int64_t number) {
  const auto dot = name.rfind('.');
  const auto stem = dot == std::string_view::npos || dot == 0 ? name : name.substr(0, dot);
  return fmt::format("{}-{}{}", stem, number, name.substr(stem.size()));
}

}  // namespace raccordo
