// SPDX-License-Identifier: EUPL-1.2
// Where partners call, as the configuration says it.
#pragma once

#include <memory>
#include <vector>

#include "adapters/http_server/ingress/ingress.hpp"
#include "core/engine/config/ready.hpp"

namespace raccordo {

// Of the connectors that are called: how their partners are known, with their secrets. For Ingress::serve()
// at a reload. Errors: those of find_secret and of certificates that cannot be read.
[[nodiscard]] Result<std::vector<Caller>> callers_of(const ReadyConfiguration& ready);

// Listens at http.ingress; null where there is none. Errors: those of callers_of and Ingress::open.
[[nodiscard]] Result<std::unique_ptr<Ingress>> open_ingress(const ReadyConfiguration& ready,
                                                            const IngressParts& parts, Language language);

}  // namespace raccordo
