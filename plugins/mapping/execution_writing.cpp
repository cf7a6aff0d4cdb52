// SPDX-License-Identifier: EUPL-1.2
// How values become the JSON of an entity.
#include "plugins/mapping/compile_row.hpp"
#include "plugins/mapping/execution.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo::mapping {

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
  const auto& entity = program_.entities[op.a];
  if (entity.step.empty())
    statements.publish(entity.kind, out_);
  else
    statements.step(entity.step, out_);
  return true;
}

bool Execution::cell(const Op& op, Statements& statements) {
  const Value value = pop();
  const bool filled = readable(value.holds);
  if (!filled && !without(value, program_.fields[op.a], static_cast<Presence>(op.mode), statements))
    return false;
  if (filled) append_cell(value.text, separator_, out_);
  out_ += separator_;
  return true;
}

void Execution::write_row(const Op& op, Statements& statements) {
  out_.back() = '\n';  // behind the last cell
  statements.write(program_.rows[op.a].file, out_);
}

}  // namespace raccordo::mapping
