// SPDX-License-Identifier: EUPL-1.2
// Where a configured delivery's files go.
#pragma once

#include <memory>

#include "core/engine/config/configuration.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/output_files.hpp"
#include "core/ports/store.hpp"

namespace raccordo {

// Opened at its first use. `owner` is part of the names aside. `there_now`: a folder of ours that cannot be
// used is an error already. `store` remembers which folder was there once: it is not made again. `store` and
// `clock` must outlive what is returned. Errors: a template that cannot be, a folder that cannot be made.
[[nodiscard]] Result<std::unique_ptr<OutputFiles>> delivery_of(const ConnectorConfiguration& connector,
                                                               const Configuration& configuration,
                                                               const std::string& owner, bool there_now,
                                                               Store& store, const Clock& clock);

// Where a partner finds the receipts of its files. A folder that is away holds up its own source.
[[nodiscard]] std::unique_ptr<OutputFiles> receipts_of(const ConnectorConfiguration& connector,
                                                       const std::string& owner, const Clock& clock);

}  // namespace raccordo
