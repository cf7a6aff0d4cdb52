// SPDX-License-Identifier: EUPL-1.2
// What a plugin says against its options when it is started, as findings. A plugin that reads a file may
// begin what it says with the place in it, "12:7: ", and part several by "; ": each is then a finding at that
// place.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/engine/config/ready.hpp"

namespace raccordo {

struct PlacedWords {
  int line = 0;
  int column = 0;
  std::string words;
};

struct SplitWords {
  std::string before;  // what stands before the first place
  std::vector<PlacedWords> placed;
};

// "plugin x does not start: 1:10: this; 2:17: that" taken apart.
[[nodiscard]] SplitWords split_at_places(std::string_view words);

// One finding for each place in the file that the connector gave its plugin; one where the plugin is named
// when there are no places or not exactly one file. [any]
[[nodiscard]] ConfigurationFindings start_findings(const ReadyConnector& connector, const Error& refusal);

}  // namespace raccordo
