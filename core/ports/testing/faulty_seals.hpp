// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "core/ports/seals.hpp"
#include "core/ports/testing/faults.hpp"

namespace raccordo::testing {

// Fails as planned, as "of" and "open_bytes".
class FaultySeals final : public Seals {
 public:
  explicit FaultySeals(const Seals& inner) : inner_(inner) {}

  mutable Faults faults;

  std::unique_ptr<CaseSeals> begin(const Uuid& id) const override { return inner_.begin(id); }
  Result<std::unique_ptr<CaseSeals>> of(const Uuid& id, std::string_view keys) const override {
    return faults.through("of", [&] { return inner_.of(id, keys); });
  }
  Sealed seal_bytes(std::string_view plain, std::string_view about) const override {
    return inner_.seal_bytes(plain, about);
  }
  Result<std::string> open_bytes(const Sealed& sealed, std::string_view about) const override {
    return faults.through("open_bytes", [&] { return inner_.open_bytes(sealed, about); });
  }
  std::string pseudonym(std::string_view purpose, std::string_view value) const override {
    return inner_.pseudonym(purpose, value);
  }
  HubKey own_key() const override { return inner_.own_key(); }

 private:
  const Seals& inner_;
};

}  // namespace raccordo::testing
