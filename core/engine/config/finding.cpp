// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/config/finding.hpp"

namespace raccordo {

std::string TextPosition::text() const {
  if (line == 0) return file;
  return fmt::format("{}:{}:{}", file, line, column);
}

std::string ConfigurationFinding::line(Language language) const {
  std::string out = at.text() + ": " + what.in(language);
  if (!hint.empty()) out += ": " + hint.in(language);
  return out;
}

}  // namespace raccordo
