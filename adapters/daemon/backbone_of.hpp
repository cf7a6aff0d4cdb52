// SPDX-License-Identifier: EUPL-1.2
// The backbone that a configuration chooses.
#pragma once

#include <memory>

#include "core/engine/config/configuration.hpp"
#include "core/ports/backbone.hpp"
#include "core/ports/log.hpp"

namespace raccordo {

// Clock and log outlive it. Errors: those of the file, a secret that is not there, a setting that Kafka's
// client refuses.
[[nodiscard]] Result<std::unique_ptr<Backbone>> backbone_of(const Configuration& configuration,
                                                            const Clock& clock, Log& log);

}  // namespace raccordo
