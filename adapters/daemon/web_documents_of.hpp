// SPDX-License-Identifier: EUPL-1.2
// What is read from a partner's web server as a configuration says it, with the secrets that it is told.
#pragma once

#include "adapters/http_client/documents.hpp"
#include "adapters/http_client/site.hpp"
#include "core/engine/config/configuration.hpp"

namespace raccordo {

// Errors of both: a secret that is not there.
[[nodiscard]] Result<http_client::Documents> web_documents_of(const HttpSourceConfiguration& from,
                                                              const Configuration& configuration);

// `largest`: bytes of one answer.
[[nodiscard]] Result<http_client::Site> web_site_of(const HttpSourceConfiguration& from,
                                                    std::uint64_t largest,
                                                    const Configuration& configuration);

}  // namespace raccordo
