// SPDX-License-Identifier: Apache-2.0
// Views over what the host lends for one call. Nothing here owns or copies; a view is gone when the handler
// returns.
#pragma once

#include <raccordo/abi.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <iterator>
#include <string_view>

namespace raccordo {
inline namespace sdk {

[[nodiscard]] inline std::string_view view(raccordo_bytes bytes) {
  return bytes.size == 0 ? std::string_view() : std::string_view(bytes.data, bytes.size);
}

[[nodiscard]] inline raccordo_bytes bytes(std::string_view text) { return {text.data(), text.size()}; }

// A struct of the contract as this side knows it: members that the other side does not have yet are zero.
template <typename T>
[[nodiscard]] T known_members(const T* given) {
  T known{};
  if (given != nullptr) std::memcpy(&known, given, std::min<std::size_t>(given->struct_size, sizeof known));
  return known;
}

// Column names, cells, commands: a list of texts.
class Strings {
 public:
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = std::string_view;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = std::string_view;

    Iterator() = default;
    explicit Iterator(const raccordo_bytes* at) : at_(at) {}
    std::string_view operator*() const { return view(*at_); }
    Iterator& operator++() { return ++at_, *this; }
    Iterator operator++(int) { return Iterator(at_++); }
    friend bool operator==(Iterator, Iterator) = default;

   private:
    const raccordo_bytes* at_ = nullptr;
  };

  // As containers call them, for algorithms and matchers.
  using value_type = std::string_view;
  using const_iterator = Iterator;
  using iterator = Iterator;

  Strings() = default;
  explicit Strings(raccordo_list list) : list_(list) {}

  [[nodiscard]] std::size_t size() const { return list_.size; }
  [[nodiscard]] bool empty() const { return list_.size == 0; }
  // Empty past the end.
  [[nodiscard]] std::string_view operator[](std::size_t index) const {
    return index < list_.size ? view(list_.items[index]) : std::string_view();
  }
  [[nodiscard]] Iterator begin() const { return Iterator(list_.items); }
  [[nodiscard]] Iterator end() const { return Iterator(list_.items + list_.size); }

 private:
  raccordo_list list_{};
};

struct Header {
  std::string_view name;
  std::string_view value;
};

// The headers of a request or a response, in their order.
class Headers {
 public:
  Headers() = default;
  Headers(const raccordo_header* items, std::size_t size)
      : items_(items), size_(items == nullptr ? 0 : size) {}

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] Header at(std::size_t index) const {
    return index < size_ ? Header{view(items_[index].name), view(items_[index].value)} : Header{};
  }
  // The first of this name, in whatever case (RFC 9110 section 5.1); empty when there is none.
  [[nodiscard]] std::string_view operator[](std::string_view name) const;

 private:
  const raccordo_header* items_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace sdk
}  // namespace raccordo
