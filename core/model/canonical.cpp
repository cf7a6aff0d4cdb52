// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <span>
#include <vector>

#include "json_scan.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo::json {
namespace {

// One member of an object: its decoded key in `keys_`, `"key":value` in `out_`.
struct Member {
  std::size_t key_begin, key_size;
  std::size_t text_begin, text_size;
};

// Reads strictly and writes canonical JSON in the same pass; members that come unsorted are put in order once
// their object ends. Depth is checked before a level is entered.
class Rewriter {
 public:
  explicit Rewriter(std::string_view text) : text_(text), at_(text.data()), end_(at_ + text.size()) {}

  Result<std::string> run() {
    out_.reserve(text_.size());
    skip_space();
    if (value(1)) {
      skip_space();
      if (at_ != end_) fail({"altro testo dopo il valore", "more text after the value"});
    }
    if (problem_.en.empty()) return std::move(out_);
    const auto where = at_ - text_.data() + 1;
    return error(ErrorCode::kInvalid, {fmt::format("JSON non valido al byte {}: {}", where, problem_.it),
                                       fmt::format("invalid JSON at byte {}: {}", where, problem_.en)});
  }

 private:
  bool fail(Label problem) {
    if (problem_.en.empty()) problem_ = problem;
    return false;
  }
  void skip_space() {
    while (at_ != end_ && is_space(*at_)) ++at_;
  }
  bool take(char c) {
    if (at_ == end_ || *at_ != c) return false;
    ++at_;
    return true;
  }

  bool value(int depth);
  bool object(int depth);
  bool member(int depth);
  bool array(int depth);
  bool string(std::string& decoded);
  bool number();
  bool word(std::string_view expected);
  bool close_object(std::size_t first_member, std::size_t first_byte, std::size_t first_key);
  void sort_members(std::size_t first_member, std::size_t first_byte);
  std::string_view key_of(const Member& m) const {
    return std::string_view(keys_).substr(m.key_begin, m.key_size);
  }

  std::string_view text_;
  const char* at_;
  const char* end_;
  std::string out_;
  std::string keys_;  // decoded keys of the objects that are open
  std::string decoded_;
  std::string reordered_;
  std::vector<Member> members_;  // of the objects that are open, the innermost at the end
  Label problem_;
};

bool Rewriter::value(int depth) {
  if (at_ == end_) return fail({"il testo finisce prima del valore", "the text ends before the value"});
  switch (*at_) {
    case '{':
      return object(depth);
    case '[':
      return array(depth);
    case '"':
      decoded_.clear();
      if (!string(decoded_)) return false;
      append_string(decoded_, out_);
      return true;
    case 't':
      return word("true");
    case 'f':
      return word("false");
    case 'n':
      return word("null");
    default:
      return number();
  }
}

bool Rewriter::object(int depth) {
  if (depth > kMaxDepth) return fail({"troppi livelli annidati", "nested too deep"});
  const auto first_member = members_.size();
  const auto first_byte = out_.size() + 1;
  const auto first_key = keys_.size();
  ++at_;
  out_ += '{';
  skip_space();
  if (take('}')) {
    out_ += '}';
    return true;
  }
  do {
    skip_space();
    if (!member(depth)) return false;
    skip_space();
  } while (take(','));
  if (!take('}'))
    return fail({"manca una virgola o la graffa di chiusura", "a comma or closing brace is missing"});
  return close_object(first_member, first_byte, first_key);
}

bool Rewriter::member(int depth) {
  if (at_ == end_ || *at_ != '"')
    return fail({"manca il nome di un campo", "the name of a field is missing"});
  if (out_.back() != '{') out_ += ',';
  Member m{keys_.size(), 0, out_.size(), 0};
  if (!string(keys_)) return false;
  m.key_size = keys_.size() - m.key_begin;
  append_string(key_of(m), out_);
  skip_space();
  if (!take(':')) return fail({"mancano i due punti", "a colon is missing"});
  out_ += ':';
  skip_space();
  if (!value(depth + 1)) return false;
  m.text_size = out_.size() - m.text_begin;
  members_.push_back(m);
  return true;
}

bool Rewriter::close_object(std::size_t first_member, std::size_t first_byte, std::size_t first_key) {
  const auto mine = std::span(members_).subspan(first_member);
  const auto key = [this](const Member& m) { return key_of(m); };
  if (!std::ranges::is_sorted(mine, {}, key)) sort_members(first_member, first_byte);
  if (std::ranges::adjacent_find(mine, {}, key) != mine.end())
    return fail({"un campo compare due volte", "a field stands twice"});
  members_.resize(first_member);
  keys_.resize(first_key);
  out_ += '}';
  return true;
}

void Rewriter::sort_members(std::size_t first_member, std::size_t first_byte) {
  const auto mine = std::span(members_).subspan(first_member);
  std::ranges::sort(mine, {}, [this](const Member& m) { return key_of(m); });
  reordered_.clear();
  for (const auto& m : mine) {
    if (!reordered_.empty()) reordered_ += ',';
    reordered_.append(out_, m.text_begin, m.text_size);
  }
  out_.replace(first_byte, std::string::npos, reordered_);
}

bool Rewriter::array(int depth) {
  if (depth > kMaxDepth) return fail({"troppi livelli annidati", "nested too deep"});
  ++at_;
  out_ += '[';
  skip_space();
  if (take(']')) {
    out_ += ']';
    return true;
  }
  for (;;) {
    skip_space();
    if (!value(depth + 1)) return false;
    skip_space();
    if (!take(',')) break;
    out_ += ',';
  }
  if (!take(']'))
    return fail({"manca una virgola o la quadra di chiusura", "a comma or closing bracket is missing"});
  out_ += ']';
  return true;
}

bool Rewriter::string(std::string& decoded) {
  ++at_;
  for (;;) {
    const char* const run = at_;
    at_ = skip_plain(at_, end_);
    decoded.append(run, at_);
    if (at_ == end_) return fail({"una stringa non è chiusa", "a string is not closed"});
    if (*at_ == '"') return ++at_, true;
    if (*at_ != '\\')
      return fail({"un carattere di controllo in una stringa", "a control character in a string"});
    const char* const next = decode_escape(at_, end_, decoded);
    if (next == nullptr) return fail({"una sequenza di escape non valida", "an invalid escape sequence"});
    at_ = next;
  }
}

bool Rewriter::number() {
  bool integral = true;
  const char* const after = skip_number(at_, end_, integral);
  if (after == nullptr) return fail({"non è un valore JSON", "not a JSON value"});
  if (!append_canonical_number({at_, after}, integral, out_))
    return fail({"un numero troppo grande o troppo piccolo", "a number that is too large or too small"});
  at_ = after;
  return true;
}

bool Rewriter::word(std::string_view expected) {
  if (!std::string_view(at_, end_).starts_with(expected))
    return fail({"non è un valore JSON", "not a JSON value"});
  at_ += expected.size();
  out_ += expected;
  return true;
}

}  // namespace

Result<std::string> canonical(std::string_view text) {
  if (!is_utf8(text))
    return error(ErrorCode::kInvalid, say("JSON non valido: non è UTF-8", "invalid JSON: not UTF-8"));
  return Rewriter(text).run();
}

}  // namespace raccordo::json
