// SPDX-License-Identifier: EUPL-1.2
// How folders are that the hub writes to, for whoever looks after it.
#pragma once

#include <string>

#include "core/ports/diagnosis.hpp"

namespace raccordo::files {

// Whether it can be written to, or made where only its last part is missing, and whether there is space.
// Writes and makes nothing. [control]
[[nodiscard]] Diagnosis examine_folder(const std::string& folder);

}  // namespace raccordo::files
