// SPDX-License-Identifier: EUPL-1.2
// Bytes that live as long as one record. Blocks are kept for the next one: no allocation per field.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace raccordo::mapping {

class Arena {
 public:
  // `n` bytes that stay where they are until `reset`.
  [[nodiscard]] char* take(std::size_t n) {
    if (blocks_.empty() || used_ + n > blocks_[current_].size) grow(n);
    char* const out = blocks_[current_].bytes.get() + used_;
    used_ += n;
    return out;
  }

  void reset() {
    if (blocks_.size() > kKept) blocks_.resize(kKept);
    if (blocks_.size() == 1 && blocks_[0].size > kKeptBytes) blocks_.clear();
    current_ = 0;
    used_ = 0;
  }

 private:
  static constexpr std::size_t kBlock = 64u << 10;
  static constexpr std::size_t kKept = 1;
  static constexpr std::size_t kKeptBytes = 1u << 20;

  struct Block {
    std::unique_ptr<char[]> bytes;
    std::size_t size = 0;
  };

  void grow(std::size_t n) {
    const std::size_t size = n > kBlock ? n : kBlock;
    blocks_.push_back({std::make_unique<char[]>(size), size});
    current_ = blocks_.size() - 1;
    used_ = 0;
  }

  std::vector<Block> blocks_;
  std::size_t current_ = 0;
  std::size_t used_ = 0;
};

}  // namespace raccordo::mapping
