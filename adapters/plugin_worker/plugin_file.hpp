// SPDX-License-Identifier: EUPL-1.2
// What can be told of a plugin's file without running any of it.
#pragma once

#include <cstdint>
#include <string>

#include "raccordo/model/result.hpp"

namespace raccordo {

inline constexpr std::uint64_t kMaxPluginBytes = 256ull << 20;

// That the file exists, is a whole shared library (ELF) for this machine and within `max_bytes`. Reads its
// first 64 bytes. Errors: kNotFound, kDenied, kInvalid, kTooLarge. [any]
[[nodiscard]] Status check_plugin_file(const std::string& path, std::uint64_t max_bytes = kMaxPluginBytes);

}  // namespace raccordo
