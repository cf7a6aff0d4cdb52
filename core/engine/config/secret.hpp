// SPDX-License-Identifier: EUPL-1.2
// Secrets: referred to by name, never written in a configuration, never shown.
#pragma once

#include <ostream>
#include <string>

#include "core/ports/environment.hpp"

namespace raccordo {

inline constexpr std::string_view kHiddenSecret = "[secret]";

// A value that prints as [secret], whoever prints it.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}

  // For the one place that needs it.
  [[nodiscard]] const std::string& reveal() const { return value_; }

  friend std::ostream& operator<<(std::ostream& out, const Secret&) { return out << kHiddenSecret; }
  friend bool operator==(const Secret&, const Secret&) = default;

 private:
  std::string value_;
};

inline constexpr std::size_t kMaxSecretBytes = 64u << 10;

// The variable that a secret may come from: "pg-main" -> "RACCORDO_SECRET_PG_MAIN".
[[nodiscard]] std::string secret_variable(std::string_view name);

// From the variable, else from the file of that name in `folder` (empty: there is none), without its last
// line break. Errors: kInvalid (no name for a secret), kNotFound, kDenied (also: other users may read the
// file), and those of Environment::read.
[[nodiscard]] Result<Secret> find_secret(const std::string& name, const std::string& folder,
                                         const Environment& environment);

}  // namespace raccordo

template <>
struct fmt::formatter<raccordo::Secret> : fmt::formatter<std::string_view> {
  template <typename Context>
  auto format(const raccordo::Secret&, Context& context) const {
    return fmt::formatter<std::string_view>::format(raccordo::kHiddenSecret, context);
  }
};
