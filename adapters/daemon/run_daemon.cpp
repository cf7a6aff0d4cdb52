// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "adapters/control/control_server.hpp"
#include "adapters/daemon/hub.hpp"
#include "adapters/daemon/run.hpp"
#include "adapters/daemon/signals.hpp"
#include "adapters/http_server/admin_routes.hpp"
#include "adapters/http_server/http_server.hpp"
#include "adapters/logging/open_log.hpp"
#include "core/engine/config/difference.hpp"
#include "raccordo/model/counted.hpp"

namespace raccordo {
namespace {

using Json = nlohmann::ordered_json;

constexpr auto kGlance = std::chrono::milliseconds(500);

// Takes a changed configuration up while the hub runs. Called for SIGHUP and for {"do":"reload"}, one at a
// time.
class Reloading {
 public:
  Reloading(const RunRequest& request, Log& log, Language language)
      : read_again_(request.read_again), current_(request.configuration), log_(log), language_(language) {}

  void start(Hub& hub) { hub_ = &hub; }

  // The answer to {"do":"reload"}.
  std::string reload() {
    const std::lock_guard lock(mutex_);
    ReadyConfiguration next = read_again_();
    if (!next.ok()) return refused(error_of(next.findings));
    const Difference change = difference(current_, next);
    if (!change.need_restart.empty())
      return refused(
          error(ErrorCode::kInvalid, say("{} cambiano solo con un riavvio: niente è stato cambiato",
                                         "{} change only with a restart: nothing was changed",
                                         fmt::format("{}", fmt::join(change.need_restart, ", ")))));
    if (!change.blocked.empty()) return refused(blocked_by(*next.find(change.blocked.front())));
    if (auto applied = apply(change, next); !applied.ok()) return refused(applied.error());
    auto kept = keep(change, next);
    current_ = std::move(next);
    hub_->forget_others(current_.configuration);
    log_.write(LogLevel::kInfo, {}, reloaded(change).in(language_));
    return Json{{"ok", true},
                {"added", change.added},
                {"changed", change.changed},
                {"removed", change.removed},
                {"kept", std::move(kept)}}
        .dump();
  }

 private:
  std::string refused(const Error& why) {
    log_.write(LogLevel::kError, {},
               say("configurazione non ricaricata: {}", "configuration not reloaded: {}", why.in(language_))
                   .in(language_));
    return failed_answer(why);
  }

  static Error blocked_by(const ReadyConnector& connector) {
    const auto& why = connector.refused->message;
    return error(ErrorCode::kInvalid,
                 say("{0} è cambiato, e la sua libreria ora non si può usare: {1}",
                     "{0} changed, and its library cannot be used now: {2}", connector.configuration.id,
                     why.it, why.en),
                 say("rimettere a posto la libreria e ricaricare", "repair the library and reload"));
  }

  static Text reloaded(const Difference& change) {
    auto text = say("configurazione ricaricata: {} aggiunti, {} cambiati, {} tolti",
                    "configuration reloaded: {} added, {} changed, {} removed", change.added.size(),
                    change.changed.size(), change.removed.size());
    if (change.kept.empty()) return text;
    const auto kept =
        counted(static_cast<std::int64_t>(change.kept.size()), {"rimasto com'era", "kept as it was"},
                {"rimasti com'erano", "kept as they were"});
    return {text.it + ", " + kept.it, text.en + ", " + kept.en};
  }

  // A library that turned bad takes the place of none that works: its connector goes on as it was, and people
  // are told. Once the library is repaired the connector counts as changed.
  Json keep(const Difference& change, ReadyConfiguration& next) {
    Json kept = Json::array();
    for (const auto& id : change.kept) {
      auto& connector = *std::ranges::find(
          next.connectors, id, [](const auto& each) -> const auto& { return each.configuration.id; });
      const auto& why = connector.refused->message;
      const auto text = say("continua come prima, perché la sua libreria ora non si può usare: {0}",
                            "goes on as before, for its library cannot be used now: {1}", why.it, why.en);
      log_.write(LogLevel::kWarning, {id, {}, {}}, text.in(language_));
      if (const auto running = hub_->flows().find(id)) running->set_remark(text);
      connector = *current_.find(id);
      connector.kept = true;
      kept.push_back({{"id", id}, {"it", text.it}, {"en", text.en}});
    }
    return kept;
  }

