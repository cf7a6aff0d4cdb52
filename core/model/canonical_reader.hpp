// SPDX-License-Identifier: Apache-2.0
// Goes through canonical JSON text from left to right. What is not canonical is not read.
#pragma once

#include <cstdint>
#include <string_view>

#include "json_scan.hpp"

namespace raccordo {

// Whether the text is known to be canonical (json::canonical made it).
enum class Spelling : std::uint8_t { kUnknown, kCanonical };

// The text must be valid UTF-8 and outlives the reader; strings are views into it. False: this is not
// canonical JSON, or the text ends here; where the reader then stands is of no use.
class CanonicalReader {
 public:
  CanonicalReader(std::string_view text, Spelling spelling)
      : at_(text.data()), end_(at_ + text.size()), spelling_(spelling) {}

  [[nodiscard]] Spelling spelling() const { return spelling_; }
  [[nodiscard]] const char* here() const { return at_; }
  void back_to(const char* place) { at_ = place; }
  [[nodiscard]] bool at_end() const { return at_ == end_; }
  [[nodiscard]] bool is_at(char c) const { return at_ != end_ && *at_ == c; }
  [[nodiscard]] bool is_at_number() const { return at_ != end_ && (*at_ == '-' || json::is_digit(*at_)); }

  bool take(char c) {
    if (!is_at(c)) return false;
    ++at_;
    return true;
  }
  bool take_word(std::string_view word) {
    if (!std::string_view(at_, end_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  // Between the quotes, as it is spelled; `escaped` is set where it holds an escape.
  bool read_string(std::string_view& raw, bool& escaped);
  // A string and its colon.
  bool read_key(std::string_view& key, bool& escaped);
  bool read_number(std::string_view& number, bool& integral);
  // Any value; `depth` is that of what it stands in.
  bool skip_value(int depth = 1);

 private:
  bool canonical_escape();
  bool skip_object(int depth);
  bool skip_array(int depth);

  const char* at_;
  const char* end_;
  Spelling spelling_;
};

// In the header because a walk spends its time here.
inline bool CanonicalReader::read_string(std::string_view& raw, bool& escaped) {
  if (!take('"')) return false;
  const char* const begin = at_;
  for (;;) {
    at_ = json::skip_plain(at_, end_);
    if (at_ == end_) return false;
    if (*at_ == '"') break;
    if (!canonical_escape()) return false;
    escaped = true;
  }
  raw = {begin, at_};
  ++at_;
  return true;
}

inline bool CanonicalReader::read_key(std::string_view& key, bool& escaped) {
  return read_string(key, escaped) && take(':');
}

inline bool CanonicalReader::read_number(std::string_view& number, bool& integral) {
  const char* const begin = at_;
  at_ = json::skip_number(at_, end_, integral);
  if (at_ == nullptr) return false;
  number = {begin, at_};
  return true;
}

}  // namespace raccordo
