// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/secret_value.hpp"

#include "adapters/environment/system_environment.hpp"
#include "core/engine/config/secret.hpp"

namespace raccordo {

Result<std::string> secret_value(const std::optional<SecretReference>& reference,
                                 const Configuration& configuration) {
  if (!reference) return std::string();
  RACCORDO_TRY(const auto secret,
               find_secret(reference->name, configuration.secrets.folder, SystemEnvironment()));
  return secret.reveal();
}

}  // namespace raccordo
