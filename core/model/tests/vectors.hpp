// SPDX-License-Identifier: Apache-2.0
// Official schemas and real data: at $RACCORDO_VECTORS, else beside the checkout.
#pragma once

#include <cstdlib>
#include <filesystem>

namespace raccordo {

inline std::filesystem::path vectors() {
  if (const char* set = std::getenv("RACCORDO_VECTORS"); set != nullptr && *set != '\0') return set;
  return std::filesystem::path(RACCORDO_SOURCE_DIR) / ".." / "shared" / "vectors";
}

}  // namespace raccordo
