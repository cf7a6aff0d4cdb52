// SPDX-License-Identifier: EUPL-1.2
// Which addresses a partner's name may lead to. A name is the partner's to change: one that leads to this
// machine or into our own network would let a partner speak to what stands there.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace raccordo {

// Sixteen bytes, most significant first; IPv4 is ::ffff:a.b.c.d.
using Address = std::array<std::uint8_t, 16>;

// 10.0.0.0/8, fd00::/8, or one address.
struct Network {
  Address address{};
  int bits = 128;  // of `address` that count

  [[nodiscard]] bool holds(const Address& other) const;
  // Nothing when it is no network.
  [[nodiscard]] static std::optional<Network> parse(std::string_view text);
  friend bool operator==(const Network&, const Network&) = default;
};

[[nodiscard]] std::optional<Address> parse_address(std::string_view text);
[[nodiscard]] std::string text_of(const Address& address);

// Reachable by everyone: none of the registries of special addresses (RFC 6890) that stay inside.
[[nodiscard]] bool is_public(const Address& address);

[[nodiscard]] bool allowed(const Address& address, std::span<const Network> networks);

}  // namespace raccordo
