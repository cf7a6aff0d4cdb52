// SPDX-License-Identifier: EUPL-1.2
// The texts that the cells of a workbook share: the only thing that grows with a workbook. One buffer and
// offsets.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/framing/framer.hpp"
#include "core/framing/growing_array.hpp"

namespace raccordo {

class SharedStrings {
 public:
  // Reads xl/sharedStrings.xml as it is inflated. Errors: kTooLarge, kCorrupt, those of the part.
  [[nodiscard]] Status read(const ByteFile& part, const FramingLimits& limits);

  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  // `index` below size().
  [[nodiscard]] std::string_view at(std::size_t index) const;

 private:
  void add(std::string& text);  // and empties it

  GrowingArray<char> bytes_;
  GrowingArray<std::uint32_t> ends_;
};

}  // namespace raccordo
