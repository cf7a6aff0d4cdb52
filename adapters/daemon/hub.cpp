// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/hub.hpp"

#include <algorithm>
#include <fstream>

#include "adapters/daemon/backbone_of.hpp"
#include "adapters/daemon/delivery_of.hpp"
#include "adapters/daemon/requests_of.hpp"
#include "adapters/daemon/seals_of.hpp"
#include "adapters/daemon/source_of.hpp"
#include "adapters/daemon/spool_of.hpp"
#include "adapters/daemon/store_of.hpp"
#include "adapters/daemon/wallets_of.hpp"
#include "adapters/environment/system_environment.hpp"
#include "adapters/plugin_worker/plugin_worker.hpp"
#include "adapters/signatures/openssl_signatures.hpp"
#include "core/engine/calls/call_flow.hpp"
#include "core/engine/catalogue/topics.hpp"
#include "core/engine/ledger/parked.hpp"
#include "core/engine/ledger/sealing_store.hpp"
#include "core/engine/sharing/shared_connectors.hpp"
#include "raccordo/abi.h"

namespace raccordo {
namespace {

constexpr std::size_t kBatchRecords = 4'096;
constexpr std::size_t kBatchBytes = 2u << 20;
constexpr Duration kKeepAfter = std::chrono::milliseconds(100);

// Each look at a document that never stands still is a whole download.
constexpr int kLooksAtDocuments = 3;
constexpr Duration kBetweenDocuments = std::chrono::seconds(1);

// `run --once` says after a while what is away; the daemon waits for it.
Patience patience_of(const Hub::Settings& settings) {
  return settings.once ? Patience{.tries = 6} : Patience{};
}

// Of files aside. Several hubs may deliver into one share.
std::string owner_of(const FlowFacts& facts) { return facts.hub + "." + facts.identity; }

SourceSettings source_settings(const ConnectorConfiguration& connector) {
  SourceSettings settings;
  settings.complete = connector.from->snapshot() == SnapshotKind::kComplete;
  settings.max_deletions = connector.from->max_deletions();
  if (connector.from->http) {
    settings.looks = kLooksAtDocuments;
    settings.settle = kBetweenDocuments;
  }
  settings.limits.max_record_bytes = connector.limits.record_size;
  settings.limits.max_document_bytes = connector.limits.document_size;
  settings.limits.batch_records = kBatchRecords;
  settings.limits.batch_bytes = kBatchBytes;
  settings.keep_after = kKeepAfter;
  return settings;
}

PollSettings poll_settings(const HttpSourceConfiguration& from) {
  PollSettings settings;
  settings.max_deletions = from.max_deletions;
  settings.most_requests = static_cast<std::size_t>(from.max_requests);
  settings.most_bytes = from.max_bytes;
  settings.longest = from.max_time;
  settings.asking.pause = from.pause;
  return settings;
}

bool is_asked(const ConnectorConfiguration& connector) {
  return connector.from && connector.from->http && connector.from->http->is_asked();
}

SinkSettings sink_settings(const ReadyConnector& ready, const Configuration& configuration) {
  const auto& connector = ready.configuration;
  SinkSettings settings;
  for (const auto& topic : connector.subscribe->topics)
    settings.topics.push_back(full_topic(configuration.backbone.topic_prefix(), topic));
  settings.subscribes = ready.run->plugin->subscribes;
  settings.wants_answers = takes(*ready.run->plugin, InputKind::kResponse);
  settings.wants_outcomes = takes(*ready.run->plugin, InputKind::kOutcome);
  settings.classes = ready.run->plugin->data_classes;
  settings.keep_deleted = configuration.backbone.keep_deleted();
  const auto roll = connector.to->roll();
  settings.roll = roll.kind == RollKind::kEach       ? RollAt::kEach
                  : roll.kind == RollKind::kInterval ? RollAt::kInterval
                  : roll.kind == RollKind::kDaily    ? RollAt::kDaily
                                                     : RollAt::kSnapshot;
  settings.interval = roll.interval;
  settings.time_of_day = roll.time_of_day;
  return settings;
}

// Who has the folder has its lock: what an earlier process over it has left behind is this one's.
std::string name_of_folder(const std::filesystem::path& folder) {
  const auto file = folder / "daemon.id";
  std::string name;
  if (std::ifstream(file) >> name && Uuid::parse(name)) return name;
  name = Uuid::random().text();
  std::ofstream(file) << name << '\n';
  return name;
}

}  // namespace

Hub::Hub(DataFolder folder, Settings settings, Log& log)
    : folder_(std::move(folder)), settings_(std::move(settings)), log_(log) {}

// What tells deliveries that there is something for them ends before they do, and what is at work leaves
// before other daemons may take it.
Hub::~Hub() {
  payrolls_.reset();
  if (lane_) lane_->stop();
  if (!sharing_) return;
  if (flows_) flows_->stop();
  rounds_ = {};
  sharing_->end();
}

Result<std::unique_ptr<Hub>> Hub::open(const ReadyConfiguration& ready, Settings settings, Log& log) {
  const auto& configuration = ready.configuration;
  SystemClock clock;
  RACCORDO_TRY(auto folder, DataFolder::take(configuration.hub.data, clock));
  std::unique_ptr<Hub> hub(new Hub(std::move(folder), std::move(settings), log));
  RACCORDO_CHECK(hub->open_sharing(configuration));
  RACCORDO_CHECK(hub->open_files(configuration));
  RACCORDO_CHECK(hub->check_identity(configuration.hub.id));

  hub->workers_ = worker_host({.language = hub->settings_.language}, hub->clock_, log);
  hub->in_process_ = in_process_host(log);
  hub->metrics_ = std::make_unique<PrometheusMetrics>(
      BuildVersions{hub->settings_.version, fmt::format("{}.{}", RACCORDO_ABI_MAJOR, RACCORDO_ABI_MINOR)},
      [operations = &hub->operations_]() -> Result<std::map<std::string, LedgerLine>> {
        std::map<std::string, LedgerLine> lines;
        RACCORDO_TRY(const auto entries, (*operations)->ledger());
        for (const auto& entry : entries) lines[entry.id] = {entry.counts, entry.in_flight};
        return lines;
      },
      hub->holdings_ ? SharedOutReader([raw = hub.get()] { return raw->shared_out(); }) : SharedOutReader());
  RACCORDO_CHECK(hub->open_cases(ready));
  const FlowParts parts{*hub->backbone_, *hub->store_,     hub->clock_,       log,
                        *hub->metrics_,  hub->lane_.get(), hub->seals_.get(), hub->holdings_.get()};
  hub->flows_ = std::make_unique<Flows>(parts);
  hub->make_sharing(configuration);
  RACCORDO_CHECK(hub->open_payrolls(configuration));
  std::function<std::vector<cases::PayrollSeen>()> payrolls;
  if (hub->payrolls_) payrolls = [seen = hub->payrolls_.get()] { return seen->seen(); };
  hub->desk_ = std::make_unique<cases::DeskOperations>(hub->case_store_.get(), hub->tuir_, hub->clock_,
                                                       std::move(payrolls));
  hub->operations_ = std::make_unique<HubOperations>(
      HubFacts{configuration.hub.id, hub->settings_.version,
               std::string(configuration.backbone.topic_prefix()), milliseconds(hub->clock_.now())},
      *hub->flows_, parts, hub->settings_.reload, hub->desk_.get(),
      [raw = hub.get()] { return raw->shared_out(); });
  for (const auto& connector : ready.connectors) {
    RACCORDO_TRY(auto plan, hub->plan_of(connector, configuration, Folders::kWhenThere));
    hub->flows_->add(std::move(plan));
  }
  return hub;
}

Status Hub::open_files(const Configuration& configuration) {
  RACCORDO_TRY(backbone_, backbone_of(configuration, clock_, log_));
  RACCORDO_TRY(seals_, seals_of(configuration));
  RACCORDO_TRY(store_, store_of(configuration, holdings_.get()));
  if (seals_) store_ = sealing_store(std::move(store_), *seals_);
  topics_ = all_topics(configuration.backbone.topic_prefix());
  return configuration.backbone.kafka ? done() : backbone_->ensure(topics_);
}

// Leases lie beside the cases.
Status Hub::open_sharing(const Configuration& configuration) {
  if (configuration.hub.instance.empty()) return done();
  RACCORDO_TRY(case_store_, case_store_of(configuration, clock_));
  holdings_ = std::make_unique<Holdings>(clock_);
  return done();
}

void Hub::make_sharing(const Configuration& configuration) {
  if (!holdings_) return;
  if (!settings_.once) flows_->share();
  sharing_ = std::make_unique<Sharing>(
      SharingFacts{configuration.hub.instance, name_of_folder(folder_.path()), configuration.hub.lease,
                   settings_.language},
      *case_store_, *holdings_, clock_, log_, [this] { return works_of(*flows_, lane_ != nullptr); });
}

SharedOut Hub::shared_out() const { return sharing_ ? sharing_->shared_out() : SharedOut(); }

void Hub::start_sharing() {
  if (!sharing_) return;
  rounds_ = std::jthread([this](const std::stop_token& stop) {
    try {
      sharing_->run(stop);
    } catch (const std::exception& bug) {
      log_.write(LogLevel::kError, {}, bug.what());
    }
  });
}

Status Hub::borrow() {
  if (!sharing_ || rounds_.joinable()) return done();
  RACCORDO_CHECK(sharing_->take_all_there_is());
  start_sharing();
  return done();
}

namespace {

// Whoever is told of bookings can answer them, or whoever calls.
cases::Answerers answerers_of(const ReadyConfiguration& ready) {
  cases::Answerers answerers, callers;
  for (const auto& each : ready.connectors) {
    const auto& connector = each.configuration;
    const auto& partner = connector.partner.empty() ? connector.id : connector.partner;
    if (connector.is_called()) callers[partner].insert(connector.id);
    if (connector.is_sink() && std::ranges::count(connector.subscribe->topics, "bookings") > 0)
      answerers[partner].insert(connector.id);
  }
  for (auto& [partner, connectors] : callers) answerers.try_emplace(partner, connectors);
  return answerers;
}

}  // namespace

// Cases come from partners' calls, or from deliveries' answers to them.
Status Hub::open_cases(const ReadyConfiguration& ready) {
  const auto& configuration = ready.configuration;
  if (configuration.http.ingress.empty() && !configuration.wallets.wanted) return done();
  RACCORDO_TRY(tuir_, tuir_of(configuration.wallets));
  if (!case_store_) {
    RACCORDO_TRY(case_store_, case_store_of(configuration, clock_));
  }
  lane_ = std::make_unique<cases::CaseLane>(
      cases::DeskFacts{configuration.hub.id, std::string(configuration.backbone.topic_prefix()),
                       answerers_of(ready)},
      settings_.language,
      cases::LaneParts{*backbone_, *case_store_, seals_.get(), clock_, log_, holdings_.get()},
      [this] { flows_->call_deliveries(); },
      cases::LaneWallets{owners_of(configuration.wallets), employers_of(configuration.wallets), &tuir_});
  return done();
}

// Only a hub that runs looks for them: whoever looks at a hub waits for no folder.
Status Hub::open_payrolls(const Configuration& configuration) {
  if (configuration.wallets.payrolls.empty() || settings_.once) return done();
  signatures_ = std::make_unique<signatures::OpensslSignatures>();
  RACCORDO_TRY(auto approvers, approvers_of(configuration.wallets, *signatures_));
  RACCORDO_TRY(auto folders, payroll_folders_of(configuration, clock_));
  payrolls_ = std::make_unique<cases::Payrolls>(
      std::move(folders), std::move(approvers),
      cases::PayrollParts{*case_store_, lane_->book(), *seals_, *signatures_, clock_, log_, holdings_.get()},
      settings_.language, [this] { lane_->wake(); });
  return done();
}

void Hub::start_cases() {
  if (lane_) lane_->start();
  if (payrolls_) payrolls_->start();
}

void Hub::settle_cases() {
  if (!lane_) return;
  auto next = lane_->turn();
  while (next.ok() && *next == Duration::zero()) next = lane_->turn();
  if (!next.ok()) log_.write(LogLevel::kError, {}, next.error().in(settings_.language));
}

Status Hub::reach_backbone() { return backbone_->ensure(topics_); }

void Hub::forget_others(const ReadyConfiguration& configuration) {
  if (const auto dropped = drop_spools(configuration); !dropped.ok())
    log_.write(LogLevel::kWarning, {}, dropped.error().in(settings_.language));
}

Tidying Hub::tidying(Duration keep_deleted) {
  return {{*backbone_, *store_, clock_, log_, *metrics_}, settings_.language, keep_deleted};
}

// The id is part of every key: with another one, everything would be stated anew beside what was.
Status Hub::check_identity(const std::string& id) {
  RACCORDO_TRY(const auto known, store_->fact("hub.id"));
  if (!known) return store_->set_fact("hub.id", id);
  if (*known == id) return done();
  return error(ErrorCode::kInvalid,
               say("hub.id è «{}», ma i dati in {} sono dell'hub «{}»",
                   "hub.id is \"{}\", but the data in {} are of hub "
                   "\"{}\"",
                   id, folder_.path().string(), *known),
               say("rimettere hub.id: {}, oppure indicare un'altra cartella con hub.data",
                   "put back hub.id: {}, or name another folder with hub.data", *known));
}

Result<ConnectorPlan> Hub::plan_of(const ReadyConnector& ready, const Configuration& configuration,
                                   Folders folders) {
  const auto& connector = ready.configuration;
  ConnectorPlan plan;
  plan.facts = {configuration.hub.id,
                connector.id,
                connector.was.empty() ? connector.id : connector.was,
                std::string(configuration.backbone.topic_prefix()),
                settings_.language,
                patience_of(settings_),
                connector.partner.empty() ? connector.id : connector.partner};
  PluginHost& host = connector.isolation == Isolation::kInProcess ? *in_process_ : *workers_;
  plan.plugin_known = !ready.refused && !settings_.find_plugin;
  plan.idle = configuration.plugins.idle;
  if (plan.plugin_known)
    plan.start_plugin = [&host, run = ready.run](SinkSettings&) { return host.run(*run); };
  else
    plan.start_plugin = [this, &host, ready, secrets = configuration.secrets](SinkSettings& sink) {
      return start_late(host, ready, secrets, sink);
    };
  plan.called = connector.is_called();
  if (connector.is_called()) {
    if (holdings_) holdings_->open_to_all(lease_of_connector(plan.facts.identity));
    plan.sink.wants_outcomes = takes(*ready.run->plugin, InputKind::kOutcome);
    plan.make_delivery = [queue = calls_.queue(connector.id)](
                             const FlowFacts& facts, const SinkSettings& sink, PluginRunner& runner,
                             FlowParts parts) -> Result<std::unique_ptr<DeliveryFlow>> {
      return std::unique_ptr<DeliveryFlow>(
          std::make_unique<CallFlow>(facts, queue, sink.wants_outcomes, runner, parts));
    };
  } else if (is_asked(connector)) {
    plan.asking = poll_settings(*connector.from->http);
    plan.poll = connector.from->poll();
    plan.partner = site_of(connector, configuration, clock_);
  } else if (connector.is_source()) {
    plan.source = source_settings(connector);
    plan.poll = connector.from->poll();
    RACCORDO_TRY(plan.incoming, source_of(connector, configuration, clock_));
    if (!connector.from->receipts.empty())
      plan.receipts = receipts_of(connector, owner_of(plan.facts), clock_);
  } else if (connector.to->http) {
    plan.sink = sink_settings(ready, configuration);
    plan.make_delivery = requests_of(connector, configuration, clock_);
  } else {
    plan.sink = sink_settings(ready, configuration);
    RACCORDO_TRY(plan.outgoing, delivery_of(connector, configuration, owner_of(plan.facts),
                                            folders == Folders::kThereNow, *store_, clock_));
  }
  return plan;
}

// Looks at the library first: nobody has, or it was refused and may have been repaired.
Result<std::unique_ptr<PluginRunner>> Hub::start_late(PluginHost& host, const ReadyConnector& ready,
                                                      const SecretsConfiguration& secrets,
                                                      SinkSettings& sink) {
  if (settings_.once && ready.refused) return *ready.refused;
  RACCORDO_TRY(const auto plugin, settings_.find_plugin ? settings_.find_plugin(ready.configuration.plugin)
                                                        : host.describe(ready.run->plugin->path));
  const SystemEnvironment environment;
  RACCORDO_TRY(auto run, run_of(ready.configuration, plugin, secrets, environment));
  sink.subscribes = plugin.subscribes;
  sink.wants_answers = takes(plugin, InputKind::kResponse);
  sink.wants_outcomes = takes(plugin, InputKind::kOutcome);
  sink.classes = plugin.data_classes;
  return host.run(std::move(run));
}

}  // namespace raccordo
