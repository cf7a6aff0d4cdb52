// SPDX-License-Identifier: EUPL-1.2
#include "adapters/cli/program.hpp"

namespace raccordo {

Language language_of(const Environment& environment) {
  for (const auto* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const auto value = environment.variable(name);
    if (!value || value->empty()) continue;
    return value->starts_with("it") ? Language::kItalian : Language::kEnglish;
  }
  return Language::kItalian;
}

}  // namespace raccordo
