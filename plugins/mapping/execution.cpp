// SPDX-License-Identifier: EUPL-1.2
#include "plugins/mapping/execution.hpp"

#include <algorithm>
#include <cstring>

#include "raccordo/model/json.hpp"

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

bool filled(Holds holds) { return holds != Holds::kNothing; }
bool readable(Holds holds) { return holds != Holds::kNothing && holds != Holds::kUnreadable; }

// Without white space at its ends nothing is left. Most cells answer with their first byte.
bool blank(std::string_view text) {
  if (text.empty()) return true;
  const auto first = static_cast<unsigned char>(text[0]);
  if (first > ' ' && first < 0x80) return false;
  return trim_ends(text).empty();
}

// As the SDK's id_from: `:` stands between parts, so inside them it is %3A, and % is %25.
char* write_part(std::string_view part, char* to) {
  if (std::none_of(part.begin(), part.end(), [](char c) { return c == ':' || c == '%'; }))
    return std::copy(part.begin(), part.end(), to);
  for (const char c : part) {
    const std::string_view written = c == ':' ? "%3A" : c == '%' ? "%25" : std::string_view(&c, 1);
    to = std::copy(written.begin(), written.end(), to);
  }
  return to;
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

// ------------------------------------------------------------------------------------------------- the
// machine

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
    }
    if (!goes_on) return false;
  }
  if (!stated)
    statements.filter(say("nessuna entità vuole questo record (when)", "no entity wants this record (when)"));
  return true;
}

// --------------------------------------------------------------------------------------------------- values

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

// The first trouble is the one that is told.
void Execution::fail(Trouble trouble, const Op& op) {
  if (failure_.trouble == Trouble::kNone) failure_ = {trouble, op.a, op.mode, top().source, top().text};
  top().holds = Holds::kUnreadable;
}

void Execution::trim_top(const Op& op) {
  if (top().holds == Holds::kText) top().text = trim(top().text, static_cast<Trim>(op.mode), arena_);
}

void Execution::number(const Op& op) {
  if (!readable(top().holds)) return;
  const auto read = read_number(top().text, program_.numbers[op.a], static_cast<NumberKind>(op.mode), arena_);
  if (read.trouble == NumberTrouble::kNotANumber) return fail(Trouble::kNotANumber, op);
  if (read.trouble == NumberTrouble::kNotWhole) return fail(Trouble::kNotWhole, op);
  if (read.trouble == NumberTrouble::kTooLarge) return fail(Trouble::kTooLarge, op);
  top().text = read.text;
  top().holds = read.whole ? Holds::kWhole : Holds::kDecimal;
}

void Execution::date(const Op& op) {
  if (!readable(top().holds)) return;
  const auto read = read_date(top().text, program_.dates[op.a], static_cast<Moment>(op.mode), arena_);
  if (read.empty()) return fail(Trouble::kNotADate, op);
  top().text = read;
  top().holds = Holds::kText;
}

// True: go on at op.b. False: the value was dropped, and what follows puts another in its place.
bool Execution::table(const Op& op) {
  if (!readable(top().holds)) return true;
  if (const auto found = program_.tables[op.a].keys.find(top().text)) {
    const auto& constant = program_.constants[*found];
    top().text = constant.text;
    top().holds = constant.holds;
    return true;
  }
  if (op.mode != 0) {
    pop();
    return false;
  }
  fail(Trouble::kNotInTable, op);
  return true;
}

void Execution::join(const Op& op) {
  const std::string_view separator = program_.constants[op.b].text;
  Value* const values = &stack_[depth_ - op.a];
  std::size_t size = 0;
  Value joined;
  bool unreadable = false;
  for (std::size_t i = 0; i < op.a; ++i) {
    if (joined.source == kNoSource) joined.source = values[i].source;
    unreadable = unreadable || values[i].holds == Holds::kUnreadable;
    if (readable(values[i].holds)) size += values[i].text.size() + separator.size();
  }
  depth_ -= op.a;
  char* const out = arena_.take(size);
  char* to = out;
  for (std::size_t i = 0; i < op.a && !unreadable; ++i) {
    if (!readable(values[i].holds)) continue;
    if (to != out) to = std::copy(separator.begin(), separator.end(), to);
    to = std::copy(values[i].text.begin(), values[i].text.end(), to);
  }
  joined.text = {out, static_cast<std::size_t>(to - out)};
  joined.holds = unreadable ? Holds::kUnreadable : joined.text.empty() ? Holds::kNothing : Holds::kText;
  push(joined);
}

