// SPDX-License-Identifier: EUPL-1.2
#include "core/ports/network.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace raccordo {
namespace {

constexpr std::size_t kMapped = 12;  // bytes before an IPv4 address
constexpr std::array<std::uint8_t, kMapped> kMappedPrefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

Address mapped(const in_addr& four) {
  Address address{};
  std::copy(kMappedPrefix.begin(), kMappedPrefix.end(), address.begin());
  std::memcpy(address.data() + kMapped, &four, sizeof four);
  return address;
}

bool is_mapped(const Address& address) {
  return std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), address.begin());
}

// IANA's registries of special-purpose addresses (RFC 6890), those that are not reachable by everyone.
constexpr const char* kInside[] = {
    "0.0.0.0/8",    "10.0.0.0/8",   "100.64.0.0/10",  "127.0.0.0/8",   "169.254.0.0/16",  "172.16.0.0/12",
    "192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
    "224.0.0.0/4",  "240.0.0.0/4",  "::/96",          "::1/128",       "64:ff9b::/96",    "64:ff9b:1::/48",
    "100::/64",     "2001::/23",    "2001:db8::/32",  "2002::/16",     "fc00::/7",        "fe80::/10",
    "fec0::/10",    "ff00::/8",
};

}  // namespace

bool Network::holds(const Address& other) const {
  for (int bit = 0; bit < bits; bit += 8) {
    const int left = std::min(8, bits - bit);
    const auto mask = static_cast<std::uint8_t>(0xff << (8 - left));
    const auto at = static_cast<std::size_t>(bit / 8);
    if ((address[at] & mask) != (other[at] & mask)) return false;
  }
  return true;
}

std::optional<Network> Network::parse(std::string_view text) {
  const auto slash = text.find('/');
  const auto address = parse_address(text.substr(0, slash));
  if (!address) return std::nullopt;
  const int most = is_mapped(*address) && text.find(':') == std::string_view::npos ? 32 : 128;
  int bits = most;
  if (slash != std::string_view::npos) {
    const auto digits = text.substr(slash + 1);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size() || bits < 0 || bits > most)
      return std::nullopt;
  }
  return Network{*address, bits + 128 - most};
}

std::optional<Address> parse_address(std::string_view text) {
  const std::string terminated(text);
  in_addr four{};
  if (::inet_pton(AF_INET, terminated.c_str(), &four) == 1) return mapped(four);
  Address address{};
  if (::inet_pton(AF_INET6, terminated.c_str(), address.data()) == 1) return address;
  return std::nullopt;
}

std::string text_of(const Address& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (is_mapped(address))
    ::inet_ntop(AF_INET, address.data() + kMapped, text.data(), text.size());
  else
    ::inet_ntop(AF_INET6, address.data(), text.data(), text.size());
  return text.data();
}

bool is_public(const Address& address) {
  return std::none_of(std::begin(kInside), std::end(kInside),
                      [&](const char* inside) { return Network::parse(inside)->holds(address); });
}

bool allowed(const Address& address, std::span<const Network> networks) {
  return is_public(address) || std::any_of(networks.begin(), networks.end(),
                                           [&](const Network& network) { return network.holds(address); });
}

}  // namespace raccordo
