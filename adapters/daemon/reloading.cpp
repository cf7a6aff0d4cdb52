// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/reloading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/daemon/ingress_of.hpp"
#include "adapters/daemon/log_level.hpp"
#include "adapters/environment/system_environment.hpp"
#include "adapters/plugin_worker/plugin_worker.hpp"
#include "raccordo/model/counted.hpp"

namespace raccordo {
namespace {

using Json = nlohmann::ordered_json;

Error blocked_by(const ReadyConnector& connector) {
  const auto& why = connector.refused->message;
  return error(
      ErrorCode::kInvalid,
      say("{0} è cambiato, e la sua libreria ora non si può usare: {1}",
          "{0} changed, and its library cannot be used now: {2}", connector.configuration.id, why.it, why.en),
      say("rimettere a posto la libreria e ricaricare", "repair the library and reload"));
}

Error needs_restart(const std::vector<std::string>& names) {
  return error(ErrorCode::kInvalid, say("{} cambiano solo con un riavvio: niente è stato cambiato",
                                        "{} change only with a restart: nothing was changed",
                                        fmt::format("{}", fmt::join(names, ", "))));
}

Text reloaded(const Difference& change) {
  auto text = say("configurazione ricaricata: {} aggiunti, {} cambiati, {} tolti",
                  "configuration reloaded: {} added, {} changed, {} removed", change.added.size(),
                  change.changed.size(), change.removed.size());
  if (change.kept.empty()) return text;
  const auto kept =
      counted(static_cast<std::int64_t>(change.kept.size()), {"rimasto com'era", "kept as it was"},
              {"rimasti com'erano", "kept as they were"});
  return {text.it + ", " + kept.it, text.en + ", " + kept.en};
}

ReadyConnector& find(ReadyConfiguration& ready, const std::string& id) {
  return *std::ranges::find(
      ready.connectors, id, [](const auto& each) -> const auto& { return each.configuration.id; });
}

Error another_plugin(const PluginDescription& found, const std::string& wanted) {
  return error(ErrorCode::kInvalid,
               say("{0}: ora è il plugin {1}, e serve {2}", "{0}: it is plugin {1} now, and {2} is needed",
                   found.path, found.name, wanted));
}

}  // namespace

Reloading::Reloading(RunRequest request, LevelledLog& log, Language language)
    : read_again_(std::move(request.read_again)),
      log_level_(request.log_level),
      log_(log),
      language_(language) {
  take_up(std::move(request.configuration));
}

// Looked at twice a second: thousands of connectors have a few libraries.
void Reloading::take_up(ReadyConfiguration next) {
  current_ = std::move(next);
  described_.clear();
  // One that was refused from the start is looked at by its own connector, each time it tries again.
  for (const auto& connector : current_.connectors)
    if (!connector.refused) described_[connector.run->plugin->path] = connector.run->plugin->stamp;
}

std::string Reloading::reload() {
  const std::lock_guard lock(mutex_);
  ReadyConfiguration next = read_again_();
  if (!next.ok()) return refused(error_of(next.findings));
  const Difference change = difference(current_, next);
  if (!change.need_restart.empty()) return refused(needs_restart(change.need_restart));
  if (!change.blocked.empty()) return refused(blocked_by(*next.find(change.blocked.front())));
  auto callers = callers_of(next);
  if (!callers.ok()) return refused(callers.error());
  if (auto applied = apply(change, next, Hub::Folders::kThereNow); !applied.ok())
    return refused(applied.error());
  if (ingress_ != nullptr) ingress_->serve(std::move(callers).value());
  if (const auto& idle = next.configuration.plugins.idle; idle != current_.configuration.plugins.idle)
    hub_->flows().let_rest_after(idle);
  Json kept = Json::array();
  for (const auto& each : keep(change, next))
    kept.push_back({{"id", each.id}, {"it", each.why.it}, {"en", each.why.en}});
  take_up(std::move(next));
  hub_->forget_others(current_);
  log_.set_level(log_level_of(log_level_, current_.configuration, kUsualLogLevel));
  log_.write(LogLevel::kInfo, {}, reloaded(change).in(language_));
  return Json{{"ok", true},
              {"added", change.added},
              {"changed", change.changed},
              {"removed", change.removed},
              {"kept", std::move(kept)}}
      .dump();
}

std::string Reloading::refused(const Error& why) {
  log_.write(LogLevel::kError, {},
             say("configurazione non ricaricata: {}", "configuration not reloaded: {}", why.in(language_))
                 .in(language_));
  return failed_answer(why);
}

// A library that turned bad takes the place of none that works: its connector goes on as it was, and people
// are told. Once the library is repaired the connector counts as changed.
std::vector<Reloading::Kept> Reloading::keep(const Difference& change, ReadyConfiguration& next) {
  std::vector<Kept> kept;
  for (const auto& id : change.kept) {
    auto& connector = find(next, id);
    const auto& why = connector.refused->message;
    auto text = say("continua come prima, perché la sua libreria ora non si può usare: {0}",
                    "goes on as before, for its library cannot be used now: {1}", why.it, why.en);
    log_.write(LogLevel::kWarning, {id, {}, {}}, text.in(language_));
    if (const auto running = hub_->flows().find(id)) running->set_remark(text);
    connector = *current_.find(id);
    connector.kept = true;
    kept.push_back({id, std::move(text)});
  }
  return kept;
}

// What goes drains first; what changed starts anew behind it. Nothing goes before all that comes can.
Status Reloading::apply(const Difference& change, const ReadyConfiguration& next, Hub::Folders folders) {
  std::vector<std::pair<std::string, ConnectorPlan>> plans;
  for (const auto* coming : {&change.changed, &change.added})
    for (const auto& id : *coming) {
      RACCORDO_TRY(auto plan, hub_->plan_of(*next.find(id), next.configuration, folders));
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

void Reloading::take_up_libraries() {
  const std::lock_guard lock(mutex_);
  const auto libraries = replaced_libraries();
  if (libraries.empty()) return;
  auto next = current_;
  for (const auto& library : libraries) describe_again(library, next);
  const auto change = difference(current_, next);
  if (const auto applied = apply(change, next, Hub::Folders::kWhenThere); !applied.ok())
    return log_.write(LogLevel::kError, {}, applied.error().in(language_));
  (void)keep(change, next);
  for (const auto& id : change.changed) {
    const auto& plugin = *next.find(id)->run->plugin;
    log_.write(LogLevel::kInfo, {id, {}, {}},
               say("la nuova libreria è in uso: plugin {} {}", "the new library is in use: plugin {} {}",
                   plugin.name, plugin.version)
                   .in(language_));
  }
  take_up(std::move(next));
}

std::vector<std::string> Reloading::replaced_libraries() {
  LibraryWatch::Stamps now;
  for (const auto& [path, stamp] : described_) now[path] = stamp_of_file(path);
  return watch_.replaced(described_, std::move(now));
}

void Reloading::describe_again(const std::string& library, ReadyConfiguration& next) {
  const auto described = hub_->describe(library);
  const Shared<PluginDescription> plugin = described.ok() ? *described : PluginDescription();
  const SystemEnvironment environment;
  for (auto& connector : next.connectors) {
    if (connector.refused || connector.run->plugin->path != library) continue;
    const auto& wanted = connector.configuration.plugin;
    auto run = !described.ok() ? Result<RunSpec>(described.error())
               : plugin->name != wanted
                   ? Result<RunSpec>(another_plugin(*plugin, wanted))
                   : run_of(connector.configuration, plugin, next.configuration.secrets, environment);
    if (run.ok()) {
      connector.run = std::move(run).value();
      connector.kept = false;
    } else {
      connector.refused = std::move(run).error();
    }
  }
}

}  // namespace raccordo
