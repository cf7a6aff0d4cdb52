// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <thread>

#include "adapters/console/progress_line.hpp"
#include "adapters/daemon/hub.hpp"
#include "adapters/daemon/log_level.hpp"
#include "adapters/daemon/run.hpp"
#include "adapters/daemon/signals.hpp"
#include "adapters/logging/open_log.hpp"
#include "raccordo/model/counted.hpp"

namespace raccordo {
namespace {

constexpr auto kGlance = std::chrono::milliseconds(100);

// How far all sources together have come.
Progress progress_of(const Flows& flows) {
  Progress progress;
  std::uint64_t bytes_in_all = 0;
  for (const auto& connector : flows.all()) {
    const auto one = connector->progress();
    progress.records += static_cast<std::uint64_t>(one.records);
    progress.bytes += one.bytes;
    bytes_in_all += one.bytes_in_all;
  }
  if (bytes_in_all > 0) progress.bytes_total = bytes_in_all;
  return progress;
}

// Shows how far it is, and asks the run to stop at a signal or when its time is over.
void watch(const RunRequest& request, Hub& hub, Language language, std::stop_source& run,
           const std::stop_token& stop) {
  auto& clock = hub.clock();
  const auto line = ProgressLine::on_terminal(stderr, clock, language);
  const Duration begun = clock.monotonic();
  while (!stop.stop_requested()) {
    if (line) line->show(progress_of(hub.flows()));
    const bool over = request.at_most && clock.monotonic() - begun >= *request.at_most;
    if (over || next_signal(kGlance) == Asked::kStop) run.request_stop();
  }
}

using Reports = std::vector<std::pair<std::string, OnceReport>>;

// Something that keeps a connector from working until a person changes it outweighs what may pass.
Reports::const_iterator worst_of(const Reports& reports) {
  return std::ranges::find_if(reports, [](const auto& report) {
    return report.second.failure && !report.second.failure->retryable();
  });
}

Error of_connector(const std::string& id, Error failure) {
  failure.message.it = id + ": " + failure.message.it;
  failure.message.en = id + ": " + failure.message.en;
  return failure;
}

Text found(const std::string& connector, std::int64_t findings, const std::string& path) {
  const auto count = counted(findings, {"segnalazione", "finding"}, {"segnalazioni", "findings"});
  return say("{0}: {1} (raccordo findings {3})", "{0}: {2} (raccordo findings {3})", connector, count.it,
             count.en, path);
}

// What the run did, connector by connector.
void tell_reports(const Reports& reports, const Flows& flows, const std::string& path, RunReport& report) {
  std::vector<LedgerEntry> ledger;
  for (const auto& [id, once] : reports) {
    const auto connector = flows.find(id);
    ledger.push_back({id, once.counts, connector ? connector->in_flight() : 0});
    report.newly_parked += once.newly_parked;
    if (once.findings > 0) report.remarks.push_back(found(id, once.findings, path));
    if (once.failure && once.failure->retryable()) report.retrying = true;
  }
  report.ledger = ledger_json(ledger);
}

// The program ends with the worst and says it; the log says the others.
void tell_failures(const Reports& reports, Language language, Log& log, RunReport& report) {
  const auto worst = worst_of(reports);
  for (auto each = reports.cbegin(); each != reports.cend(); ++each) {
    if (!each->second.failure) continue;
    if (each == worst)
      report.failure = of_connector(each->first, *each->second.failure);
    else
      log.write(LogLevel::kError, {each->first, {}, {}}, each->second.failure->in(language));
  }
}

}  // namespace

Result<RunReport> run_once(const RunRequest& request, Terminal& terminal, const std::string& version) {
  const auto& configuration = request.configuration.configuration;
  const auto log = open_log({.level = log_level_of(request.log_level, configuration, kUsualLogLevelOnce)});
  RACCORDO_TRY(const auto hub,
               Hub::open(request.configuration, {version, terminal.language, true, {}}, *log));
  hub->forget_others(request.configuration);
  RACCORDO_CHECK(hub->reach_backbone());
  RACCORDO_CHECK(hub->borrow());
  std::stop_source run;
  Reports reports;
  {
    std::jthread watcher(
        [&](const std::stop_token& stop) { watch(request, *hub, terminal.language, run, stop); });
    hub->settle_cases();
    reports = hub->flows().once(run.get_token(), [&] { hub->settle_cases(); });
  }
  auto tidied = hub->tidying(configuration.backbone.keep_deleted()).when_due();

  RunReport report;
  tell_reports(reports, hub->flows(), request.path, report);
  if (run.stop_requested())
    report.remarks.push_back(say("fermato prima della fine: la prossima esecuzione riprende da qui",
                                 "stopped before the end: the next run goes on from here"));
  tell_failures(reports, terminal.language, *log, report);
  // The ledger is shown all the same: what was read is read.
  if (!tidied.ok() && !report.failure)
    report.failure = tidied.error();
  else if (!tidied.ok())
    log->write(LogLevel::kError, {}, tidied.error().in(terminal.language));
  return report;
}

}  // namespace raccordo
