// SPDX-License-Identifier: EUPL-1.2
// Words from partners, plugins and files, made harmless for whoever reads the log.
#pragma once

#include <string>
#include <string_view>

namespace raccordo {

// Appends text for a terminal or a line-based reader: control characters (C0, DEL, C1), line separators and
// the marks that reverse the direction of writing appear as \n, \t, \x1b, \u202e; bytes that are no UTF-8 as
// \xe0.
void append_printable(std::string_view text, std::string& out);

// Appends text with each byte that is no UTF-8 as \xe0, all else as it is: for an encoder that escapes the
// rest.
void append_utf8(std::string_view text, std::string& out);

// At most `limit` bytes of text, cut between characters.
[[nodiscard]] std::string_view cut(std::string_view text, std::size_t limit);

}  // namespace raccordo
