// SPDX-License-Identifier: EUPL-1.2
// What seals people's data, and its key file.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "adapters/cli/program.hpp"
#include "core/ports/seals.hpp"

namespace raccordo {

// Null where `people.keys` names no file. Errors: those of the key file. [control]
[[nodiscard]] Result<std::unique_ptr<Seals>> seals_of(const Configuration& configuration);

// Whether its keys can be used; none where it names no file. [main]
[[nodiscard]] std::optional<Diagnosis> examine_keys(const Configuration& configuration);

// `raccordo keys`. [main]
[[nodiscard]] Result<std::vector<PeopleKey>> keep_keys(const KeysRequest& request);

}  // namespace raccordo
