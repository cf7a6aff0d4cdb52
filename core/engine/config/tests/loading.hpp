// SPDX-License-Identifier: EUPL-1.2
// A configuration as a text, and what is said of it.
#pragma once

#include <string>
#include <vector>

#include "core/engine/config/load.hpp"
#include "core/engine/config/testing/fake_environment.hpp"

namespace raccordo {

inline Loading load(const std::string& text, testing::FakeEnvironment environment = {}) {
  environment.files["/hub.yaml"] = text;
  return load_configuration("hub.yaml", environment);
}

inline std::vector<std::string> lines(const Loading& loading, Language language = Language::kEnglish) {
  std::vector<std::string> out;
  for (const auto& finding : loading.findings) out.push_back(finding.line(language));
  return out;
}

}  // namespace raccordo
