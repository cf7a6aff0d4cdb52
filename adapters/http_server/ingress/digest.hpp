// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace raccordo {

using Digest = std::array<std::uint8_t, 32>;

[[nodiscard]] Digest sha256(std::string_view bytes);
// RFC 2104 over what both pieces make together.
[[nodiscard]] Digest hmac_sha256(std::string_view key, std::string_view first, std::string_view second);

// In a time that says nothing of where they differ.
[[nodiscard]] bool same_digest(const Digest& a, const Digest& b);
// Of secrets of any length, likewise.
[[nodiscard]] bool same_secret(std::string_view a, std::string_view b);

[[nodiscard]] std::string hex(const Digest& digest);
// 64 digits of either case; none: it is something else.
[[nodiscard]] std::optional<Digest> digest_from_hex(std::string_view text);

}  // namespace raccordo
