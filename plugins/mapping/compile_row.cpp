// SPDX-License-Identifier: EUPL-1.2
#include "plugins/mapping/compile_row.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "plugins/mapping/compile_condition.hpp"
#include "plugins/mapping/spelling.hpp"

namespace raccordo::mapping {
namespace {

constexpr std::array<std::string_view, 4> kRowWords{"of", "when", "separator", "columns"};
constexpr std::size_t kMaxColumns = 500;

// Kinds whose events a delivery may be told.
std::vector<std::string_view> kinds_told() {
  std::vector<std::string_view> kinds{"booking", "enquiry"};
  for (const auto* schema : catalogue_kinds()) kinds.push_back(schema->kind);
  return kinds;
}

// What an office's spreadsheet would reckon with, and who booked may have written. Numbers and telephone
// numbers, which may begin with + and -, stay as they are.
bool is_formula(std::string_view text) {
  if (text.empty()) return false;
  if (std::string_view("=@\t\r").find(text.front()) != std::string_view::npos) return true;
  return (text.front() == '+' || text.front() == '-') &&
         text.find_first_not_of("0123456789 .,/()-", 1) != std::string_view::npos;
}

bool one_line(std::string_view text) { return text.find_first_of("\r\n") == std::string_view::npos; }

}  // namespace

void append_cell(std::string_view text, char separator, std::string& out) {
  if (is_formula(text)) return append_cell(fmt::format("'{}", text), separator, out);
  const char special[] = {separator, '"', '\n', '\r', '\0'};
  const bool blank_at_end = !text.empty() && (text.front() == ' ' || text.back() == ' ');
  if (!blank_at_end && text.find_first_of(special) == std::string_view::npos) {
    out.append(text);
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void RowCompiler::compile(const Entry& entry) {
  if (entry.key.empty() || !one_line(entry.key))
    return findings_.add(entry.at, say("il nome del file sta in una riga", "the file's name is one line"));
  const Node row = spelt(entry.value, kRowWords, {"una riga di un file", "a row of a file"}, findings_);
  const auto* columns = row.find("columns");
  if (columns == nullptr || !columns->value.is_map() || columns->value.entries.empty())
    return findings_.add(columns == nullptr ? row.at : columns->value.at,
                         say("manca columns: le colonne, ognuna con il suo valore",
                             "columns is missing: the columns, each with its value"),
                         say("per esempio columns: {{Pratica: {{path: id}}}}",
                             "for instance columns: {{Case: {{path: id}}}}"));
  if (columns->value.entries.size() > kMaxColumns)
    return findings_.add(columns->at, say("al massimo {} colonne", "{} columns at most", kMaxColumns));
  const char separator = separator_of(row);
  const auto index =
      builder_.row({entry.key + '\n' + heading_of(columns->value, separator), kind_of(row), separator});
  std::vector<std::size_t> skips{builder_.add({Do::kSkipUnlessOf, 0, kNoSource, index, 0})};
  compile_when(row, values_, skips);
  builder_.add({Do::kRow, 0, kNoSource, index, 0});
  cells(columns->value);
  builder_.add({Do::kRowEnd, 0, kNoSource, index, 0});
  for (const auto skip : skips) builder_.land(skip);
}

std::string RowCompiler::kind_of(const Node& row) {
  const auto* of = row.find("of");
  if (of == nullptr) return "booking";
  const auto kinds = kinds_told();
  const auto kind = read_name(*of, findings_);
  if (!kind.empty() && std::find(kinds.begin(), kinds.end(), kind) == kinds.end())
    findings_.add(of->value.at,
                  say("di «{}» non si raccontano eventi", "no events are told of “{}”", shown(kind)),
                  meant(kind, kinds));
  return std::string(kind);
}

char RowCompiler::separator_of(const Node& row) {
  const auto* entry = row.find("separator");
  if (entry == nullptr) return ';';
  const auto& text = entry->value.text;
  if (text == "tab" || text == "\\t") return '\t';
  const bool fits = entry->value.is_scalar() && text.size() == 1 && one_line(text) && text[0] != '"';
  if (fits) return text[0];
  findings_.add(entry->value.at, say("separator vuole un solo carattere tra virgolette, oppure tab",
                                     "separator wants one character in quotes, or tab"));
  return ';';
}

std::string RowCompiler::heading_of(const Node& columns, char separator) const {
  std::string heading;
  for (const auto& column : columns.entries) {
    if (!one_line(column.key))
      findings_.add(column.at,
                    say("il nome di una colonna sta in una riga", "the name of a column is one line"));
    if (&column != columns.entries.data()) heading += separator;
    append_cell(column.key, separator, heading);
  }
  return heading;
}

void RowCompiler::cells(const Node& columns) {
  for (const auto& column : columns.entries) {
    const auto& node = column.value;
    const auto* required = node.is_map() ? node.find("required") : nullptr;
    const bool must = required != nullptr && read_yes_no(*required, findings_).value_or(false);
    values_.value(node, Wanted{});
    const auto out = builder_.field({"", column.key, FieldType::kText});
    const auto presence = must ? Presence::kRequired : Presence::kOptional;
    builder_.add({Do::kCell, static_cast<std::uint8_t>(presence), kNoSource, out, 0}, -1);
  }
}

}  // namespace raccordo::mapping
