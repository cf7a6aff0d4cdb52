// SPDX-License-Identifier: EUPL-1.2
#include "core/ports/glob.hpp"

#include <algorithm>
#include <array>

namespace raccordo {
namespace {

constexpr auto kNone = std::string_view::npos;

// Where the set that opens at `at` closes. A `]` that comes first belongs to the set.
std::size_t closing(std::string_view pattern, std::size_t at) {
  std::size_t first = at + 1;
  if (first < pattern.size() && (pattern[first] == '!' || pattern[first] == '^')) ++first;
  return pattern.find(']', first + 1);
}

bool in_set(std::string_view set, char c) {
  const bool negated = set.front() == '!' || set.front() == '^';
  if (negated) set.remove_prefix(1);
  bool found = false;
  for (std::size_t i = 0; i < set.size(); ++i) {
    if (i + 2 < set.size() && set[i + 1] == '-') {
      found = found || (set[i] <= c && c <= set[i + 2]);
      i += 2;
    } else {
      found = found || set[i] == c;
    }
  }
  return found != negated;
}

std::size_t character_size(std::string_view name, std::size_t at) {
  std::size_t size = 1;
  while (at + size < name.size() && (static_cast<unsigned char>(name[at + size]) & 0xc0u) == 0x80u) ++size;
  return size;
}

// One part of the pattern, no star, against the name; how much of each it takes, or false.
bool take(std::string_view pattern, std::size_t& p, std::string_view name, std::size_t& n) {
  if (n >= name.size() || p >= pattern.size()) return false;
  if (pattern[p] == '?') {
    n += character_size(name, n);
    ++p;
    return true;
  }
  if (pattern[p] == '[') {
    const auto end = closing(pattern, p);
    if (end == kNone || !in_set(pattern.substr(p + 1, end - p - 1), name[n])) return false;
    p = end + 1;
    ++n;
    return true;
  }
  return pattern[p++] == name[n++];
}

bool ends_with_any_case(std::string_view name, std::string_view ending) {
  if (name.size() < ending.size()) return false;
  return std::equal(ending.begin(), ending.end(), name.end() - static_cast<std::ptrdiff_t>(ending.size()),
                    [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b); });
}

}  // namespace

bool matches(std::string_view pattern, std::string_view name) {
  std::size_t p = 0, n = 0;
  std::size_t star = kNone, from = 0;  // the last star, and where the name goes on if it takes more
  for (;;) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      from = n;
      continue;
    }
    if (p == pattern.size() && n == name.size()) return true;
    std::size_t next_p = p, next_n = n;
    if (take(pattern, next_p, name, next_n)) {
      p = next_p;
      n = next_n;
      continue;
    }
    if (star == kNone || from >= name.size()) return false;
    p = star + 1;
    n = ++from;
  }
}

bool has_wildcard(std::string_view pattern) { return pattern.find_first_of("*?[") != kNone; }

bool is_broken(std::string_view pattern) {
  for (std::size_t p = pattern.find('['); p != kNone; p = pattern.find('[', p + 1)) {
    p = closing(pattern, p);
    if (p == kNone) return true;
  }
  return false;
}

bool is_unfinished_name(std::string_view name) {
  constexpr std::array<std::string_view, 6> kEndings{".part",       ".tmp",     ".filepart",
                                                     ".crdownload", ".partial", "~"};
  if (name.starts_with('.') || name.starts_with("~$")) return true;
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return ends_with_any_case(name, ending); });
}

}  // namespace raccordo
