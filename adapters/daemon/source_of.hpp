// SPDX-License-Identifier: EUPL-1.2
// Where a configured source's documents come from, or the site that its plugin asks.
#pragma once

#include <memory>

#include "core/engine/config/configuration.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/http_client.hpp"
#include "core/ports/source_files.hpp"

namespace raccordo {

// `clock` must outlive what is returned. Errors: a secret that is not there, a pattern that cannot match, a
// folder for what is fetched that cannot be made.
[[nodiscard]] Result<std::unique_ptr<SourceFiles>> source_of(const ConnectorConfiguration& connector,
                                                             const Configuration& configuration,
                                                             const Clock& clock);

// Of a connector with from.http.base_url. `clock` must outlive what is returned.
[[nodiscard]] std::unique_ptr<HttpClient> site_of(const ConnectorConfiguration& connector,
                                                  const Configuration& configuration, const Clock& clock);

}  // namespace raccordo
