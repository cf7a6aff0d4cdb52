// SPDX-License-Identifier: EUPL-1.2
// A mapping file as it was written: YAML with the position of everything, before anybody asks what it means.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/mapping/finding.hpp"

namespace raccordo::mapping {

struct Entry;

struct Node {
  enum class Kind { kNothing, kScalar, kMap, kList };

  Kind kind = Kind::kNothing;
  Position at;
  std::string text;            // of a scalar, as written: `NO` stays NO
  bool quoted = false;         // a scalar in quotes is never taken for a number or a yes/no
  std::vector<Entry> entries;  // of a map, in the order of the file, every key once
  std::vector<Node> items;     // of a list

  [[nodiscard]] bool is_scalar() const { return kind == Kind::kScalar; }
  [[nodiscard]] bool is_map() const { return kind == Kind::kMap; }
  [[nodiscard]] bool is_list() const { return kind == Kind::kList; }
  [[nodiscard]] bool is_nothing() const { return kind == Kind::kNothing; }
  [[nodiscard]] const Entry* find(std::string_view key) const;
};

struct Entry {
  std::string key;
  Position at;  // of the key
  Node value;
};

inline constexpr std::size_t kMaxMappingBytes = 1u << 20;
inline constexpr std::size_t kMaxMappingNodes = 100'000;  // aliases counted each time they are used
inline constexpr int kMaxMappingDepth = 24;

// Reads YAML. Nothing when it cannot be read at all; findings for that, for repeated keys and for the limits
// above.
[[nodiscard]] std::optional<Node> parse(std::string_view yaml, Findings& findings);

}  // namespace raccordo::mapping
