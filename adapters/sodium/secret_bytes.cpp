// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sodium/secret_bytes.hpp"

#include <new>
#include <stdexcept>

namespace raccordo::sodium {

void prepare() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium finds no source of randomness");
}

SecretBytes::SecretBytes(std::size_t size) : size_(size) {
  prepare();
  bytes_.reset(static_cast<unsigned char*>(sodium_malloc(size)));
  if (!bytes_) throw std::bad_alloc();
  sodium_memzero(bytes_.get(), size);
}

}  // namespace raccordo::sodium
