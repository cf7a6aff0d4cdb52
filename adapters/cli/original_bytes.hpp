// SPDX-License-Identifier: EUPL-1.2
// Content of unknown kind, shown so that it can neither lie nor drive the terminal.
#pragma once

#include <string>
#include <string_view>

namespace raccordo {

// Text as it is where it is printable UTF-8, its line breaks kept; else offset, bytes in hex and their ASCII,
// sixteen a line. Ends with a line break; at most the first 64 KiB.
[[nodiscard]] std::string readable_bytes(std::string_view bytes);

}  // namespace raccordo
