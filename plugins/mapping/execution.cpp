// SPDX-License-Identifier: EUPL-1.2
#include "plugins/mapping/execution.hpp"

#include <algorithm>

namespace raccordo::mapping {
namespace {

constexpr Holds held_by(Found found) {
  switch (found) {
    case Found::kNothing:
      return Holds::kNothing;
    case Found::kText:
      return Holds::kText;
    case Found::kWhole:
      return Holds::kWhole;
    case Found::kDecimal:
      return Holds::kDecimal;
    case Found::kBoolean:
      return Holds::kBoolean;
    case Found::kStructure:
      return Holds::kUnreadable;
  }
  return Holds::kNothing;
}

// Without white space at its ends nothing is left. Most cells answer with their first byte.
bool blank(std::string_view text) {
  if (text.empty()) return true;
  const auto first = static_cast<unsigned char>(text[0]);
  if (first > ' ' && first < 0x80) return false;
  return trim_ends(text).empty();
}

}  // namespace

Execution::Execution(Program program)
    : program_(std::move(program)), columns_(program_.columns), ids_(program_.entities.size()) {
  if (program_.input.xml())
    body_ = make_xml_body();
  else if (!program_.input.rows())
    body_ = make_json_body();
}

void Execution::run(const Record& record, Statements& statements) {
  arena_.reset();
  depth_ = 0;
  open_count_ = 0;
  failure_ = {};
  std::fill(ids_.begin(), ids_.end(), Value{});
  if (open(record, statements)) execute(record, statements);
}

bool Execution::open(const Record& record, Statements& statements) {
  if (program_.input.rows()) {
    columns_.are(record.columns);
    if (columns_.first_missing() == Columns::kMissing) return true;
    reject_missing_column(statements);
    return false;
  }
  if (body_->open(record.body)) return true;
  const std::string why(body_->why());
  if (program_.input.xml())
    statements.reject("broken_xml", {},
                      say("l'XML del record non si legge: {}", "the record's XML cannot be read: {}", why));
  else
    statements.reject(
        "broken_json", {},
        say("il JSON del record non si legge: {}", "the record's JSON cannot be read: {}", why));
  return false;
}

// One loop over one switch: an operation costs a jump, and the order of a program can be followed in one
// place.
bool Execution::execute(const Record& record, Statements& statements) {
  const Op* const ops = program_.ops.data();
  const std::size_t end = program_.ops.size();
  bool stated = false;
  for (std::size_t at = 0; at < end;) {
    const Op& op = ops[at++];
    bool goes_on = true;
    switch (op.what) {
      case Do::kConstant: {
        const auto& constant = program_.constants[op.a];
        push({constant.text, constant.holds, kNoSource});
        break;
      }
      case Do::kColumn:
        push(text_value(record.cells[columns_[op.a]], op.source));
        break;
      case Do::kPath:
        push(piece_value(body_->find(program_.paths[op.a], arena_), op.source));
        break;
      case Do::kIdOf:
        push({ids_[op.a].text, ids_[op.a].holds, op.source});
        break;

      case Do::kTrim:
        trim_top(op);
        break;
      case Do::kEmptyWords:
        if (readable(top().holds) && program_.tables[op.a].keys.find(top().text))
          top().holds = Holds::kNothing;
        break;
      case Do::kNumber:
        number(op);
        break;
      case Do::kDate:
        date(op);
        break;
      case Do::kTable:
        if (table(op)) at = op.b;
        break;
      case Do::kJoin:
        join(op);
        break;
      case Do::kId:
        make_id(op);
        break;
      case Do::kKeepId:
        ids_[op.a] = top();
        break;

      case Do::kJump:
        at = op.b;
        break;
      case Do::kIfFilled:
        if (filled(top().holds))
          at = op.b;
        else
          pop();
        break;
      case Do::kSkipUnless:
      case Do::kSkipUnlessIn:
      case Do::kSkipIfIn: {
        const auto value = pop();
        goes_on = value.holds != Holds::kUnreadable;
        if (!goes_on)
          tell({{}, "when", FieldType::kText}, true, statements);
        else if (skips(op, value))
          at = op.b;
        break;
      }

      case Do::kEntity:
        out_.assign(1, '{');
        break;
      case Do::kEmit:
        goes_on = emit(op, statements);
        break;
      case Do::kEmitReady:
        out_ += program_.constants[op.a].text;
        break;
      case Do::kObject:
        open_[open_count_++] = {out_.size(), false, false};
        out_ += program_.fields[op.a].key;
        out_ += '{';
        break;
      case Do::kObjectEnd:
        goes_on = close_object(op, statements);
        break;
      case Do::kList:
        open_[open_count_++] = {out_.size(), false, false};
        out_ += program_.fields[op.a].key;
        out_ += '[';
        break;
      case Do::kSplit:
        begin_split(op);
        break;
      case Do::kEach:
        body_->open_list(program_.paths[op.a]);
        split_source_ = op.source;
        break;
      case Do::kNextPiece:
        if (!next_piece()) at = op.b;
        break;
      case Do::kNextEach: {
        Piece piece;
        if (body_->next(piece, arena_))
          push(piece_value(piece, split_source_));
        else
          at = op.b;
        break;
      }
      case Do::kItem:
        goes_on = item(op, statements);
        break;
      case Do::kListEnd:
        goes_on = close_list(op, statements);
        break;
      case Do::kEntityEnd:
        goes_on = state(op, statements);
        stated = true;
        break;

      case Do::kSkipUnlessOf:
        if (program_.rows[op.a].kind != record.kind) at = op.b;
        break;
      case Do::kRow:
        out_.clear();
        separator_ = program_.rows[op.a].separator;
        break;
      case Do::kCell:
        goes_on = cell(op, statements);
        break;
      case Do::kRowEnd:
        write_row(op, statements);
        stated = true;
        break;
    }
    if (!goes_on) return false;
  }
  if (!stated)
    statements.filter(
        program_.input.events
            ? say("nessuna riga vuole questo evento (of, when)", "no row wants this event (of, when)")
            : say("nessuna entità vuole questo record (when)", "no entity wants this record (when)"));
  return true;
}

Execution::Value Execution::text_value(std::string_view text, std::uint16_t source) {
  return {text, blank(text) ? Holds::kNothing : Holds::kText, source};
}

Execution::Value Execution::piece_value(const Piece& piece, std::uint16_t source) {
  if (piece.found == Found::kText) return text_value(piece.text, source);
  const Value value{piece.text, held_by(piece.found), source};
  if (value.holds == Holds::kUnreadable && failure_.trouble == Trouble::kNone)
    failure_ = {Trouble::kNotAValue, 0, 0, source, {}};
  return value;
}

}  // namespace raccordo::mapping
