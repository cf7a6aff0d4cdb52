// SPDX-License-Identifier: EUPL-1.2
// One XML element of bytes at hand, with all that is inside it. No recursion.
#pragma once

#include <string_view>
#include <vector>

#include "core/framing/xml_token.hpp"

namespace raccordo {

struct XmlCut {
  CutEnd end = CutEnd::kWhole;
  std::size_t size = 0;
  Fault fault;
};

// Reused from element to element: it keeps its memory.
class XmlElement {
 public:
  explicit XmlElement(const FramingLimits& limits) : limits_(limits) {}

  // The element that `bytes` begin with, at `depth` (of its parents).
  [[nodiscard]] XmlCut cut(std::string_view bytes, bool last, std::size_t depth);

 private:
  FramingLimits limits_;
  std::vector<std::string_view> open_;
  std::vector<std::string_view> attributes_;
};

[[nodiscard]] Fault xml_too_deep(std::size_t max_depth, std::size_t at);
[[nodiscard]] Fault xml_wrong_end(std::string_view expected, std::string_view found, std::size_t at);

}  // namespace raccordo
