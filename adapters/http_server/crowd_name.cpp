// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/crowd_name.hpp"

#include <algorithm>

#include "core/ports/network.hpp"

namespace raccordo {

std::string crowd_name(std::string_view text) {
  const auto address = parse_address(text.substr(0, text.find('%')));  // without the name of a network card
  if (!address) return std::string(text);
  static const auto kIpv4 = *Network::parse("::ffff:0:0/96");
  if (kIpv4.holds(*address)) return text_of(*address);
  return {address->begin(), address->begin() + 8};
}

}  // namespace raccordo
