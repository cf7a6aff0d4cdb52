// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/xml_skip.hpp"

#include <algorithm>

namespace raccordo {
namespace {

// Behind a tag's name.
bool ends_name(std::string_view rest) { return !rest.empty() && (rest[0] == '>' || is_blank(rest[0])); }

// Where the first end tag of this name ends, or npos.
std::size_t behind_end_tag(std::string_view bytes, const std::string& name) {
  const std::string closing = "</" + name;
  for (auto at = bytes.find(closing); at != bytes.npos; at = bytes.find(closing, at + 1)) {
    if (!ends_name(bytes.substr(at + closing.size()))) continue;
    const auto end = bytes.find('>', at);
    return end == bytes.npos ? end : end + 1;
  }
  return bytes.npos;
}

}  // namespace

std::size_t behind_broken(std::string_view bytes, const std::string& name, std::size_t fault) {
  const auto first = bytes.find('>');
  const bool no_content = first != bytes.npos && fault <= first && bytes[first - 1] == '/';
  return no_content ? first + 1 : behind_end_tag(bytes, name);
}

Result<bool> leave_until(TextReader& reader, std::string_view text) {
  for (;;) {
    const auto bytes = reader.unread();
    const auto found = bytes.find(text);
    if (found != bytes.npos) {
      reader.consume(found + text.size());
      return true;
    }
    const bool end = reader.at_end();
    reader.consume(end ? bytes.size() : bytes.size() - std::min(bytes.size(), text.size() - 1));
    if (end) return false;
    RACCORDO_CHECK(reader.more());
  }
}

Result<bool> leave_element(TextReader& reader, const std::string& name) {
  for (;;) {
    RACCORDO_TRY(const bool found, leave_until(reader, "</" + name));
    if (!found) return false;
    RACCORDO_CHECK(reader.ensure(1));
    if (ends_name(reader.unread())) return leave_until(reader, ">");
  }
}

}  // namespace raccordo
