// SPDX-License-Identifier: EUPL-1.2
// Memory for keys: wiped when it goes.
#pragma once

#include <sodium.h>

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace raccordo::sodium {

// Before anything of libsodium's is called; the first call prepares it. Throws where there is no randomness.
// [any]
void prepare();

// Locked, between guard pages, left out of core dumps. Costs a few pages and system calls: for what stays.
class SecretBytes {
 public:
  SecretBytes() = default;
  explicit SecretBytes(std::size_t size);  // zeros

  [[nodiscard]] unsigned char* data() { return bytes_.get(); }
  [[nodiscard]] const unsigned char* data() const { return bytes_.get(); }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::string_view text() const { return {reinterpret_cast<const char*>(bytes_.get()), size_}; }
  // Of what was said to be longer than it is.
  void shorten(std::size_t size) { size_ = size; }

 private:
  struct Free {
    void operator()(unsigned char* bytes) const { sodium_free(bytes); }
  };
  std::unique_ptr<unsigned char, Free> bytes_;
  std::size_t size_ = 0;
};

// For what lives as long as a message is worked at.
template <std::size_t Size>
class Wiped {
 public:
  Wiped() = default;
  Wiped(const Wiped&) = default;
  Wiped& operator=(const Wiped&) = default;
  ~Wiped() { sodium_memzero(bytes_.data(), Size); }

  [[nodiscard]] unsigned char* data() { return bytes_.data(); }
  [[nodiscard]] const unsigned char* data() const { return bytes_.data(); }

 private:
  std::array<unsigned char, Size> bytes_{};
};

[[nodiscard]] inline const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
[[nodiscard]] inline unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

}  // namespace raccordo::sodium
