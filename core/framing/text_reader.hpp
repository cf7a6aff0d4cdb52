// SPDX-License-Identifier: EUPL-1.2
// A window that knows its line and column: for formats whose records do not end with lines.
#pragma once

#include "core/framing/malformed.hpp"
#include "core/framing/window.hpp"

namespace raccordo {

class TextReader {
 public:
  // Places cost a look at every byte: where records are not told by line and column, nobody asks for them.
  enum Places : bool { kPlacesNotAsked, kPlaces };

  TextReader(const ByteFile& file, const FoundEncoding& encoding, Places places = kPlaces)
      : window_(file, encoding), encoding_(encoding), places_(places) {}

  [[nodiscard]] std::string_view unread() const { return window_.unread(); }
  [[nodiscard]] bool at_end() const { return window_.at_end(); }
  [[nodiscard]] Status more() { return window_.more(); }
  void consume(std::size_t bytes);

  // At least `bytes` at hand unless the file ends before.
  [[nodiscard]] Status ensure(std::size_t bytes);
  // Leaves blanks and line breaks; the byte behind them, or 0 at the end of the file.
  [[nodiscard]] Result<char> skip_blanks();

  [[nodiscard]] Place place() const { return {window_.offset(), spot_.line}; }
  [[nodiscard]] Spot spot() const { return spot_; }
  [[nodiscard]] Spot spot_at(std::size_t byte) const {
    return spot_of(unread(), byte, spot_, encoding_.encoding);
  }
  [[nodiscard]] const FoundEncoding& encoding() const { return encoding_; }
  [[nodiscard]] const ByteFile& file() const { return window_.file(); }

 private:
  Window window_;
  FoundEncoding encoding_;
  Places places_;
  Spot spot_;
};

[[nodiscard]] constexpr bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// Adds a record whose only field is its body, converted to UTF-8.
void add_body(std::string_view record, Encoding encoding, Place place, InputBatch& batch);

}  // namespace raccordo
