// SPDX-License-Identifier: EUPL-1.2
// RFC 4648, section 4: base64 with padding.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace raccordo {

// At most 2^30 bytes. [any]
[[nodiscard]] std::string base64(std::string_view bytes);
// None when it is no base64. [any]
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

}  // namespace raccordo
