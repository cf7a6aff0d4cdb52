// SPDX-License-Identifier: EUPL-1.2
// Content of unknown kind, shown so that it can neither lie nor drive the terminal.
#pragma once

#include <string>
#include <string_view>

#include "raccordo/model/result.hpp"

namespace raccordo {

// RFC 4648, with padding. Errors: kCorrupt.
[[nodiscard]] Result<std::string> from_base64(std::string_view text);

// Text as it is where it is printable UTF-8, its line breaks kept; else offset, bytes in hex and their ASCII,
// sixteen a line. Ends with a line break; at most the first 64 KiB.
[[nodiscard]] std::string readable_bytes(std::string_view bytes);

}  // namespace raccordo
