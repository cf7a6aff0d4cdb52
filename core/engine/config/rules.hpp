// SPDX-License-Identifier: EUPL-1.2
// What holds between the parts of a configuration, wherever they were written.
#pragma once

#include "core/engine/config/configuration.hpp"

namespace raccordo {

void check_rules(const Configuration& configuration, ConfigurationFindings& findings);

}  // namespace raccordo
