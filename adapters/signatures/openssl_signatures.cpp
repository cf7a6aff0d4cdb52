// SPDX-License-Identifier: EUPL-1.2
#include "adapters/signatures/openssl_signatures.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <array>
#include <memory>

namespace raccordo::signatures {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kSignatureBytes = 64;
constexpr std::size_t kMostPem = 4096;

struct Free {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Bio = std::unique_ptr<BIO, Free>;
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Context = std::unique_ptr<EVP_MD_CTX, Free>;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// Nobody is at a terminal to type one.
int no_password(char*, int, int, void*) { return 0; }

Error no_key(Text why) {
  return error(ErrorCode::kInvalid, std::move(why),
               say("mettere la parte pubblica: openssl pkey -in CHIAVE -pubout",
                   "put the public half: openssl pkey -in KEY -pubout"));
}

}  // namespace

std::string OpensslSignatures::sha256(std::string_view bytes) const {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
  std::string out;
  for (unsigned int i = 0; i < size; ++i) out += fmt::format("{:02x}", digest[i]);
  return out;
}

Result<std::string> OpensslSignatures::public_key(std::string_view pem) const {
  if (pem.find("PRIVATE KEY") != std::string_view::npos)
    return no_key(
        say("è una chiave privata, che qui non deve stare", "it is a private key, which has no place here"));
  if (pem.size() > kMostPem)
    return no_key(say("non è una chiave pubblica in PEM", "it is no public key in PEM"));
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const Key key(PEM_read_bio_PUBKEY(bio.get(), nullptr, no_password, nullptr));
  ERR_clear_error();
  if (!key) return no_key(say("non è una chiave pubblica in PEM", "it is no public key in PEM"));
  std::array<unsigned char, kKeyBytes> raw{};
  std::size_t size = raw.size();
  if (EVP_PKEY_base_id(key.get()) != EVP_PKEY_ED25519 ||
      EVP_PKEY_get_raw_public_key(key.get(), raw.data(), &size) != 1)
    return no_key(say("è una chiave di un altro tipo: serve Ed25519",
                      "it is a key of another kind: Ed25519 is needed"));
  return std::string(reinterpret_cast<const char*>(raw.data()), size);
}

bool OpensslSignatures::verify(std::string_view key, std::string_view text,
                               std::string_view signature) const {
  if (key.size() != kKeyBytes || signature.size() != kSignatureBytes) return false;
  const Key known(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes_of(key), key.size()));
  const Context context(EVP_MD_CTX_new());
  const bool good =
      known && context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, known.get()) == 1 &&
      EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(text), text.size()) ==
          1;
  ERR_clear_error();
  return good;
}

}  // namespace raccordo::signatures
