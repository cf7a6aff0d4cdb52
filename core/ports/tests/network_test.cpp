// SPDX-License-Identifier: EUPL-1.2
#include "core/ports/network.hpp"

#include <gmock/gmock.h>

#include <vector>

namespace raccordo {
namespace {

Address address(const char* text) { return parse_address(text).value_or(Address{}); }

TEST(Networks, tell_public_addresses_from_those_inside) {
  for (const auto* const text :
       {"8.8.8.8", "93.184.216.34", "172.32.0.1", "2a00:1450:4002::1", "100.128.0.1"})
    EXPECT_TRUE(is_public(address(text))) << text;
  for (const auto* const text : {"127.0.0.1",
                                 "127.255.255.255",
                                 "10.1.2.3",
                                 "172.16.0.1",
                                 "172.31.255.255",
                                 "192.168.1.1",
                                 "169.254.169.254",
                                 "100.64.0.1",
                                 "0.0.0.0",
                                 "224.0.0.1",
                                 "255.255.255.255",
                                 "::",
                                 "::1",
                                 "fe80::1",
                                 "fd00::1",
                                 "ff02::1",
                                 "::ffff:127.0.0.1",
                                 "::ffff:10.0.0.1",
                                 "64:ff9b::7f00:1",
                                 "::127.0.0.1",
                                 "fec0::1",
                                 "2002:7f00:1::"})
    EXPECT_FALSE(is_public(address(text))) << text;
}

TEST(Networks, hold_what_their_bits_say) {
  const auto network = Network::parse("10.20.0.0/14").value();
  EXPECT_TRUE(network.holds(address("10.23.255.255")));
  EXPECT_TRUE(network.holds(address("::ffff:10.20.0.1")));
  EXPECT_FALSE(network.holds(address("10.24.0.0")));
  EXPECT_TRUE(Network::parse("127.0.0.1")->holds(address("127.0.0.1")));
  EXPECT_FALSE(Network::parse("127.0.0.1")->holds(address("127.0.0.2")));
  EXPECT_TRUE(Network::parse("fd00::/9")->holds(address("fd7f::1")));
  EXPECT_FALSE(Network::parse("fd00::/9")->holds(address("fd80::1")));
  EXPECT_TRUE(Network::parse("::/0")->holds(address("1.2.3.4")));
}

TEST(Networks, refuse_what_is_none) {
  for (const auto* const text :
       {"", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0/8", "fd00::/129", "casa", "1.2.3.4/8x"})
    EXPECT_FALSE(Network::parse(text)) << text;
}

TEST(Networks, allow_inside_addresses_only_by_name) {
  const std::vector<Network> none;
  const std::vector<Network> ours = {Network::parse("192.168.0.0/16").value()};
  EXPECT_TRUE(allowed(address("8.8.8.8"), none));
  EXPECT_FALSE(allowed(address("192.168.3.4"), none));
  EXPECT_TRUE(allowed(address("192.168.3.4"), ours));
  EXPECT_FALSE(allowed(address("127.0.0.1"), ours));
}

TEST(Networks, write_addresses_as_people_do) {
  EXPECT_EQ(text_of(address("127.0.0.1")), "127.0.0.1");
  EXPECT_EQ(text_of(address("::1")), "::1");
}

}  // namespace
}  // namespace raccordo
