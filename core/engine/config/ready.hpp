// SPDX-License-Identifier: EUPL-1.2
// A configuration joined with the plugins that it names: everything that a hub needs to start, checked whole.
#pragma once

#include <vector>

#include "core/engine/config/configuration.hpp"
#include "core/engine/config/installed_plugins.hpp"
#include "core/engine/config/load.hpp"
#include "core/ports/environment.hpp"

namespace raccordo {

struct ReadyConnector {
  ConnectorConfiguration configuration;
  RunSpec run;
};

struct ReadyConfiguration {
  Configuration configuration;
  std::vector<ReadyConnector>
      connectors;                  // in the order of the configuration; complete only without findings
  ConfigurationFindings findings;  // those of loading first

  [[nodiscard]] bool ok() const { return findings.empty(); }
  [[nodiscard]] const ReadyConnector* find(std::string_view id) const;
};

// Goes on with the connectors that could be read when loading had findings, so that one pass says everything.
// [any]
[[nodiscard]] ReadyConfiguration make_ready(Loading loading, const InstalledPlugins& plugins,
                                            const Environment& environment);

}  // namespace raccordo
