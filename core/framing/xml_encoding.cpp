// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/xml_encoding.hpp"

#include <array>

#include "core/framing/window.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kDeclaration = 256;

// What encoding="..." says in the declaration that `start` begins with.
std::string_view declared(std::string_view start) {
  if (!start.starts_with("<?xml")) return {};
  start = start.substr(0, start.find("?>"));
  const auto name = start.find("encoding");
  if (name == start.npos) return {};
  const auto open = start.find_first_of("\"'", name);
  if (open == start.npos) return {};
  const auto close = start.find(start[open], open + 1);
  return close == start.npos ? std::string_view{} : start.substr(open + 1, close - open - 1);
}

}  // namespace

Result<FoundEncoding> find_xml_encoding(const ByteFile& file, std::string_view wanted, std::string& unknown) {
  if (wanted.empty())
    wanted = declared_by_sender(file);  // before the document's own words (RFC 7303, section 3.2)
  RACCORDO_TRY(FoundEncoding found, find_encoding(file, wanted.empty() ? "utf-8" : wanted));
  if (!wanted.empty() || found.mark_bytes != 0) return found;
  std::array<char, kDeclaration> buffer{};
  RACCORDO_TRY(const std::size_t size, read_start(file, buffer));
  const std::string_view start(buffer.data(), size);
  if (start.starts_with(std::string_view("<\0?\0", 4))) found.encoding = Encoding::kUtf16Le;
  if (start.starts_with(std::string_view("\0<\0?", 4))) found.encoding = Encoding::kUtf16Be;
  // No document begins otherwise: here there is nothing to ask.
  if (found.resembles && start.substr(0, 2).find('<') != start.npos) found.encoding = *found.resembles;
  if (is_utf16(found.encoding)) found.resembles.reset();
  const auto name = declared(start);
  if (name.empty()) return found;
  const auto named = encoding_named(name);
  if (!named) unknown = name;
  if (named && !is_utf16(*named)) found.encoding = *named;  // it was read byte by byte: UTF-16 it is not
  return found;
}

}  // namespace raccordo
