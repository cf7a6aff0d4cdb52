// SPDX-License-Identifier: EUPL-1.2
// A configuration joined with the plugins that it names: everything that a hub needs to start, checked whole.
#pragma once

#include <optional>
#include <vector>

#include "core/engine/config/configuration.hpp"
#include "core/engine/config/installed_plugins.hpp"
#include "core/engine/config/load.hpp"
#include "core/engine/config/secret.hpp"
#include "core/ports/environment.hpp"

namespace raccordo {

struct ReadyConnector {
  ConnectorConfiguration configuration;
  Shared<RunSpec> run;           // of a refused library only its path and the limits
  std::optional<Error> refused;  // kInvalid: why the library cannot be used; the other connectors work
  std::vector<Secret> secrets;  // that its partner or the proxy is told: a changed one is a changed connector
  bool options_fit = false;     // else a finding says why
  bool kept = false;            // it goes on as it was: at the last reload its library was refused
};

struct ReadyConfiguration {
  Configuration configuration;
  // In the order of the configuration; complete only without findings. `configuration` has them no more.
  std::vector<ReadyConnector> connectors;
  ConfigurationFindings findings;  // those of loading first
  ConfigurationFindings refused;   // libraries that cannot be used: they keep only their own connectors
  ConfigurationFindings notes;     // those of loading

  [[nodiscard]] bool ok() const { return findings.empty(); }
  [[nodiscard]] const ReadyConnector* find(std::string_view id) const;
};

// The plugins that the configuration's connectors name, in its folders and then in `more_folders`. [any]
[[nodiscard]] InstalledPlugins plugins_of(const Configuration& configuration,
                                          std::vector<std::string> more_folders, PluginHost& host,
                                          const Environment& environment);

// Goes on with the connectors that could be read when loading had findings, so that one pass says everything.
// [any]
[[nodiscard]] ReadyConfiguration make_ready(Loading loading, const InstalledPlugins& plugins,
                                            const Environment& environment);

// Whether a plugin handles inputs of this kind. [any]
[[nodiscard]] bool takes(const PluginDescription& plugin, InputKind kind);

// How a connector runs a plugin. Errors: kInvalid, the first thing that does not fit. [any]
[[nodiscard]] Result<RunSpec> run_of(const ConnectorConfiguration& connector,
                                     const Shared<PluginDescription>& plugin,
                                     const SecretsConfiguration& secrets, const Environment& environment);

}  // namespace raccordo
