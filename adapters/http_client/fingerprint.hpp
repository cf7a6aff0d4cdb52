// SPDX-License-Identifier: EUPL-1.2
// A short name for a text that must not be shown.
#pragma once

#include <string>
#include <string_view>

namespace raccordo::http_client {

// The first 16 hexadecimal digits of its SHA-256.
[[nodiscard]] std::string fingerprint(std::string_view text);

}  // namespace raccordo::http_client
