// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/xlsx_row.hpp"

#include <algorithm>
#include <charconv>

#include "core/framing/cell_text.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kRow = 1, kCell = 2, kChild = 3;  // depths of their insides

// Leading digits; 0 when there are none.
std::uint64_t whole_number(std::string_view text) {
  std::uint64_t number = 0;
  return std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc{} ? number : 0;
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

bool XlsxRow::is_empty() const {
  return std::all_of(cells.begin(), cells.end(), [](const Cell& cell) { return cell.size == 0; });
}

std::vector<std::string> XlsxRow::copied() const {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < cells.size(); ++i) out.emplace_back(cell(i));
  return out;
}

void XlsxRowReader::begin() {
  number_ = 0;
  row_.texts.clear();
  row_.cells.clear();
  row_.not_calculated.clear();
  fault_.reset();
  depth_ = text_at_ = skip_at_ = 0;
  in_cell_ = false;
}

void XlsxRowReader::fail(std::string_view code, Text why) {
  if (!fault_) fault_ = {code, std::move(why), 0};
}

void XlsxRowReader::follow(const XmlToken& token, std::string_view xml,
                           const std::vector<std::string_view>& attributes) {
  switch (token.kind) {
    case XmlKind::kText:
    case XmlKind::kCdata:
      return text(token, xml);
    case XmlKind::kStart:
      return open(local_name(token.name), xml, attributes);
    case XmlKind::kEmpty:
      open(local_name(token.name), xml, attributes);
      return close();
    case XmlKind::kEnd:
      return close();
    default:
      return;
  }
}

void XlsxRowReader::open(std::string_view name, std::string_view tag,
                         const std::vector<std::string_view>& attributes) {
  ++depth_;
  if (depth_ == kRow) {
    for (const auto attribute : attributes)
      if (attribute == "r") number_ = whole_number(attribute_value(tag, attribute));
  } else if (depth_ == kCell) {
    in_cell_ = name == "c";
    if (in_cell_) open_cell(tag, attributes);
  } else if (in_cell_ && depth_ == kChild) {
    open_child(name);
  } else if (in_cell_ && child_ == Child::kTexts && skip_at_ == 0) {
    // Texts stand in <t>, and in the <t> of each <r>; pronunciations are left out.
    if (name == "t" && text_at_ == 0)
      text_at_ = depth_;
    else if (name != "r" || text_at_ != 0)
      skip_at_ = depth_;
  }
}

void XlsxRowReader::close() {
  if (skip_at_ == depth_) skip_at_ = 0;
  if (text_at_ == depth_) text_at_ = 0;
  if (depth_ == kCell && in_cell_) end_cell();
  if (depth_ == kRow) row_.number = number_;
  --depth_;
}

void XlsxRowReader::open_cell(std::string_view tag, const std::vector<std::string_view>& attributes) {
  place_ = {row_.cells.size(), 0};
  type_ = {};
  style_ = 0;
  child_ = Child::kOther;
  formula_ = false;
  value_.clear();
  texts_.clear();
  for (const auto attribute : attributes) {
    if (attribute == "r" && !read_cell_place(attribute_value(tag, attribute), place_))
      fail("broken_workbook", say("una cella senza un posto valido", "a cell without a valid place"));
    if (attribute == "t") type_ = attribute_value(tag, attribute);
    if (attribute == "s") style_ = whole_number(attribute_value(tag, attribute));
  }
  if (place_.column >= limits_.max_columns)
    fail("too_many_columns", say("più di {} colonne", "more than {} columns", limits_.max_columns));
}

void XlsxRowReader::open_child(std::string_view name) {
  child_ = name == "v"    ? Child::kValue
           : name == "f"  ? Child::kFormula
           : name == "is" ? Child::kTexts
                          : Child::kOther;
  formula_ = formula_ || child_ == Child::kFormula;
  if (child_ != Child::kValue) return;
  value_.clear();
  text_at_ = depth_;
}

void XlsxRowReader::text(const XmlToken& token, std::string_view xml) {
  if (text_at_ == 0 || text_at_ != depth_) return;
  auto& out = child_ == Child::kValue ? value_ : texts_;
  const auto before = out.size();
  if (token.kind == XmlKind::kText)
    append_xml_text(xml, out);
  else
    out.append(xml.substr(9, xml.size() - 12));
  if (child_ == Child::kTexts) unescape_cell(out, before);
}

// Programs that write workbooks without calculating leave the result out; an empty text says that it is one.
bool XlsxRowReader::is_not_calculated() const {
  return formula_ && value_.empty() && type_ != "str" && type_ != "inlineStr";
}

void XlsxRowReader::end_cell() {
  if (fault_) return;
  if (place_.column >= row_.cells.size()) row_.cells.resize(place_.column + 1);
  const auto before = row_.texts.size();
  if (is_not_calculated()) {
    row_.not_calculated.push_back(place_.column);
  } else {
    row_.texts += texts_;
    append_value();
  }
  row_.cells[place_.column] = {before, row_.texts.size() - before};
  if (row_.texts.size() > limits_.max_record_bytes) fault_ = too_large(limits_.max_record_bytes);
}

void XlsxRowReader::append_value() {
  auto& out = row_.texts;
  if (type_ == "s") {
    append_shared();
  } else if (type_ == "b") {
    out += value_ == "1" ? "true" : value_ == "0" ? "false" : value_;
  } else if (type_ == "str") {
    const auto before = out.size();
    out += value_;
    unescape_cell(out, before);
  } else if (type_ == "d") {
    const auto format = lookup_.format(style_);
    out.append(value_, 0, format.date && !format.time ? value_.find('T') : value_.npos);
  } else if (!type_.empty() && type_ != "n") {
    out += value_;
  } else if (!value_.empty()) {
    append_cell_number(value_, lookup_.format(style_), lookup_.from_1904, out);
  }
}

void XlsxRowReader::append_shared() {
  std::size_t index = 0;
  const auto read = std::from_chars(value_.data(), value_.data() + value_.size(), index);
  if (read.ec != std::errc{} || index >= lookup_.strings.size())
    return fail("broken_workbook",
                say("una cella rimanda a un testo che non c'è", "a cell refers to a text that is not there"));
  const auto text = lookup_.strings.at(index);
  if (text.size() > limits_.max_record_bytes) {
    fault_ = too_large(limits_.max_record_bytes);
    return;
  }
  row_.texts += text;
}

}  // namespace raccordo
