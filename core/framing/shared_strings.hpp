// SPDX-License-Identifier: EUPL-1.2
// The texts that the cells of a workbook share: the only thing that grows with a workbook. One buffer and
// offsets.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/framing/framer.hpp"

namespace raccordo {

class SharedStrings {
 public:
  // Reads xl/sharedStrings.xml as it is inflated. Errors: kTooLarge, kCorrupt, those of the part.
  [[nodiscard]] Status read(const ByteFile& part, const FramingLimits& limits);

  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  // `index` below size().
  [[nodiscard]] std::string_view at(std::size_t index) const;

 private:
  std::string bytes_;
  std::vector<std::uint32_t> ends_;
};

// Text of XML with its references, and with the _x000D_ that spreadsheets write for characters XML has no
// place for.
void append_cell_text(std::string_view xml, std::string& out);
// The latter alone.
void append_unescaped_cell(std::string_view text, std::string& out);

}  // namespace raccordo
