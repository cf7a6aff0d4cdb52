// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/sodium/key_ring.hpp"
#include "core/ports/seals.hpp"

namespace raccordo::sodium {

// A case's own key: 32 random bytes that belong to this case.
class CaseKey final : public CaseSeals {
 public:
  // A new one, for nobody yet.
  explicit CaseKey(const Uuid& id);
  // What `wrap` holds, of this case, for the owner of this key. None: it was altered, or is another's or
  // another case's.
  [[nodiscard]] static std::optional<CaseKey> unwrap(const Uuid& id, const WrappedKey& wrap,
                                                     const RingKey& ours, std::vector<WrappedKey> all);

  [[nodiscard]] std::string seal(std::string_view plain, const SealedPlace& place) const override;
  [[nodiscard]] Result<std::string> open(std::string_view sealed, const SealedPlace& place) const override;
  [[nodiscard]] std::string keys() const override { return wraps_text(wraps_); }
  [[nodiscard]] Status share(const HubKey& with) override;

 private:
  CaseKey(const Uuid& id, const unsigned char* key, std::vector<WrappedKey> wraps);
  [[nodiscard]] std::string bound_to(const SealedPlace& place) const;

  Uuid id_;
  Wiped<kKeyBytes> key_;
  std::string kid_;  // tells which key a value needs, and nothing about the key
  std::vector<WrappedKey> wraps_;
};

}  // namespace raccordo::sodium
