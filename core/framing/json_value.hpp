// SPDX-License-Identifier: EUPL-1.2
// One JSON value of bytes at hand, checked against RFC 8259 while its end is looked for. No recursion: depth
// is a number. Repeated keys are a fault: readers would disagree on what they mean.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/framing/malformed.hpp"

namespace raccordo {

enum class CutEnd : std::uint8_t { kWhole, kUnfinished, kFault };

struct JsonCut {
  CutEnd end = CutEnd::kWhole;
  std::size_t size = 0;  // of the value, when whole
  Fault fault;
};

// Reused from value to value: it keeps its memory.
class JsonValue {
 public:
  explicit JsonValue(std::size_t max_depth) : max_depth_(max_depth) {}

  // The value that `bytes` begin with. `last`: nothing follows `bytes`, so what is unfinished is a fault.
  [[nodiscard]] JsonCut cut(std::string_view bytes, bool last);

 private:
  struct Key {
    std::uint64_t hash;
    std::size_t at;
  };
  struct Open {
    bool object;
    std::size_t first_key;
  };
  enum class Expect : std::uint8_t { kValue, kValueOrEnd, kKey, kKeyOrEnd, kColon, kCommaOrEnd, kNothing };

  bool step();
  bool value(char c);
  bool open(bool object);
  bool close(bool object);
  bool key();
  bool string(std::size_t& content, bool& escaped);
  bool escape();
  bool number();
  bool literal(std::string_view word);
  bool no_repeated_keys(std::size_t first);
  void after_value() { expect_ = open_.empty() ? Expect::kNothing : Expect::kCommaOrEnd; }

  bool unfinished();
  bool fail(std::string_view code, Text why, std::size_t at);
  bool unexpected();

  std::size_t max_depth_;
  std::string_view bytes_;
  std::size_t at_ = 0;
  bool last_ = false;
  Expect expect_ = Expect::kValue;
  std::vector<Open> open_;
  std::vector<Key> keys_;
  std::string unescaped_;
  JsonCut cut_;
};

// The text of a JSON string between its quotes. What is no valid escape stays as it is.
void append_unescaped(std::string_view content, std::string& out);

}  // namespace raccordo
