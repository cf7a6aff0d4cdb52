// SPDX-License-Identifier: EUPL-1.2
// Seals without secrets, for tests of what stands above them: `alg` is "clear", the bytes say where they
// belong.
#pragma once

#include <atomic>

#include "core/ports/seals.hpp"

namespace raccordo::testing {

class ClearSeals final : public Seals {
 public:
  explicit ClearSeals(std::string hub = "valle-demo") : hub_(std::move(hub)) {}

  // From now on nothing that was sealed before opens.
  void lose_keys() { ++generation_; }

  [[nodiscard]] std::unique_ptr<CaseSeals> begin(const Uuid& id) const override;
  [[nodiscard]] Result<std::unique_ptr<CaseSeals>> of(const Uuid& id, std::string_view keys) const override;
  [[nodiscard]] Sealed seal_bytes(std::string_view plain, std::string_view about) const override;
  [[nodiscard]] Result<std::string> open_bytes(const Sealed& sealed, std::string_view about) const override;
  [[nodiscard]] std::string pseudonym(std::string_view purpose, std::string_view value) const override;
  [[nodiscard]] HubKey own_key() const override;

 private:
  [[nodiscard]] std::string kid() const;

  std::string hub_;
  std::atomic<int> generation_ = 1;
};

}  // namespace raccordo::testing
