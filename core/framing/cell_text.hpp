// SPDX-License-Identifier: EUPL-1.2
// Texts as they stand in a workbook's XML.
#pragma once

#include <string>
#include <string_view>

namespace raccordo {

// Checked XML text with its references replaced and its line breaks as one LF (XML 1.0, 2.11).
void append_xml_text(std::string_view xml, std::string& out);

// Replaces, in `text` behind its first `from` bytes, the _x000D_ that spreadsheets write for characters XML
// has no place for.
void unescape_cell(std::string& text, std::size_t from);

}  // namespace raccordo
