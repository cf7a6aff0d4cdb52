// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "core/framing/text_encoding.hpp"

namespace raccordo {

// By `wanted`, else the byte order mark, else the XML declaration, else UTF-8 (XML 1.0, appendix F).
// Errors: kInvalid (an unknown `wanted`), those of read_at. `unknown`: what the declaration names and nobody
// knows.
[[nodiscard]] Result<FoundEncoding> find_xml_encoding(const ByteFile& file, std::string_view wanted,
                                                      std::string& unknown);

}  // namespace raccordo
