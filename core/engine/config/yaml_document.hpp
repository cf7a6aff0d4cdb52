// SPDX-License-Identifier: EUPL-1.2
// One YAML file as a tree in which everything knows where it was written. Repeated keys are kept: whoever
// reads the tree refuses them. Aliases are replaced by copies, within a limit on the whole.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/config/finding.hpp"

namespace raccordo {

struct YamlEntry;

struct YamlNode {
  enum class Kind { kNull, kScalar, kList, kMap };

  Kind kind = Kind::kNull;
  bool quoted = false;             // a scalar in quotes is text, whatever it looks like
  std::string text;                // of a scalar
  int line = 0;                    // from 1
  int column = 0;                  // from 1
  std::vector<YamlNode> items;     // of a list
  std::vector<YamlEntry> entries;  // of a map, as written
};

struct YamlEntry {
  YamlNode key;
  YamlNode value;
};

inline constexpr std::size_t kMaxYamlNodes = 200'000;
inline constexpr std::size_t kMaxYamlDepth = 32;

// Nothing when the text is no YAML or over a limit: then `findings` says why. An empty file is an empty map.
[[nodiscard]] std::optional<YamlNode> parse_yaml(const std::string& file, std::string_view text,
                                                 ConfigurationFindings& findings);

}  // namespace raccordo
