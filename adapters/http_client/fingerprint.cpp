// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_client/fingerprint.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>

namespace raccordo::http_client {

std::string fingerprint(std::string_view text) {
  constexpr std::size_t kBytes = 8;
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  std::string out;
  for (std::size_t i = 0; i < kBytes; ++i) out += fmt::format("{:02x}", digest[i]);
  return out;
}

}  // namespace raccordo::http_client
