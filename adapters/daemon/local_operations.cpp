// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/local_operations.hpp"

#include "adapters/control/control_client.hpp"
#include "adapters/daemon/hub.hpp"

namespace raccordo {
namespace {

class LocalOperations final : public Operations {
 public:
  explicit LocalOperations(std::unique_ptr<Hub> hub) : hub_(std::move(hub)) {}
  std::string perform(std::string_view request) override { return hub_->operations().perform(request); }

 private:
  std::unique_ptr<Hub> hub_;
};

// Connectors whose plugin cannot be used keep nobody from looking at what is there.
ReadyConfiguration ready_as_far_as_can_be(const Configuration& configuration, const ProgramParts& program) {
  const auto host = program.plugin_host();
  const auto installed = plugins_of(configuration, program.plugin_folders, *host, *program.environment);
  return make_ready({configuration, {}, {}}, installed, *program.environment);
}

}  // namespace

Result<std::unique_ptr<Operations>> operations_for(const Configuration& configuration,
                                                   const ProgramParts& program, Language language, Log& log) {
  // A daemon that answers spares us looking at every plugin; one that starts meanwhile is found by its lock.
  if (auto daemon = ControlClient::open(configuration.hub.data); daemon.ok())
    return std::unique_ptr<Operations>(std::move(daemon).value());
  auto hub =
      Hub::open(ready_as_far_as_can_be(configuration, program), {program.version, language, true, {}}, log);
  if (hub.ok()) return std::unique_ptr<Operations>(std::make_unique<LocalOperations>(std::move(hub).value()));
  if (hub.error().code != ErrorCode::kConflict) return std::move(hub).error();
  auto client = ControlClient::open(configuration.hub.data);
  if (!client.ok()) return std::move(hub).error();
  return std::unique_ptr<Operations>(std::move(client).value());
}

}  // namespace raccordo
