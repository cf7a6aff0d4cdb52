// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/config/ready.hpp"

#include <algorithm>
#include <map>

#include "core/engine/config/plugin_options.hpp"
#include "core/engine/config/secret.hpp"
#include "core/engine/config/secret_references.hpp"
#include "raccordo/model/schema.hpp"
#include "raccordo/model/topic_of_kind.hpp"

namespace raccordo {
namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

bool asks(const PluginDescription& plugin) {
  return takes(plugin, InputKind::kTick) && takes(plugin, InputKind::kResponse);
}

std::optional<ConfigurationFinding> cannot_be_called(const PluginDescription& plugin,
                                                     const ConnectorConfiguration& connector) {
  if (takes(plugin, InputKind::kRequest)) return std::nullopt;
  return ConfigurationFinding{
      connector.plugin_at,
      say("il plugin {0} non prende richieste, e il partner di {1} ne fa (from.webhook)",
          "plugin {0} takes no requests, and the partner of {1} makes some (from.webhook)", plugin.name,
          connector.id),
      say("raccordo plugins mostra che cosa legge ogni plugin",
          "raccordo plugins shows what each plugin reads")};
}

// What is missing where the plugin does not read what the source has.
std::optional<ConfigurationFinding> cannot_read(const PluginDescription& plugin,
                                                const ConnectorConfiguration& connector) {
  if (connector.is_called()) return cannot_be_called(plugin, connector);
  const bool asked = connector.from->http && connector.from->http->is_asked();
  if (asked ? asks(plugin) : takes(plugin, InputKind::kRecord)) return std::nullopt;
  if (asked)
    return ConfigurationFinding{
        connector.plugin_at,
        say("il plugin {0} non interroga un partner, e {1} lo vuole (from.http.base_url)",
            "plugin {0} asks no partner, and {1} wants it to (from.http.base_url)", plugin.name,
            connector.id),
        say("un documento si legge con from.http.url; raccordo plugins mostra che cosa legge ogni plugin",
            "a document is read with from.http.url; raccordo plugins shows what each plugin reads")};
  return ConfigurationFinding{
      connector.plugin_at,
      say("il plugin {0} non legge record, e {1} ne è una fonte (from)",
          "plugin {0} reads no records, and {1} is a source (from)", plugin.name, connector.id),
      asks(plugin) ? say("interroga un partner: scrivere from.http.base_url",
                         "it asks a partner: write from.http.base_url")
                   : say("raccordo plugins mostra che cosa legge ogni plugin",
                         "raccordo plugins shows what each plugin reads")};
}

// Whether the plugin can do what the connector asks of it.
void check_plugin(const PluginDescription& plugin, const ConnectorConfiguration& connector,
                  ConfigurationFindings& findings) {
  if (connector.is_source())
    if (auto missing = cannot_read(plugin, connector)) findings.push_back(std::move(*missing));
  if (connector.is_sink() && !takes(plugin, InputKind::kEvent))
    findings.push_back(
        {connector.plugin_at,
         say("il plugin {0} non riceve eventi, e {1} ne riceve (subscribe)",
             "plugin {0} takes no events, and {1} receives some (subscribe)", plugin.name, connector.id),
         say("raccordo plugins mostra che cosa riceve ogni plugin",
             "raccordo plugins shows what each plugin takes")});
}

// Of the kinds that are in a topic the plugin must understand one at least.
void check_topics(const PluginDescription& plugin, const ConnectorConfiguration& connector,
                  ConfigurationFindings& findings) {
  if (!connector.subscribe || plugin.subscribes.empty()) return;
  const auto& places = connector.subscribe->topics_at;
  for (std::size_t i = 0; i < connector.subscribe->topics.size(); ++i) {
    const auto& topic = connector.subscribe->topics[i];
    if (topic.empty()) continue;  // was refused already
    const auto understood = std::any_of(plugin.subscribes.begin(), plugin.subscribes.end(),
                                        [&](const auto& kind) { return topic_of_kind(kind) == topic; });
    if (!understood)
      findings.push_back(
          {i < places.size() ? places[i] : connector.at,
           say("{0}: il plugin {1} non comprende ciò che sta in {2}",
               "{0}: plugin {1} does not understand what is in {2}", connector.id, plugin.name, topic),
           say("comprende: {}", "it understands: {}", joined(plugin.subscribes))});
  }
}

RunLimits limits_of(const ConnectorConfiguration& connector) {
  const auto& limits = connector.limits;
  RunLimits out;
  out.start_deadline = limits.start;
  out.record_deadline =
      connector.is_called() ? std::min(limits.record, connector.from->webhook->translate) : limits.record;
  out.memory_bytes = limits.memory;
  out.max_output_bytes = limits.output;
  return out;
}

ReadyConnector checked(ConnectorConfiguration connector, const Shared<PluginDescription>& plugin,
                       const SecretsConfiguration& secrets, const Environment& environment,
                       ConfigurationFindings& findings) {
  check_plugin(*plugin, connector, findings);
  check_topics(*plugin, connector, findings);
  auto options = check_options(*plugin, connector, secrets, environment);
  std::ranges::move(options.findings, std::back_inserter(findings));
  RunSpec run{connector.id, plugin, std::move(options.values), limits_of(connector)};
  return {std::move(connector), std::move(run), {}, {}, options.complete};
}

// Other connectors need not wait for a library that cannot be used.
ReadyConnector without_plugin(ConnectorConfiguration connector, const RefusedPlugin& library) {
  PluginDescription plugin;
  plugin.path = library.path;
  plugin.name = connector.plugin;
  RunSpec run{connector.id, std::move(plugin), {}, limits_of(connector)};
  ReadyConnector ready{std::move(connector), std::move(run), library.error};
  ready.refused->code = ErrorCode::kInvalid;  // also what hangs: a person must do something about it
  return ready;
}

// What cannot be found is told by check_secrets.
std::vector<Secret> secrets_of(const ConnectorConfiguration& connector, const Configuration& configuration,
                               const Environment& environment) {
  auto references = secret_references(connector);
  const auto& proxy = configuration.http.proxy;
  if (connector.by_proxy() && proxy.password) references.push_back(&*proxy.password);
  std::vector<Secret> out;
  for (const auto* const reference : references) {
    auto secret = find_secret(reference->name, configuration.secrets.folder, environment);
    out.push_back(secret.ok() ? std::move(secret).value() : Secret());
  }
  return out;
}

// Each plugin once, however many connectors have it.
class Descriptions {
 public:
  const Shared<PluginDescription>& of(const PluginDescription& plugin) {
    return known_.try_emplace(&plugin, plugin).first->second;
  }

