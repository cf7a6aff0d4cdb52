// SPDX-License-Identifier: EUPL-1.2
// What the daemons of a hub share: its connectors, but those that partners call; and what passes with time in
// cases.
#pragma once

#include "core/engine/flow/flows.hpp"
#include "core/engine/sharing/sharing.hpp"

namespace raccordo {

class ConnectorWork final : public SharedWork {
 public:
  ConnectorWork(Flows& flows, std::shared_ptr<Connector> connector)
      : flows_(flows), connector_(std::move(connector)), lease_(lease_of_connector(connector_->identity())) {}

  const std::string& lease() const override { return lease_; }
  void take_up() override { flows_.take_up(*connector_); }
  void ask_to_leave(const Text& who) override { connector_->ask_to_leave(who); }
  bool has_left() override { return connector_->has_left(); }

 private:
  Flows& flows_;
  std::shared_ptr<Connector> connector_;
  std::string lease_;
};

// It asks for its fence at every step.
class CasesWork final : public SharedWork {
 public:
  const std::string& lease() const override { return lease_; }
  void take_up() override {}
  void ask_to_leave(const Text&) override {}
  bool has_left() override { return true; }

 private:
  std::string lease_ = kLeaseOfCases;
};

// As it is configured now. [sharing]
[[nodiscard]] inline std::vector<std::shared_ptr<SharedWork>> works_of(Flows& flows, bool keeps_cases) {
  std::vector<std::shared_ptr<SharedWork>> works;
  for (const auto& connector : flows.shared())
    works.push_back(std::make_shared<ConnectorWork>(flows, connector));
  if (keeps_cases) works.push_back(std::make_shared<CasesWork>());
  return works;
}

}  // namespace raccordo
