// SPDX-License-Identifier: EUPL-1.2
// One token of XML 1.0 from bytes at hand: a tag with its attributes, a text, a comment. Well-formedness is
// checked here, because pugixml accepts repeated attributes and control characters. No entity is expanded.
#pragma once

#include <string_view>
#include <vector>

#include "core/framing/json_value.hpp"
#include "core/framing/malformed.hpp"

namespace raccordo {

enum class XmlKind : std::uint8_t { kText, kStart, kEmpty, kEnd, kComment, kCdata, kInstruction, kDoctype };

struct XmlToken {
  CutEnd end = CutEnd::kWhole;
  XmlKind kind = XmlKind::kText;
  std::size_t size = 0;
  std::string_view name;  // of a tag, with its prefix
  Fault fault;            // `at` counts from the token's first byte
};

// `bytes` are not empty. `last`: nothing follows them. A comment, CDATA section or instruction that is
// unfinished has its kind already. `names`: memory to be used again.
[[nodiscard]] XmlToken cut_xml_token(std::string_view bytes, bool last, const FramingLimits& limits,
                                     std::vector<std::string_view>& names);

// The value of an attribute as it stands in a checked tag, references and all; `name` lies in the tag.
[[nodiscard]] std::string_view attribute_value(std::string_view tag, std::string_view name);

// What ends a comment, a CDATA section, an instruction.
[[nodiscard]] std::string_view xml_end_of(XmlKind kind);

// "soap:Body" without its prefix.
[[nodiscard]] std::string_view local_name(std::string_view name);

}  // namespace raccordo
