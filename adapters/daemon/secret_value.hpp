// SPDX-License-Identifier: EUPL-1.2
// The value of a secret that a configuration refers to, for the adapter that needs it.
#pragma once

#include <optional>
#include <string>

#include "core/engine/config/configuration.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo {

// Empty where none is referred to. Errors: those of find_secret.
[[nodiscard]] Result<std::string> secret_value(const std::optional<SecretReference>& reference,
                                               const Configuration& configuration);

}  // namespace raccordo
