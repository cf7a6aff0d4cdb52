// SPDX-License-Identifier: EUPL-1.2
// What only ever grows, up to hundreds of megabytes. A std::vector copies what it has whenever it grows, so
// that for a moment it is held twice; here large memory is moved page by page, and room that is not used yet
// is none in memory.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <type_traits>

namespace raccordo {

template <typename T>
class GrowingArray {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  void append(const T* items, std::size_t count) {
    if (count > capacity_ - size_) grow(size_ + count);
    if (count > 0) std::memcpy(items_.get() + size_, items, count * sizeof(T));
    size_ += count;
  }

  [[nodiscard]] const T* data() const { return items_.get(); }
  [[nodiscard]] const T& operator[](std::size_t i) const { return items_.get()[i]; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t bytes() const { return size_ * sizeof(T); }

 private:
  struct Free {
    void operator()(T* items) const { std::free(items); }
  };

  void grow(std::size_t least) {
    const auto wanted = std::max(least, capacity_ + capacity_ / 8 + 256);
    void* const moved = std::realloc(items_.get(), wanted * sizeof(T));
    if (moved == nullptr) throw std::bad_alloc();
    static_cast<void>(items_.release());
    items_.reset(static_cast<T*>(moved));
    capacity_ = wanted;
  }

  std::unique_ptr<T, Free> items_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace raccordo
