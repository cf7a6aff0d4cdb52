// SPDX-License-Identifier: EUPL-1.2
// What errno means for the one who runs the hub. All from one place, so that the same failure has the same
// words.
#pragma once

#include <string>

#include "raccordo/model/result.hpp"

namespace raccordo::files {

// `path` is the folder or file; `reason` is errno.
[[nodiscard]] Error folder_failure(const std::string& path, int reason);
[[nodiscard]] Error file_failure(const std::string& path, int reason);

}  // namespace raccordo::files
