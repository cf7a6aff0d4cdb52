// SPDX-License-Identifier: EUPL-1.2
// What a reload has to do.
#pragma once

#include <string>
#include <vector>

#include "core/engine/config/ready.hpp"

namespace raccordo {

struct Difference {
  std::vector<std::string> added;  // ids of connectors
  std::vector<std::string> removed;
  std::vector<std::string> changed;  // settings, option files, secrets, its proxy, or the plugin itself
  std::vector<std::string> kept;     // their library worked and is refused now: they go on as they were
  std::vector<std::string>
      blocked;  // the same, but what they say changed too: they can neither go on nor start
  std::vector<std::string>
      need_restart;  // "hub.id" "hub.data" "backbone" "store" "people" "http.admin": changed, but only a restart takes them
};

// Both are without findings.
[[nodiscard]] Difference difference(const ReadyConfiguration& before, const ReadyConfiguration& after);

}  // namespace raccordo
