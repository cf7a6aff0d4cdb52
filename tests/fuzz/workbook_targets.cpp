// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/tests/workbook.hpp"

#include "tests/fuzz/framing_checks.hpp"
#include "tests/fuzz/targets.hpp"

namespace raccordo::fuzz {
namespace {

void check_workbook(const std::string& file) {
  Framing framing;
  framing.format = Format::kXlsx;
  check_framing(framing, file);
  framing.header_rows = 2;
  framing.sheet = "Servizi";
  check_framing(framing, file);
}

}  // namespace

// The archive itself: directory, compressed bytes.
void xlsx_archive(std::string_view bytes) { check_workbook(std::string(bytes)); }

// What stands in it, without a fuzzer having to guess checksums: a name in a line, then the part, then a line
// of =====. Parts that are not given are those of a small workbook.
void xlsx_parts(std::string_view bytes) {
  auto parts = workbook("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>");
  while (!bytes.empty()) {
    const auto [part, rest] = cut_at(bytes, kNextPart);
    const auto [name, text] = cut_at(part, "\n");
    if (parts.count(std::string(name)) > 0) parts[std::string(name)] = text;
    bytes = rest;
  }
  check_workbook(zipped(parts));
}

}  // namespace raccordo::fuzz
