// SPDX-License-Identifier: EUPL-1.2
#include <thread>

#include "adapters/control/control_server.hpp"
#include "adapters/daemon/hub.hpp"
#include "adapters/daemon/ingress_of.hpp"
#include "adapters/daemon/log_level.hpp"
#include "adapters/daemon/memory.hpp"
#include "adapters/daemon/reloading.hpp"
#include "adapters/daemon/run.hpp"
#include "adapters/daemon/signals.hpp"
#include "adapters/http_server/admin_routes.hpp"
#include "adapters/http_server/http_server.hpp"
#include "adapters/logging/open_log.hpp"
#include "raccordo/model/counted.hpp"

namespace raccordo {
namespace {

constexpr auto kGlance = std::chrono::milliseconds(500);
constexpr int kGlancesPerTrim = 60;  // what thousands of connectors took while they started, say

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

Result<RunReport> run_daemon(RunRequest request, Terminal& terminal, const std::string& version) {
  const Configuration configuration = request.configuration.configuration;  // without connectors: a small one
  const auto log = open_log({.level = log_level_of(request.log_level, configuration, kUsualLogLevel)});
  const auto tell = [&](const Text& text) { log->write(LogLevel::kInfo, {}, text.in(terminal.language)); };
  Reloading reloading(std::move(request), *log, terminal.language);
  RACCORDO_TRY(const auto hub,
               Hub::open(reloading.current(),
                         {version, terminal.language, false, [&] { return reloading.reload(); }}, *log));
  reloading.start(*hub);
  hub->forget_others(reloading.current());
  // Brokers that are away may come: until then connectors wait.
  if (const auto reached = hub->reach_backbone(); !reached.ok()) {
    if (!reached.error().retryable()) return reached.error();
    log->write(LogLevel::kWarning, {}, reached.error().in(terminal.language));
  }
  RACCORDO_TRY(const auto admin, open_admin(*hub, configuration.http, *log));
  hub->start_cases();
  hub->flows().start();
  hub->start_sharing();
  RACCORDO_TRY(auto ingress,
               open_ingress(reloading.current(), {hub->calls(), hub->clock(), *log, hub->metrics()},
                            terminal.language));
  reloading.serve_at(ingress.get());
  RACCORDO_TRY(const auto control, ControlServer::open(hub->folder(), [&](std::string_view line) {
                 return hub->operations().perform(line);
               }));
  const std::jthread tidying = tidy_from_now_on(*hub, configuration.backbone.keep_deleted(), *log);
  const auto connectors = counted(static_cast<std::int64_t>(hub->flows().all().size()),
                                  {"connettore", "connector"}, {"connettori", "connectors"});
  tell(say("hub {0} al lavoro con {1}", "hub {0} at work with {2}", configuration.hub.id, connectors.it,
           connectors.en));
  if (admin) tell(say("salute e misure sulla porta {}", "health and metrics on port {}", admin->port()));

  if (ingress)
    tell(say("chiamate dei partner sulla porta {}", "partners' calls on port {}", ingress->port()));

  for (int glances = 1;; ++glances) {
    const auto asked = next_signal(kGlance);
    if (asked == Asked::kStop) break;
    if (asked == Asked::kReload) (void)reloading.reload();
    reloading.take_up_libraries();
    if (ingress) ingress->look();
    if (glances % kGlancesPerTrim == 0) give_back_memory();
  }
  tell(say("si ferma: si finisce ciò che è in corso", "stopping: finishing what is under way"));
  reloading.serve_at(nullptr);
  ingress.reset();  // nobody calls any more; those who did are answered
  hub->flows().stop();
  return RunReport{};
}

}  // namespace raccordo
