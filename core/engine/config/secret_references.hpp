// SPDX-License-Identifier: EUPL-1.2
// Every place of a configuration that names a secret, the plugins' own options apart.
#pragma once

#include <vector>

#include "core/engine/config/configuration.hpp"

namespace raccordo {

// Point into the configuration.
[[nodiscard]] std::vector<const SecretReference*> secret_references(const Configuration& configuration);
[[nodiscard]] std::vector<const SecretReference*> secret_references(const ConnectorConfiguration& connector);

}  // namespace raccordo
