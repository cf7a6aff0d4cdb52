// SPDX-License-Identifier: EUPL-1.2
// RFC 4648: base64 with padding (section 4), and the form for addresses and file names without it (section 5).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace raccordo {

// At most 2^30 bytes. [any]
[[nodiscard]] std::string base64(std::string_view bytes);
// None when it is no base64. [any]
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

// At most 2^30 bytes. [any]
[[nodiscard]] std::string base64url(std::string_view bytes);
// None when it is none, or not the only text of its bytes. [any]
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

}  // namespace raccordo