 private:
  std::map<const PluginDescription*, Shared<PluginDescription>> known_;
};

// Missing secrets are said when the configuration is checked, not when a partner asks for them.
void check_secrets(const Configuration& configuration, const Environment& environment,
                   ConfigurationFindings& findings) {
  for (const auto* const reference : secret_references(configuration)) {
    const auto secret = find_secret(reference->name, configuration.secrets.folder, environment);
    if (!secret.ok()) findings.push_back({reference->at, secret.error().message, secret.error().hint});
  }
}

}  // namespace

bool takes(const PluginDescription& plugin, InputKind kind) {
  return (plugin.inputs & (1u << static_cast<std::uint32_t>(kind))) != 0;
}

const ReadyConnector* ReadyConfiguration::find(std::string_view id) const {
  for (const auto& connector : connectors)
    if (connector.configuration.id == id) return &connector;
  return nullptr;
}

InstalledPlugins plugins_of(const Configuration& configuration, std::vector<std::string> more_folders,
                            PluginHost& host, const Environment& environment) {
  std::vector<std::string> names;
  for (const auto& connector : configuration.connectors)
    if (!connector.plugin.empty()) names.push_back(connector.plugin);
  auto folders = configuration.plugins.folders;
  std::ranges::move(more_folders, std::back_inserter(folders));
  return find_plugins(names, folders, host, environment);
}

ReadyConfiguration make_ready(Loading loading, const InstalledPlugins& plugins,
                              const Environment& environment) {
  ReadyConfiguration ready{
      std::move(loading.configuration), {}, std::move(loading.findings), {}, std::move(loading.notes)};
  check_secrets(ready.configuration, environment, ready.findings);
  Descriptions descriptions;
  for (auto& connector : std::exchange(ready.configuration.connectors, {})) {
    if (connector.plugin.empty()) continue;  // a finding of its own
    const auto* plugin = plugins.find(connector.plugin);
    const auto* library = plugin == nullptr ? plugins.find_refused(connector.plugin) : nullptr;
    if (library != nullptr) {
      ready.refused.push_back({connector.plugin_at, library->error.message, library->error.hint});
      ready.connectors.push_back(without_plugin(std::move(connector), *library));
    } else if (plugin == nullptr) {
      auto missing = plugins.missing(connector.plugin);
      ready.findings.push_back({connector.plugin_at, std::move(missing.message), std::move(missing.hint)});
    } else {
      ready.connectors.push_back(checked(std::move(connector), descriptions.of(*plugin),
                                         ready.configuration.secrets, environment, ready.findings));
    }
  }
  for (auto& connector : ready.connectors)
    connector.secrets = secrets_of(connector.configuration, ready.configuration, environment);
  sort_by_position(ready.findings);
  sort_by_position(ready.refused);
  return ready;
}

Result<RunSpec> run_of(const ConnectorConfiguration& connector, const Shared<PluginDescription>& plugin,
                       const SecretsConfiguration& secrets, const Environment& environment) {
  ConfigurationFindings findings;
  auto ready = checked(connector, plugin, secrets, environment, findings);
  if (findings.empty()) return *ready.run;
  return error(ErrorCode::kInvalid, std::move(findings.front().what), std::move(findings.front().hint));
}

}  // namespace raccordo
