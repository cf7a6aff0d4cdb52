// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace raccordo {

[[nodiscard]] std::string hub_version();

// The plugin contract and the libraries that this program runs with: name and version.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> library_versions();

}  // namespace raccordo
