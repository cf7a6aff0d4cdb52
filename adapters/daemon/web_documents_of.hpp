// SPDX-License-Identifier: EUPL-1.2
// The documents on a partner's web server as a configuration says them, with the secrets that it is told.
#pragma once

#include "adapters/http_client/documents.hpp"
#include "core/engine/config/configuration.hpp"

namespace raccordo {

// Errors: a secret that is not there.
[[nodiscard]] Result<http_client::Documents> web_documents_of(const HttpSourceConfiguration& from,
                                                              const Configuration& configuration);

}  // namespace raccordo
