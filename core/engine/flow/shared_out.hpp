// SPDX-License-Identifier: EUPL-1.2
// Which of several daemons works at what.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace raccordo {

// For people and for measures.
struct SharedOut {
  struct Daemon {
    std::string name;
    std::int64_t until_ms = 0;  // of its lease, by the store's time
    std::size_t holds = 0;      // leases
  };
  std::string self;                              // empty: this daemon is the only one
  std::vector<Daemon> daemons;                   // that live, by name
  std::map<std::string, std::string> holder_of;  // lease -> daemon
  std::int64_t lost = 0;  // that others took over while this one had them, since its start
};

}  // namespace raccordo
