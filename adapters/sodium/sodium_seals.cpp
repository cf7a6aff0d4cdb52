// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sodium/sodium_seals.hpp"

#include "adapters/sodium/case_key.hpp"
#include "adapters/sodium/key_file.hpp"
#include "adapters/sodium/sealing.hpp"
#include "core/ports/base64.hpp"

namespace raccordo::sodium {
namespace {

std::string body_bound_to(std::string_view kid, std::string_view about) {
  return fmt::format("raccordo body 1\n{}\n{}", kid, about);
}

class SodiumSeals final : public Seals {
 public:
  SodiumSeals(KeyRing ring, std::string hub, std::string path, const std::string& day)
      : ring_(std::move(ring)),
        sealing_(*ring_.sealing_on(day)),
        hub_(std::move(hub)),
        path_(std::move(path)) {}

  std::unique_ptr<CaseSeals> begin(const Uuid& id) const override {
    auto key = std::make_unique<CaseKey>(id);
    const auto shared = key->share(own_key());
    assert(shared.ok());
    static_cast<void>(shared);
    return key;
  }

  Result<std::unique_ptr<CaseSeals>> of(const Uuid& id, std::string_view keys) const override {
    auto wraps = from_wraps_text(keys);
    if (!wraps) return altered(id);
    std::string missing;
    bool ours = false;
    for (const auto& wrap : *wraps) {
      if (wrap.hub != hub_) continue;
      const auto* const key = ring_.find(wrap.kid);
      if (key == nullptr) {
        missing = wrap.kid;
        continue;
      }
      ours = true;
      if (auto found = CaseKey::unwrap(id, wrap, *key, *wraps))
        return std::unique_ptr<CaseSeals>(std::make_unique<CaseKey>(std::move(*found)));
    }
    if (ours) return altered(id);
    return missing.empty() ? not_for_us(id) : key_missing(missing);
  }

  Sealed seal_bytes(std::string_view plain, std::string_view about) const override {
    return {std::string(kAlg), sealing_.kid,
            encrypt(plain, body_bound_to(sealing_.kid, about), sealing_.for_bodies())};
  }

  Result<std::string> open_bytes(const Sealed& sealed, std::string_view about) const override {
    if (sealed.alg == "none") return sealed.bytes;
    const auto* const key = ring_.find(sealed.kid);
    if (key == nullptr) return key_missing(sealed.kid);
    auto plain = sealed.alg == kAlg
                     ? decrypt(sealed.bytes, body_bound_to(sealed.kid, about), key->for_bodies())
                     : std::nullopt;
    if (plain) return std::move(*plain);
    return error(ErrorCode::kDenied,
                 say("il contenuto sigillato non si apre: è alterato o è di altro",
                     "the sealed content does not open: it was altered or belongs elsewhere"));
  }

  std::string pseudonym(std::string_view purpose, std::string_view value) const override {
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, ring_.pseudonyms.data(), ring_.pseudonyms.size());
    crypto_auth_hmacsha256_update(&state, bytes_of(purpose), purpose.size());
    crypto_auth_hmacsha256_update(&state, bytes_of("\n"), 1);
    crypto_auth_hmacsha256_update(&state, bytes_of(value), value.size());
    std::string out(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256_final(&state, bytes_of(out));
    sodium_memzero(&state, sizeof state);
    return base64url(out);
  }

  HubKey own_key() const override { return {hub_, sealing_.kid, base64url(sealing_.public_key())}; }

 private:
  static Error altered(const Uuid& id) {
    return error(ErrorCode::kDenied,
                 say("la chiave della pratica {} non si apre: è alterata o è di un'altra pratica",
                     "the key of case {} does not open: it was altered or is another case's", id.text()),
                 say("chiedere all'hub da cui viene di rimandarla",
                     "ask the hub that it comes from to send it again"));
  }

  Error not_for_us(const Uuid& id) const {
    return error(
        ErrorCode::kDenied,
        say("i dati delle persone della pratica {} non sono stati sigillati per l'hub {}",
            "people's data of case {} was not sealed for hub {}", id.text(), hub_),
        say("chi tiene la pratica deve condividerla con la chiave che mostra raccordo keys show {}",
            "whoever keeps the case has to share it with the key that raccordo keys show {} prints", path_));
  }

  Error key_missing(const std::string& kid) const {
    return error(
        ErrorCode::kDenied,
        say("serve la chiave {}, che in {} non c'è", "the key {} is needed, and is not in {}", kid, path_),
        say("rimetterla dalla copia del file di chiavi", "put it back from the copy of the key file"));
  }

  KeyRing ring_;
  const RingKey& sealing_;
  std::string hub_;
  std::string path_;
};

}  // namespace

Result<std::unique_ptr<Seals>> open_seals(const std::string& path, std::string hub, WallTime now) {
  RACCORDO_TRY(auto ring, read_key_file(path));
  if (ring.sealing_on(day_of(now)) == nullptr) return expired(path, ring);
  return std::unique_ptr<Seals>(
      std::make_unique<SodiumSeals>(std::move(ring), std::move(hub), path, day_of(now)));
}

}  // namespace raccordo::sodium
