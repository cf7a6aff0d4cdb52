// SPDX-License-Identifier: EUPL-1.2
// The backbone that a configuration chooses.
#pragma once

#include <memory>

#include "adapters/kafka/kafka_backbone.hpp"
#include "core/engine/config/configuration.hpp"
#include "core/ports/backbone.hpp"
#include "core/ports/log.hpp"

namespace raccordo {

// The clock outlives what is made of them. Errors: a secret that is not there.
[[nodiscard]] Result<kafka::BackboneOptions> broker_options_of(const KafkaBackboneConfiguration& from,
                                                               const Configuration& configuration,
                                                               const Clock& clock);

// Clock and log outlive it. Errors: those of the file, a secret that is not there, a setting that Kafka's
// client refuses.
[[nodiscard]] Result<std::unique_ptr<Backbone>> backbone_of(const Configuration& configuration,
                                                            const Clock& clock, Log& log);

}  // namespace raccordo
