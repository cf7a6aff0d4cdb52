// SPDX-License-Identifier: Apache-2.0
// Reads JSON text piece by piece, strictly by RFC 8259, white space allowed, without building anything. The
// text must be valid UTF-8. Each function answers false at the first byte that breaks the grammar.
#pragma once

#include <string_view>

namespace raccordo::json {

class Reader {
 public:
  explicit Reader(std::string_view text) : begin_(text.data()), at_(begin_), end_(begin_ + text.size()) {}

  [[nodiscard]] bool take(char c);  // after white space
  [[nodiscard]] bool peek(char c);
  [[nodiscard]] bool string(std::string_view& raw, bool& escaped);  // without its quotes; escapes are checked
  [[nodiscard]] bool value(std::string_view& raw) { return value(raw, 1); }
  [[nodiscard]] bool at_end();
  [[nodiscard]] std::size_t byte() const { return static_cast<std::size_t>(at_ - begin_) + 1; }

 private:
  bool value(std::string_view& raw, int depth);
  bool inside(char close, int depth);
  bool scalar();
  void skip_space();

  const char* begin_;
  const char* at_;
  const char* end_;
};

}  // namespace raccordo::json
