// SPDX-License-Identifier: EUPL-1.2
// A delivery by requests to a partner's API, as a configuration says it.
#pragma once

#include "adapters/http_client/requests.hpp"
#include "core/engine/config/configuration.hpp"
#include "core/engine/flow/connector.hpp"

namespace raccordo {

// The partner's API, with the secrets that it is told. Errors: a secret that is not there.
[[nodiscard]] Result<http_client::Api> web_api_of(const HttpSinkConfiguration& to,
                                                  const Configuration& configuration);

// Secrets are read when the delivery is made. `clock` is borrowed.
[[nodiscard]] decltype(ConnectorPlan::make_delivery) requests_of(const ConnectorConfiguration& connector,
                                                                 const Configuration& configuration,
                                                                 const Clock& clock);

}  // namespace raccordo
