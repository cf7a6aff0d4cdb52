// SPDX-License-Identifier: EUPL-1.2
// Where in a record's body a value stands. JSON: `a.b[0].c`, counted from 0, 'odd key' in single quotes. XML,
// from the record's own element: `child/grandchild`, `child[2]` counted from 1, a final `@attribute`, `.` for
// the element itself.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "raccordo/model/text.hpp"

namespace raccordo::mapping {

struct Step {
  enum class What : std::uint8_t { kName, kIndex, kAttribute };
  What what = What::kName;
  std::uint32_t index = 0;  // kIndex: from 0. kName in XML: which of the children with this name, from 0
  bool numbered = false;    // kName in XML: [n] was written
  std::string name;
};

using Path = std::vector<Step>;

inline constexpr std::size_t kMaxSteps = 32;

struct PathRead {
  Path path;
  Text trouble;  // empty when it is good
};

[[nodiscard]] PathRead read_json_path(std::string_view written);
[[nodiscard]] PathRead read_xml_path(std::string_view written);

}  // namespace raccordo::mapping
