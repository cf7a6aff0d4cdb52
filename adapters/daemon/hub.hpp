// SPDX-License-Identifier: EUPL-1.2
// One hub in this process: its data folder, what it remembers, its plugins and its connectors.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "adapters/clock/system_clock.hpp"
#include "adapters/control/data_folder.hpp"
#include "adapters/metrics/prometheus_metrics.hpp"
#include "core/engine/calls/calls.hpp"
#include "core/engine/config/ready.hpp"
#include "core/engine/desk/case_lane.hpp"
#include "core/engine/desk/desk_operations.hpp"
#include "core/engine/desk/payrolls.hpp"
#include "core/engine/flow/flows.hpp"
#include "core/engine/flow/hub_operations.hpp"
#include "core/engine/flow/tidying.hpp"
#include "core/engine/sharing/sharing.hpp"
#include "core/ports/plugin_runner.hpp"
#include "core/ports/seals.hpp"

namespace raccordo {

// Owned by the process that holds the data folder's lock. [control]
class Hub {
 public:
  struct Settings {
    std::string version;
    Language language = Language::kEnglish;
    bool once = false;                    // failures end the run instead of being waited for
    std::function<std::string()> reload;  // answers {"do":"reload"}; none: cannot
    // Of commands that look at a hub: nobody has looked at the libraries yet, each is found when its
    // connector needs it.
    std::function<Result<PluginDescription>(const std::string& name)> find_plugin = {};
  };

  // Takes the lock, opens backbone and store, makes the connectors; starts none. `log` outlives it.
  // Errors: kConflict (the lock is held), kInvalid (the hub's id was changed), those of the files.
  [[nodiscard]] static Result<std::unique_ptr<Hub>> open(const ReadyConfiguration& configuration,
                                                         Settings settings, Log& log);
  ~Hub();

  [[nodiscard]] Flows& flows() { return *flows_; }
  [[nodiscard]] HubOperations& operations() { return *operations_; }
  [[nodiscard]] PrometheusMetrics& metrics() { return *metrics_; }
  [[nodiscard]] const DataFolder& folder() const { return folder_; }
  [[nodiscard]] Clock& clock() { return clock_; }
  // Where partners' calls come in.
  [[nodiscard]] Calls& calls() { return calls_; }

  // Before connectors start: steps of cases are made from now on. Nothing where this hub keeps none.
  void start_cases();
  // The same for a run that ends: what time brings and what is to be told, now. Where it cannot be, the log
  // says why.
  void settle_cases();

  // Of several daemons: takes its part of the connectors from now on, in a thread of its own. Nothing where
  // this one is the only one.
  void start_sharing();
  // Of several daemons, for a command: works at what nobody else works at, all of it, until the hub goes.
  // Once.
  [[nodiscard]] Status borrow();

  // Before connectors start: makes the topics that are missing, compares the others. Commands that only look
  // do without it: brokers may be away. Errors: kUnavailable, kInvalid, kDenied.
  [[nodiscard]] Status reach_backbone();

  // Drops what was fetched for connectors that are no longer among these. One that cannot be dropped is told
  // in the log.
  void forget_others(const ReadyConfiguration& configuration);

  // Of its log. What it is handed stays the hub's.
  [[nodiscard]] Tidying tidying(Duration keep_deleted);

  // A library, by a worker. Errors: those of PluginHost.
  [[nodiscard]] Result<PluginDescription> describe(const std::string& library) {
    return workers_->describe(library);
  }

  // A share that is away when the hub starts holds up its own delivery; at a reload it is refused.
  enum class Folders { kWhenThere, kThereNow };

  // What flows().add() takes. Errors: what keeps its folders from being used.
  [[nodiscard]] Result<ConnectorPlan> plan_of(const ReadyConnector& connector,
                                              const Configuration& configuration, Folders folders);

 private:
  Hub(DataFolder folder, Settings settings, Log& log);
  [[nodiscard]] Status open_files(const Configuration& configuration);
  [[nodiscard]] Status check_identity(const std::string& id);
  [[nodiscard]] Status open_cases(const ReadyConfiguration& ready);
  [[nodiscard]] Status open_payrolls(const Configuration& configuration);
  [[nodiscard]] Status open_sharing(const Configuration& configuration);
  void make_sharing(const Configuration& configuration);
  [[nodiscard]] SharedOut shared_out() const;
  [[nodiscard]] Result<std::unique_ptr<PluginRunner>> start_late(PluginHost& host,
                                                                 const ReadyConnector& ready,
                                                                 const SecretsConfiguration& secrets,
                                                                 SinkSettings& sink);

  SystemClock clock_;
  DataFolder folder_;
  Settings settings_;
  Log& log_;
  std::unique_ptr<Backbone> backbone_;
  std::vector<TopicSettings> topics_;
  std::unique_ptr<Seals> seals_;           // null: nothing is sealed
  std::unique_ptr<CaseStore> case_store_;  // none: this hub keeps no cases, and shares nothing
  std::unique_ptr<Holdings> holdings_;     // none: this daemon is the only one, as the last
  std::unique_ptr<Store> store_;
  wallets::Tuir tuir_;
  std::unique_ptr<Signatures> signatures_;
  std::unique_ptr<cases::CaseLane> lane_;
  std::unique_ptr<cases::Payrolls> payrolls_;  // none: this hub reads no payroll files
  Calls calls_{[this](const std::string& connector) { flows_->call(connector); }};
  std::unique_ptr<PluginHost> workers_;
  std::unique_ptr<PluginHost> in_process_;
  std::unique_ptr<PrometheusMetrics> metrics_;
  std::unique_ptr<Flows> flows_;
  std::unique_ptr<cases::DeskOperations> desk_;
  std::unique_ptr<Sharing> sharing_;
  std::unique_ptr<HubOperations> operations_;
  std::jthread rounds_;  // of sharing
};

}  // namespace raccordo
