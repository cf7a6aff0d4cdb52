// SPDX-License-Identifier: EUPL-1.2
#include "adapters/signatures/openssl_signatures.hpp"

#include <gtest/gtest.h>

namespace raccordo::signatures {
namespace {

std::string bytes(std::string_view hexadecimal) {
  std::string out;
  for (std::size_t i = 0; i + 1 < hexadecimal.size(); i += 2)
    out += static_cast<char>(std::stoi(std::string(hexadecimal.substr(i, 2)), nullptr, 16));
  return out;
}

const OpensslSignatures kOpenssl;

TEST(OpensslSignatures, hash_as_the_standard_says) {
  EXPECT_EQ(kOpenssl.sha256("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");  // FIPS 180-4
  EXPECT_EQ(kOpenssl.sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

// RFC 8032, section 7.1, test 2.
TEST(OpensslSignatures, verify_as_the_standard_says) {
  const auto key = bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  const auto signature = bytes(
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2e"
      "aeb4302aeeb00d291612bb0c00");
  EXPECT_TRUE(kOpenssl.verify(key, "\x72", signature));
  EXPECT_FALSE(kOpenssl.verify(key, "\x73", signature));
  EXPECT_FALSE(kOpenssl.verify(key, "\x72", signature.substr(1)));
  EXPECT_FALSE(kOpenssl.verify(key.substr(1), "\x72", signature));
  EXPECT_FALSE(kOpenssl.verify(std::string(32, 'x'), "\x72", signature));
}

TEST(OpensslSignatures, read_public_keys_of_one_kind) {
  const auto why = [](std::string_view pem) {
    const auto key = kOpenssl.public_key(pem);
    return key.ok() ? "a key of " + std::to_string(key->size()) : key.error().message.en;
  };
  // RFC 8410, section 10.1.
  EXPECT_EQ(why("-----BEGIN PUBLIC "
                "KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC "
                "KEY-----\n"),
            "a key of 32");
  EXPECT_EQ(why("-----BEGIN PRIVATE "
                "KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END "
                "PRIVATE KEY-----\n"),
            "it is a private key, which has no place here");
  EXPECT_EQ(
      why("-----BEGIN PUBLIC "
          "KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/"
          "m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==\n-----END PUBLIC KEY-----\n"),
      "it is a key of another kind: Ed25519 is needed");
  EXPECT_EQ(why("ssh-ed25519 AAAA"), "it is no public key in PEM");
  EXPECT_EQ(why(""), "it is no public key in PEM");
}

}  // namespace
}  // namespace raccordo::signatures