void Execution::make_id(const Op& op) {
  Value* const values = &stack_[depth_ - op.a];
  depth_ -= op.a;
  std::size_t size = op.a;
  for (std::size_t i = 0; i < op.a; ++i) size += 3 * values[i].text.size();
  char* const out = arena_.take(size);
  char* to = out;
  for (std::size_t i = 0; i < op.a; ++i) {
    if (!readable(values[i].holds)) {
      if (failure_.trouble == Trouble::kNone) failure_ = {Trouble::kEmptyPart, 0, 0, values[i].source, {}};
      return push({{}, Holds::kUnreadable, values[i].source});
    }
    if (i != 0) *to++ = ':';
    to = i + 1 == op.b ? std::copy(values[i].text.begin(), values[i].text.end(), to)
                       : write_part(values[i].text, to);
  }
  push({{out, static_cast<std::size_t>(to - out)}, Holds::kText, values[0].source});
}

bool Execution::skips(const Op& op, const Value& value) const {
  if (op.what == Do::kSkipUnless) return !filled(value.holds);
  const bool in_it = filled(value.holds) && program_.tables[op.a].keys.find(value.text);
  return in_it == (op.what == Do::kSkipIfIn);
}

void Execution::begin_split(const Op& op) {
  const auto value = pop();
  split_rest_ = readable(value.holds) ? value.text : std::string_view();
  split_more_ = readable(value.holds);
  split_at_ = program_.constants[op.a].text;
  split_source_ = value.source;
}

bool Execution::next_piece() {
  if (!split_more_) return false;
  const auto cut = split_rest_.find(split_at_);
  push(text_value(trim_ends(split_rest_.substr(0, cut)), split_source_));
  split_more_ = cut != std::string_view::npos;
  if (split_more_) split_rest_.remove_prefix(cut + split_at_.size());
  return true;
}

// --------------------------------------------------------------------------------------------------- writing

// What a field of this type can be made of. Text from JSON where a number is wanted is told apart here.
bool Execution::fits(Value& value, const OutField& field) {
  bool good = true;
  if (field.type == FieldType::kInteger)
    good = value.holds == Holds::kWhole;
  else if (field.type == FieldType::kNumber)
    good = value.holds == Holds::kWhole || value.holds == Holds::kDecimal;
  else if (field.type == FieldType::kBoolean)
    good = value.holds == Holds::kBoolean;
  if (good) return true;
  if (failure_.trouble == Trouble::kNone) failure_ = {Trouble::kNeedsNumber, 0, 0, value.source, value.text};
  value.holds = Holds::kUnreadable;
  return false;
}

void Execution::write(const Value& value, FieldType type) {
  const bool bare = type == FieldType::kInteger || type == FieldType::kNumber || type == FieldType::kBoolean;
  if (bare)
    out_.append(value.text);
  else
    json::append_string(value.text, out_);
  out_ += ',';
}

bool Execution::emit(const Op& op, Statements& statements) {
  Value value = pop();
  const auto& field = program_.fields[op.a];
  if (!readable(value.holds) || !fits(value, field))
    return without(value, field, static_cast<Presence>(op.mode), statements);
  out_ += field.key;
  write(value, field.type);
  if (open_count_ != 0 && value.source != kNoSource) open_[open_count_ - 1].seen = true;
  return true;
}

bool Execution::item(const Op& op, Statements& statements) {
  Value value = pop();
  const auto& field = program_.fields[op.a];
  if (!readable(value.holds) || !fits(value, field))
    return without(value, field, Presence::kOptional, statements);
  write(value, field.type);
  if (value.source != kNoSource) open_[open_count_ - 1].seen = true;
  return true;
}

bool Execution::close_object(const Op& op, Statements& statements) {
  const Open object = open_[--open_count_];
  const auto& field = program_.fields[op.a];
  const bool has_parts = out_.back() == ',';
  if (has_parts && !object.dropped && (object.seen || op.b == 1)) {
    out_.back() = '}';
    out_ += ',';
    if (open_count_ != 0 && object.seen) open_[open_count_ - 1].seen = true;
    return true;
  }
  out_.resize(object.begin);
  return without({}, field, static_cast<Presence>(op.mode), statements);
}

bool Execution::close_list(const Op& op, Statements& statements) {
  const Open list = open_[--open_count_];
  const auto& field = program_.fields[op.a];
  if (out_.back() == ',') {
    out_.back() = ']';
    out_ += ',';
    if (open_count_ != 0 && list.seen) open_[open_count_ - 1].seen = true;
    return true;
  }
  out_.resize(list.begin);
  return without({}, field, static_cast<Presence>(op.mode), statements);
}

bool Execution::state(const Op& op, Statements& statements) {
  if (out_.back() == ',')
    out_.back() = '}';
  else
    out_ += '}';
  if (out_.size() > kMaxEntityBytes) {
    statements.reject(
        "too_large", {},
        say("il record dà un'entità di {} byte, al massimo {}",
            "the record makes an entity of {} bytes, at most {}", out_.size(), kMaxEntityBytes));
    return false;
  }
  if (!json::is_utf8(out_)) {
    statements.reject(
        "not_utf8", {},
        say("il record contiene byte che non sono UTF-8", "the record holds bytes that are not UTF-8"));
    return false;
  }
  statements.publish(program_.entities[op.a].kind, out_);
  return true;
}

}  // namespace raccordo::mapping