  // What goes drains first; what changed starts anew behind it. Nothing goes before all that comes can.
  Status apply(const Difference& change, const ReadyConfiguration& next) {
    std::vector<std::pair<std::string, ConnectorPlan>> plans;
    for (const auto* coming : {&change.changed, &change.added})
      for (const auto& id : *coming) {
        RACCORDO_TRY(auto plan, hub_->plan_of(*next.find(id), next.configuration, Hub::Folders::kThereNow));
        plans.emplace_back(id, std::move(plan));
      }
    for (const auto* leaving : {&change.removed, &change.changed})
      for (const auto& id : *leaving) hub_->flows().remove(id);
    for (auto& [id, plan] : plans) {
      hub_->flows().add(std::move(plan));
      hub_->flows().start(id);
    }
    return done();
  }

  std::function<ReadyConfiguration()> read_again_;
  ReadyConfiguration current_;
  Log& log_;
  Language language_;
  Hub* hub_ = nullptr;
  std::mutex mutex_;
};

std::vector<PartState> parts_of(Hub& hub) {
  std::vector<PartState> parts;
  const auto ledger = hub.operations().ledger();
  parts.push_back({"store", ledger.ok(), ledger.ok() ? Text{} : ledger.error().message});
  for (const auto& connector : hub.flows().all()) {
    const auto state = connector->state();
    parts.push_back({connector->id(), state.state != "failing", state.why});
  }
  return parts;
}

Result<std::unique_ptr<HttpServer>> open_admin(Hub& hub, const HttpConfiguration& http, Log& log) {
  if (http.admin.empty()) return std::unique_ptr<HttpServer>{};
  AdminSources sources{[&hub] { return parts_of(hub); }, [&hub] { return hub.metrics().text(); }};
  return HttpServer::open({http.admin, "http.admin", {}}, admin_routes(std::move(sources)), log);
}

// In a thread of its own, so that a log that grew long keeps nobody from reloading or stopping meanwhile.
std::jthread tidy_from_now_on(Hub& hub, Duration keep_deleted, Log& log) {
  return std::jthread([&log, tidying = hub.tidying(keep_deleted)](const std::stop_token& stop) mutable {
    try {
      tidying.run(stop);
    } catch (const std::exception& bug) {
      log.write(LogLevel::kError, {}, bug.what());
    }
  });
}

}  // namespace

Result<RunReport> run_daemon(const RunRequest& request, Terminal& terminal, const std::string& version) {
  const auto log = open_log({.level = LogLevel::kInfo});
  const auto tell = [&](const Text& text) { log->write(LogLevel::kInfo, {}, text.in(terminal.language)); };
  Reloading reloading(request, *log, terminal.language);
  const auto& configuration = request.configuration.configuration;
  RACCORDO_TRY(const auto hub,
               Hub::open(request.configuration,
                         {version, terminal.language, false, [&] { return reloading.reload(); }}, *log));
  reloading.start(*hub);
  hub->forget_others(configuration);
  // Brokers that are away may come: until then connectors wait.
  if (const auto reached = hub->reach_backbone(); !reached.ok()) {
    if (!reached.error().retryable()) return reached.error();
    log->write(LogLevel::kWarning, {}, reached.error().in(terminal.language));
  }
  RACCORDO_TRY(const auto admin, open_admin(*hub, configuration.http, *log));
  RACCORDO_TRY(const auto control, ControlServer::open(hub->folder(), [&](std::string_view line) {
                 return hub->operations().perform(line);
               }));
  hub->flows().start();
  const std::jthread tidying = tidy_from_now_on(*hub, configuration.backbone.keep_deleted(), *log);
  const auto connectors = counted(static_cast<std::int64_t>(hub->flows().all().size()),
                                  {"connettore", "connector"}, {"connettori", "connectors"});
  tell(say("hub {0} al lavoro con {1}", "hub {0} at work with {2}", configuration.hub.id, connectors.it,
           connectors.en));
  if (admin) tell(say("salute e misure sulla porta {}", "health and metrics on port {}", admin->port()));

  for (;;) {
    const auto asked = next_signal(kGlance);
    if (asked == Asked::kStop) break;
    if (asked == Asked::kReload) (void)reloading.reload();
  }
  tell(say("si ferma: si finisce ciò che è in corso", "stopping: finishing what is under way"));
  hub->flows().stop();
  return RunReport{};
}

}  // namespace raccordo
