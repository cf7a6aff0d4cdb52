// SPDX-License-Identifier: Apache-2.0
#include "canonical_reader.hpp"

#include "raccordo/model/json.hpp"

namespace raccordo {

// Only what must be escaped is, and in one way only.
bool CanonicalReader::canonical_escape() {
  if (end_ - at_ < 2 || *at_ != '\\') return false;
  if (std::string_view("\"\\bfnrt").find(at_[1]) != std::string_view::npos) {
    at_ += 2;
    return true;
  }
  if (end_ - at_ < 6 || std::string_view(at_ + 1, 3) != "u00" || (at_[4] != '0' && at_[4] != '1'))
    return false;
  const char low = at_[5];
  if (!json::is_digit(low) && !(low >= 'a' && low <= 'f')) return false;
  if (at_[4] == '0' && std::string_view("89acd").find(low) != std::string_view::npos) return false;
  at_ += 6;
  return true;
}

bool CanonicalReader::skip_value(int depth) {
  if (at_ == end_ || depth > json::kMaxDepth) return false;
  std::string_view raw;
  bool escaped = false;
  switch (*at_) {
    case '{':
      return skip_object(depth);
    case '[':
      return skip_array(depth);
    case '"':
      return read_string(raw, escaped);
    case 't':
      return take_word("true");
    case 'f':
      return take_word("false");
    case 'n':
      return take_word("null");
    default:
      return read_number(raw, escaped);
  }
}

bool CanonicalReader::skip_object(int depth) {
  ++at_;
  if (take('}')) return true;
  std::string_view last;
  for (bool first = true;; first = false) {
    std::string_view key;
    bool escaped = false;
    if (!read_key(key, escaped)) return false;
    if (spelling_ == Spelling::kUnknown && (escaped || (!first && key <= last))) return false;
    last = key;
    if (!skip_value(depth + 1)) return false;
    if (take('}')) return true;
    if (!take(',')) return false;
  }
}

bool CanonicalReader::skip_array(int depth) {
  ++at_;
  if (take(']')) return true;
  for (;;) {
    if (!skip_value(depth + 1)) return false;
    if (take(']')) return true;
    if (!take(',')) return false;
  }
}

}  // namespace raccordo
