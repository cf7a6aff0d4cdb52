// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/xlsx_row.hpp"

#include <charconv>
#include <pugixml.hpp>

#include "core/framing/xml_token.hpp"

namespace raccordo {
namespace {

// What is inside <is>: texts one behind the other, pronunciations left out.
void append_rich_text(const pugi::xml_node& node, std::string& out) {
  for (const auto& one : node) {
    const auto name = local_name(one.name());
    if (name == "t") append_unescaped_cell(one.text().get(), out);
    if (name == "r") append_rich_text(one, out);
  }
}

// Programs that write workbooks without calculating leave the result out; an empty text says that it is one.
bool is_not_calculated(const pugi::xml_node& cell) {
  const std::string_view type = cell.attribute("t").value();
  if (type == "str" || type == "inlineStr") return false;
  bool formula = false;
  for (const auto& one : cell) {
    const auto name = local_name(one.name());
    if (name == "v" && !std::string_view(one.text().get()).empty()) return false;
    formula = formula || name == "f";
  }
  return formula;
}

Status cell_text(const pugi::xml_node& cell, const CellLookup& lookup, std::string& out) {
  const std::string_view type = cell.attribute("t").value();
  std::string_view value;
  for (const auto& one : cell) {
    const auto name = local_name(one.name());
    if (name == "is") append_rich_text(one, out);
    if (name == "v") value = one.text().get();
  }
  if (type == "s") {
    std::size_t index = 0;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), index);
    if (read.ec != std::errc{} || index >= lookup.strings.size())
      return error(ErrorCode::kCorrupt, say("una cella rimanda a un testo che non c'è",
                                            "a cell refers to a text that is not there"));
    out += lookup.strings.at(index);
  } else if (type == "b") {
    out += value == "1" ? "true" : value == "0" ? "false" : value;
  } else if (type == "str") {
    append_unescaped_cell(value, out);
  } else if (type == "d") {
    const auto format = lookup.format(cell.attribute("s").as_uint());
    out += format.date && !format.time ? value.substr(0, value.find('T')) : value;
  } else if (!type.empty() && type != "n") {
    out += value;
  } else if (!value.empty()) {
    out += cell_number(value, lookup.format(cell.attribute("s").as_uint()), lookup.from_1904);
  }
  return done();
}

}  // namespace

bool read_cell_place(std::string_view reference, CellPlace& place) {
  std::size_t column = 0;
  std::size_t i = 0;
  for (; i < reference.size() && reference[i] >= 'A' && reference[i] <= 'Z' && i < 4; ++i)
    column = column * 26 + static_cast<std::size_t>(reference[i] - 'A') + 1;
  const auto* const end = reference.data() + reference.size();
  if (column == 0 || std::from_chars(reference.data() + i, end, place.row).ptr != end) return false;
  place.column = column - 1;
  return true;
}

Status read_row(std::string_view row_xml, const CellLookup& lookup, std::size_t max_columns, XlsxRow& row) {
  pugi::xml_document document;
  if (!document.load_buffer(row_xml.data(), row_xml.size(), pugi::parse_default | pugi::parse_ws_pcdata))
    return error(ErrorCode::kCorrupt, say("la riga non è XML valido", "the row is not valid XML"));
  const auto node = document.first_child();
  row.number = node.attribute("r").as_ullong();
  row.cells.clear();
  row.not_calculated.clear();
  for (const auto& cell : node) {
    if (local_name(cell.name()) != "c") continue;
    CellPlace place{row.cells.size(), 0};
    if (const auto reference = cell.attribute("r"); reference && !read_cell_place(reference.value(), place))
      return error(ErrorCode::kCorrupt,
                   say("una cella senza un posto valido", "a cell without a valid place"));
    if (place.column >= max_columns)
      return error(ErrorCode::kTooLarge, say("più di {} colonne", "more than {} columns", max_columns));
    if (place.column >= row.cells.size()) row.cells.resize(place.column + 1);
    row.cells[place.column].clear();
    if (is_not_calculated(cell))
      row.not_calculated.push_back(place.column);
    else
      RACCORDO_CHECK(cell_text(cell, lookup, row.cells[place.column]));
  }
  return done();
}

}  // namespace raccordo
