// SPDX-License-Identifier: EUPL-1.2
// Networks that are not public and may be spoken to, as a configuration names them.
#pragma once

#include <string>
#include <vector>

#include "core/engine/config/reading.hpp"
#include "core/ports/network.hpp"

namespace raccordo {

inline void check_networks(const std::vector<std::string>& networks, const YamlNode& node, Reading& reading) {
  for (const auto& network : networks)
    if (!Network::parse(network))
      reading.find(node,
                   say("networks: «{}» non è una rete né un indirizzo",
                       "networks: \"{}\" is neither a network nor an address", network),
                   say("scriverla come 10.0.0.0/8, fd00::/8 o 192.168.1.20",
                       "write it as 10.0.0.0/8, fd00::/8 or 192.168.1.20"));
}

}  // namespace raccordo
