// SPDX-License-Identifier: EUPL-1.2
// Where what comes from a connector's partner, or goes to it, lies meanwhile.
#pragma once

#include <memory>

#include "core/engine/config/ready.hpp"
#include "core/ports/spool.hpp"

namespace raccordo {

// Errors: those of files::spool_in.
[[nodiscard]] Result<std::unique_ptr<Spool>> spool_of(const ConnectorConfiguration& connector,
                                                      const Configuration& configuration);

// What was fetched for connectors that are configured no more is nobody's any longer.
// Errors: those of files::keep_spools.
[[nodiscard]] Status drop_spools(const ReadyConfiguration& configuration);

}  // namespace raccordo
