// SPDX-License-Identifier: EUPL-1.2
// Something wrong in a configuration, and where.
#pragma once

#include <string>
#include <vector>

#include "raccordo/model/text.hpp"

namespace raccordo {

// Line and column count from 1; 0: the file as a whole. The file as the person named it.
struct TextPosition {
  std::string file;
  int line = 0;
  int column = 0;

  [[nodiscard]] std::string text() const;  // "hub.yaml:3:7"
  friend bool operator==(const TextPosition&, const TextPosition&) = default;
};

struct ConfigurationFinding {
  TextPosition at;
  Text what;  // the option, its value, the rule it breaks
  Text hint;  // the nearest known name, or what to write; may be empty

  // "hub.yaml:3:7: what: hint"
  [[nodiscard]] std::string line(Language language) const;
  friend bool operator==(const ConfigurationFinding&, const ConfigurationFinding&) = default;
};

using ConfigurationFindings = std::vector<ConfigurationFinding>;

// As a person reads the files: in the order in which they were opened, each from the top.
void sort_by_position(ConfigurationFindings& findings);

}  // namespace raccordo
