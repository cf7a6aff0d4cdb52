// SPDX-License-Identifier: EUPL-1.2
// What operations make of the values on the stack.
#include <algorithm>

#include "plugins/mapping/execution.hpp"

namespace raccordo::mapping {
namespace {

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

}  // namespace raccordo::mapping
