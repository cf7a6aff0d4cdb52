// SPDX-License-Identifier: EUPL-1.2
// What is said about people, sealed: the values of a case under that case's own key, whole bodies under the hub's. What
// is sealed can be read by those hubs only that have a part in it, and opens only where it belongs. It does not
// prove who sealed it. All adapters pass tests/contract/seals_contract.hpp.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/ports/sealed.hpp"
#include "raccordo/model/result.hpp"
#include "raccordo/model/uuid.hpp"

namespace raccordo {

// Where in a case a value belongs.
struct SealedPlace {
  std::string_view field;     // "people"
  std::int64_t revision = 0;  // of the case: a step seals anew, so that no older value can stand in for a newer
};

// Somebody for whom a case's key is wrapped: the public half of a hub's key, as `raccordo keys show` prints it.
struct HubKey {
  std::string hub;  // its id
  std::string kid;
  std::string key;  // base64url
  friend bool operator==(const HubKey&, const HubKey&) = default;
};

// One case's own key, opened. Sealing and opening [any]; it is wiped with the object.
class CaseSeals {
 public:
  virtual ~CaseSeals() = default;

  // The text of a Sealed.
  [[nodiscard]] virtual std::string seal(std::string_view plain, const SealedPlace& place) const = 0;
  // Errors: kDenied: altered, or of another case, field or revision. No error ever holds what was sealed.
  [[nodiscard]] virtual Result<std::string> open(std::string_view sealed, const SealedPlace& place) const = 0;

  // The key, wrapped for each hub that takes part, as events carry it: the text of WrappedKeys.
  [[nodiscard]] virtual std::string keys() const = 0;
  // From now on this hub takes part, too. Errors: kInvalid: that is no key; kTooLarge: too many hubs.
  [[nodiscard]] virtual Status share(const HubKey& with) = 0;
};

class Seals {
 public:
  virtual ~Seals() = default;

  // A new key for a case that begins, wrapped for us. [any]
  [[nodiscard]] virtual std::unique_ptr<CaseSeals> begin(const Uuid& id) const = 0;
  // The key of a case, of what keys() once said. [any] Errors: kDenied: nothing there is wrapped for us, the key of ours
  // that opens it is missing, it was altered, or it is another case's.
  [[nodiscard]] virtual Result<std::unique_ptr<CaseSeals>> of(const Uuid& id, std::string_view keys) const = 0;

  // Whole bodies, for us alone: answers that are kept, originals of what was parked. `about` is what it belongs to, of
  // which nothing is stored. [any]
  [[nodiscard]] virtual Sealed seal_bytes(std::string_view plain, std::string_view about) const = 0;
  // What is not sealed (`alg` "none") is given back as it is: it may be older than the keys. [any] Errors: kDenied:
  // the key is missing, it was altered, or belongs to something else.
  [[nodiscard]] virtual Result<std::string> open_bytes(const Sealed& sealed, std::string_view about) const = 0;

  // The same for the same value, and nobody without our keys finds the value to it, or can say that two are of one
  // value. `purpose` keeps apart what is never compared ("fiscal_code"). Of a codice fiscale: of its normal form. [any]
  [[nodiscard]] virtual std::string pseudonym(std::string_view purpose, std::string_view value) const = 0;

  // With whom others share their cases. [any]
  [[nodiscard]] virtual HubKey own_key() const = 0;
};

}  // namespace raccordo
