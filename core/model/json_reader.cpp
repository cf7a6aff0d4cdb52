// SPDX-License-Identifier: Apache-2.0
#include "json_reader.hpp"

#include "json_scan.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo::json {

void Reader::skip_space() {
  while (at_ != end_ && is_space(*at_)) ++at_;
}

bool Reader::peek(char c) {
  skip_space();
  return at_ != end_ && *at_ == c;
}

bool Reader::take(char c) {
  if (!peek(c)) return false;
  ++at_;
  return true;
}

bool Reader::at_end() {
  skip_space();
  return at_ == end_;
}

bool Reader::string(std::string_view& raw, bool& escaped) {
  if (!take('"')) return false;
  const char* const first = at_;
  std::string ignored;
  for (;;) {
    at_ = skip_plain(at_, end_);
    if (at_ == end_) return false;
    if (*at_ == '"') break;
    ignored.clear();
    const char* const next = *at_ == '\\' ? decode_escape(at_, end_, ignored) : nullptr;
    if (next == nullptr) return false;
    at_ = next;
    escaped = true;
  }
  raw = {first, at_};
  ++at_;
  return true;
}

bool Reader::value(std::string_view& raw, int depth) {
  skip_space();
  if (at_ == end_ || depth > kMaxDepth) return false;
  const char* const first = at_;
  bool ok = false;
  if (*at_ == '{' || *at_ == '[') {
    const char close = *at_++ == '{' ? '}' : ']';
    ok = inside(close, depth);
  } else {
    ok = scalar();
  }
  raw = {first, at_};
  return ok;
}

bool Reader::inside(char close, int depth) {
  if (take(close)) return true;
  std::string_view ignored;
  bool escaped = false;
  do {
    if (close == '}' && (!string(ignored, escaped) || !take(':'))) return false;
    if (!value(ignored, depth + 1)) return false;
  } while (take(','));
  return take(close);
}

bool Reader::scalar() {
  std::string_view ignored;
  bool flag = false;
  if (*at_ == '"') return string(ignored, flag);
  for (const std::string_view word : {"true", "false", "null"}) {
    if (!std::string_view(at_, end_).starts_with(word)) continue;
    at_ += word.size();
    return true;
  }
  const char* const after = skip_number(at_, end_, flag);
  if (after == nullptr) return false;
  at_ = after;
  return true;
}

}  // namespace raccordo::json
