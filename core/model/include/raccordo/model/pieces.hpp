// SPDX-License-Identifier: Apache-2.0
// The members of a canonical JSON object, or the items of a list, one by one, without building anything.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace raccordo::json {

// The text outlives it. Where it is not canonical JSON it ends before its end: `whole` says so. [any]
class Pieces {
 public:
  explicit Pieces(std::string_view canonical) : rest_(canonical) {}

  [[nodiscard]] bool next();
  [[nodiscard]] std::string_view key() const { return key_; }      // as it is spelled; empty in a list
  [[nodiscard]] std::string_view value() const { return value_; }  // its JSON text
  // Once there is no next: this was all of an object or list, and nothing stands behind it.
  [[nodiscard]] bool whole() const { return whole_; }

 private:
  std::string_view rest_, key_, value_;
  char close_ = 0;
  bool whole_ = false;
};

// The value's text, or empty where an object has no such member.
[[nodiscard]] std::string_view member(std::string_view canonical_object, std::string_view name);

// What a value's text says, where it is of this type.
[[nodiscard]] std::optional<std::string> text_of(std::string_view value);
[[nodiscard]] std::optional<std::int64_t> integer_of(std::string_view value);
[[nodiscard]] std::optional<double> number_of(std::string_view value);
[[nodiscard]] std::optional<bool> boolean_of(std::string_view value);

}  // namespace raccordo::json
