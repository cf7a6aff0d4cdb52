// SPDX-License-Identifier: Apache-2.0
// RFC 9562 UUIDs: the hub's ids are computed from names (version 5), so that they are the same at every run.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace raccordo {

struct Uuid {
  std::array<std::uint8_t, 16> bytes{};

  [[nodiscard]] std::string text() const;
  // Writes the 36 characters at `out`.
  void write(char* out) const;
  // Accepts the 36-character form in either case; nothing else.
  [[nodiscard]] static std::optional<Uuid> parse(std::string_view text);
  [[nodiscard]] static Uuid random();

  friend auto operator<=>(const Uuid&, const Uuid&) = default;
};

// RFC 9562 section 6.6.
inline constexpr Uuid kNamespaceUrl{
    {0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8}};

// RFC 9562 section 5.5: SHA-1 over namespace and name. [any]
[[nodiscard]] Uuid uuid_v5(const Uuid& space, std::string_view name);

}  // namespace raccordo

template <>
struct std::hash<raccordo::Uuid> {
  std::size_t operator()(const raccordo::Uuid& id) const noexcept {
    std::size_t value = 0;  // a version 5 UUID is a hash already
    std::memcpy(&value, id.bytes.data() + 8, sizeof value);
    return value;
  }
};
