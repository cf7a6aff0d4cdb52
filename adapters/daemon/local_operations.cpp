// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/local_operations.hpp"

#include <map>

#include "adapters/control/control_client.hpp"
#include "adapters/daemon/hub.hpp"

namespace raccordo {
namespace {

class LocalOperations final : public Operations {
 public:
  explicit LocalOperations(std::unique_ptr<Hub> hub) : hub_(std::move(hub)) {}
  // What changes something is done only to what no other daemon works at.
  std::string perform(std::string_view request) override {
    const bool changes = request.find("\"parked_replay\"") != std::string_view::npos ||
                         request.find("\"parked_discard\"") != std::string_view::npos;
    if (changes)
      if (const auto borrowed = hub_->borrow(); !borrowed.ok()) return failed_answer(borrowed.error());
    return hub_->operations().perform(request);
  }

 private:
  std::unique_ptr<Hub> hub_;
};

// All connectors, whatever their plugins are: whoever looks at what is there waits for no library.
ReadyConfiguration without_plugins(const Configuration& configuration) {
  ReadyConfiguration ready{configuration, {}, {}, {}, {}};
  for (const auto& connector : configuration.connectors)
    ready.connectors.push_back(
        {connector, RunSpec{.connector = connector.id, .plugin = {}, .options = {}, .limits = {}}, {}});
  return ready;
}

Result<PluginDescription> find_plugin(const std::string& name, const Configuration& configuration,
                                      const ProgramParts& program) {
  const auto host = program.plugin_host();
  auto folders = configuration.plugins.folders;
  folders.insert(folders.end(), program.plugin_folders.begin(), program.plugin_folders.end());
  const auto installed = find_plugins(std::span(&name, 1), folders, *host, *program.environment);
  if (const auto* plugin = installed.find(name)) return *plugin;
  auto missing = installed.missing(name);
  missing.code = ErrorCode::kInvalid;  // also what hangs: a person must do something about it
  return missing;
}

// One that hangs costs its deadline once, not with each record.
auto finding_plugins_once(const Configuration& configuration, const ProgramParts& program) {
  return [configuration, &program,
          found = std::map<std::string, Result<PluginDescription>>{}](const std::string& name) mutable {
    auto known = found.find(name);
    if (known == found.end()) known = found.emplace(name, find_plugin(name, configuration, program)).first;
    return known->second;
  };
}

}  // namespace

Result<std::unique_ptr<Operations>> operations_for(const Configuration& configuration,
                                                   const ProgramParts& program, Language language, Log& log) {
  // A daemon that starts meanwhile is found by its lock.
  if (auto daemon = ControlClient::open(configuration.hub.data); daemon.ok())
    return std::unique_ptr<Operations>(std::move(daemon).value());
  auto hub =
      Hub::open(without_plugins(configuration),
                {program.version, language, true, {}, finding_plugins_once(configuration, program)}, log);
  if (hub.ok()) return std::unique_ptr<Operations>(std::make_unique<LocalOperations>(std::move(hub).value()));
  if (hub.error().code != ErrorCode::kConflict) return std::move(hub).error();
  auto client = ControlClient::open(configuration.hub.data);
  if (!client.ok()) return std::move(hub).error();
  return std::unique_ptr<Operations>(std::move(client).value());
}

}  // namespace raccordo
