// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sodium/case_key.hpp"

#include <algorithm>

#include "adapters/sodium/sealing.hpp"
#include "core/ports/base64.hpp"

namespace raccordo::sodium {
namespace {

constexpr std::string_view kKidOf = "raccordo case key 1";
constexpr std::size_t kWrapped = kKeyBytes + sizeof(Uuid::bytes);  // the key, and whose it is

std::string kid_of(const unsigned char* key) {
  std::string hash(crypto_generichash_BYTES_MIN, '\0');
  crypto_generichash(bytes_of(hash), hash.size(), bytes_of(kKidOf), kKidOf.size(), key, kKeyBytes);
  return base64url(hash);
}

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

CaseKey::CaseKey(const Uuid& id) : id_(id) {
  randombytes_buf(key_.data(), kKeyBytes);
  kid_ = kid_of(key_.data());
}

CaseKey::CaseKey(const Uuid& id, const unsigned char* key, std::vector<WrappedKey> wraps)
    : id_(id), kid_(kid_of(key)), wraps_(std::move(wraps)) {
  std::copy_n(key, kKeyBytes, key_.data());
}

std::optional<CaseKey> CaseKey::unwrap(const Uuid& id, const WrappedKey& wrap, const RingKey& ours,
                                       std::vector<WrappedKey> all) {
  Wiped<kWrapped> opened;
  if (wrap.bytes.size() != kWrapped + crypto_box_SEALBYTES ||
      crypto_box_seal_open(opened.data(), bytes_of(wrap.bytes), wrap.bytes.size(),
                           bytes_of(ours.public_key()), ours.for_wraps()) != 0)
    return std::nullopt;
  if (sodium_memcmp(opened.data() + kKeyBytes, id.bytes.data(), id.bytes.size()) != 0) return std::nullopt;
  return CaseKey(id, opened.data(), std::move(all));
}

// The field comes last: whatever it is called, it cannot be taken for what stands before it.
std::string CaseKey::bound_to(const SealedPlace& place) const {
  return fmt::format("raccordo case value 1\n{}\n{}\n{}\n{}", id_.text(), place.revision, kid_, place.field);
}

std::string CaseKey::seal(std::string_view plain, const SealedPlace& place) const {
  return sealed_text({std::string(kAlg), kid_, encrypt(plain, bound_to(place), key_.data())});
}

Result<std::string> CaseKey::open(std::string_view sealed, const SealedPlace& place) const {
  const auto value = from_sealed_text(sealed);
  auto plain = value && value->alg == kAlg && same(value->kid, kid_)
                   ? decrypt(value->bytes, bound_to(place), key_.data())
                   : std::nullopt;
  if (plain) return std::move(*plain);
  return error(
      ErrorCode::kDenied,
      say("il dato sigillato «{}» della pratica {}, revisione {}, non si apre: è alterato o è di altro",
          "the sealed value \"{}\" of case {}, revision {}, does not open: it was altered or belongs "
          "elsewhere",
          place.field, id_.text(), place.revision),
      say("chiedere all'hub da cui viene di rimandarlo", "ask the hub that it comes from to send it again"));
}

Status CaseKey::share(const HubKey& with) {
  const auto key = from_base64url(with.key);
  if (!is_sealed_word(with.hub) || !is_sealed_word(with.kid) || !key || key->size() != kKeyBytes)
    return error(
        ErrorCode::kInvalid,
        say("la chiave pubblica dell'hub «{}» non è una chiave", "the public key of hub \"{}\" is none",
            with.hub),
        say("copiarla da raccordo keys show, sul suo hub", "copy it from raccordo keys show, on its hub"));
  if (wraps_.size() == kMostWraps)
    return error(ErrorCode::kTooLarge,
                 say("la pratica {} ha già {} hub", "case {} has {} hubs already", id_.text(), kMostWraps));
  Wiped<kWrapped> inner;
  std::copy_n(key_.data(), kKeyBytes, inner.data());
  std::ranges::copy(id_.bytes, inner.data() + kKeyBytes);
  std::string bytes(kWrapped + crypto_box_SEALBYTES, '\0');
  if (crypto_box_seal(bytes_of(bytes), inner.data(), kWrapped, bytes_of(*key)) != 0)
    return error(ErrorCode::kInvalid, say("la chiave pubblica dell'hub «{}» non vale",
                                          "the public key of hub \"{}\" is not valid", with.hub));
  wraps_.push_back({with.hub, with.kid, std::move(bytes)});
  return done();
}

}  // namespace raccordo::sodium
