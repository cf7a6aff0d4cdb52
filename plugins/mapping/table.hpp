// SPDX-License-Identifier: EUPL-1.2
// A table of values: what the partner writes -> what it means here. Found without allocating: a flat hash
// table of the written values, white space trimmed and made single, upper and lower case of Latin letters as
// one.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace raccordo::mapping {

inline constexpr std::size_t kMaxTableKey = 256;  // bytes; what is longer is in no table

class Table {
 public:
  // False when the same key is there already; kMaxTableKey is the caller's to check.
  bool add(std::string_view key, std::uint32_t value);

  // The value added with this key.
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view key) const;

  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] const std::string& written(std::size_t row) const { return rows_[row].written; }

 private:
  struct Row {
    std::string written;
    std::string folded;
    std::uint64_t hash = 0;
    std::uint32_t value = 0;
  };

  [[nodiscard]] const Row* row(std::string_view folded, std::uint64_t hash) const;
  void rehash();

  std::vector<Row> rows_;
  std::vector<std::uint32_t> slots_;  // row + 1; 0: free. A power of two, at most half full
};

// The form in which keys are compared, in `buffer`: empty when `text` is longer than that.
using FoldBuffer = std::array<char, kMaxTableKey>;
[[nodiscard]] std::string_view fold(std::string_view text, FoldBuffer& buffer);

}  // namespace raccordo::mapping
