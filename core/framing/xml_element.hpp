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

// Sees what an element is made of while it is cut.
class XmlFollower {
 public:
  virtual ~XmlFollower() = default;
  // `xml` are the token's bytes, `attributes` the names of a tag's attributes in them. Valid while the bytes
  // are.
  virtual void follow(const XmlToken& token, std::string_view xml,
                      const std::vector<std::string_view>& attributes) = 0;
};

// Reused from element to element: it keeps its memory.
class XmlElement {
 public:
  explicit XmlElement(const FramingLimits& limits) : limits_(limits) {}

  // The element that `bytes` begin with, at `depth` (of its parents).
  // An element that turns out to be unfinished or faulty was followed in part.
  [[nodiscard]] XmlCut cut(std::string_view bytes, bool last, std::size_t depth,
                           XmlFollower* follower = nullptr);

 private:
  FramingLimits limits_;
  std::vector<std::string_view> open_;
  std::vector<std::string_view> attributes_;
};

[[nodiscard]] Fault xml_too_deep(std::size_t max_depth, std::size_t at);
[[nodiscard]] Fault xml_wrong_end(std::string_view expected, std::string_view found, std::size_t at);

}  // namespace raccordo
