// SPDX-License-Identifier: EUPL-1.2
// Reads a configuration, the files that it includes, and says everything that is wrong with them in one pass.
#pragma once

#include <string>

#include "core/engine/config/configuration.hpp"
#include "core/ports/environment.hpp"

namespace raccordo {

struct Loading {
  Configuration configuration;  // complete only without findings
  ConfigurationFindings findings;
  ConfigurationFindings notes;  // worth a look, and no mistake

  [[nodiscard]] bool ok() const { return findings.empty(); }
};

inline constexpr std::size_t kMaxConfigurationBytes = 4u << 20;  // of one file
inline constexpr std::size_t kMaxIncludedFiles = 1'000;

// Looks at nothing but the configuration's own files: neither plugins nor their options (ready.hpp). [any]
[[nodiscard]] Loading load_configuration(const std::string& path, const Environment& environment);

// The findings as one error that ends a program: kInvalid, one finding a line. There is at least one.
[[nodiscard]] Error error_of(const ConfigurationFindings& findings);

}  // namespace raccordo
