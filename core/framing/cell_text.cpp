// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/cell_text.hpp"

#include <charconv>
#include <cstdint>

#include "core/framing/text_encoding.hpp"

namespace raccordo {
namespace {

void append_reference(std::string_view name, std::string& out) {
  if (name == "amp") out += '&';
  if (name == "lt") out += '<';
  if (name == "gt") out += '>';
  if (name == "quot") out += '"';
  if (name == "apos") out += '\'';
  if (!name.starts_with('#')) return;
  const bool hex = name.size() > 1 && name[1] == 'x';
  std::uint32_t code = 0;
  std::from_chars(name.data() + (hex ? 2 : 1), name.data() + name.size(), code, hex ? 16 : 10);
  append_code_point(code, out);
}

// Where the text is not what it stands for.
std::size_t special(std::string_view xml) {
  std::size_t at = 0;
  while (at < xml.size() && xml[at] != '&' && xml[at] != '\r') ++at;
  return at;
}

bool is_character(std::uint32_t code) {
  return code == '\t' || code == '\n' || code == '\r' || (code >= 0x20 && !(code >= 0xD800 && code < 0xE000));
}

// "_x000D_" at the start of `text`.
bool read_escape(std::string_view text, std::uint32_t& code) {
  constexpr std::size_t kSize = 7;
  return text.size() >= kSize && text[kSize - 1] == '_' &&
         std::from_chars(text.data() + 2, text.data() + 6, code, 16).ptr == text.data() + 6;
}

}  // namespace

void append_xml_text(std::string_view xml, std::string& out) {
  for (auto at = special(xml); at != xml.size(); at = special(xml)) {
    out.append(xml, 0, at);
    const bool line_break = xml[at] == '\r';
    const auto end = line_break ? at + (xml.substr(at + 1).starts_with('\n') ? 1 : 0) : xml.find(';', at);
    if (end == xml.npos) return;  // unchecked XML
    if (line_break)
      out += '\n';
    else
      append_reference(xml.substr(at + 1, end - at - 1), out);
    xml.remove_prefix(end + 1);
  }
  out.append(xml);
}

// What is written is never longer than what was read: it is done in place.
void unescape_cell(std::string& text, std::size_t from) {
  auto at = text.find("_x", from);
  if (at == text.npos) return;
  std::string character;  // too short to be allocated
  auto to = at;
  while (at < text.size()) {
    std::uint32_t code = 0;
    if (text[at] != '_' || text[at + 1] != 'x' || !read_escape(std::string_view(text).substr(at), code)) {
      text[to++] = text[at++];
      continue;
    }
    character.clear();
    if (is_character(code)) append_code_point(code, character);
    to += character.copy(text.data() + to, character.size());
    at += 7;
  }
  text.resize(to);
}

}  // namespace raccordo
