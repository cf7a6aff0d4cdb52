// SPDX-License-Identifier: EUPL-1.2
// The Seals port over libsodium, with the keys of a file.
#pragma once

#include <memory>
#include <string>

#include "core/ports/clock.hpp"
#include "core/ports/seals.hpp"

namespace raccordo::sodium {

// `hub` is our id. Which key seals is decided now. Errors: those of read_key_file; kDenied: every key has
// expired.
[[nodiscard]] Result<std::unique_ptr<Seals>> open_seals(const std::string& path, std::string hub,
                                                        WallTime now);

}  // namespace raccordo::sodium
