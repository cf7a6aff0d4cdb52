// SPDX-License-Identifier: EUPL-1.2
#include "adapters/plugin_worker/handshake.hpp"
#include "adapters/plugin_worker/plugin_file.hpp"
#include "adapters/plugin_worker/plugin_worker.hpp"
#include "adapters/plugin_worker/worker_runner.hpp"

namespace raccordo {
namespace {

class WorkerHost final : public PluginHost {
 public:
  WorkerHost(WorkerSettings settings, Clock& clock, Log& log)
      : settings_(std::move(settings)), clock_(clock), log_(log) {}

  Result<PluginDescription> describe(const std::string& path) override {
    auto stamp = stamp_of_file(path);  // before it is opened: what replaces it meanwhile is noticed later
    RACCORDO_CHECK(check_plugin_file(path, settings_.max_plugin_bytes));
    RACCORDO_TRY(auto worker, WorkerProcess::spawn(settings_.executable));
    OutputLines lines(path, settings_.language, clock_, log_);
    const Load load{true, settings_.allow_without_sandbox, path, settings_.describe_memory_bytes, 0, {}};
    auto answer = load_plugin(worker, load, settings_.describe_deadline, clock_, lines);
    if (!answer.ok()) return std::move(answer).error();
    PluginDescription description;
    if (!unpack(*answer, description)) return nonsense(path);
    description.path = path;
    description.stamp = std::move(stamp);
    return description;
  }

  Result<std::unique_ptr<PluginRunner>> run(RunSpec spec) override {
    RACCORDO_CHECK(check_plugin_file(spec.plugin->path, settings_.max_plugin_bytes));
    auto runner = std::make_unique<WorkerRunner>(std::move(spec), settings_, clock_, log_);
    RACCORDO_CHECK(runner->start());
    return std::unique_ptr<PluginRunner>(std::move(runner));
  }

 private:
  static Error nonsense(const std::string& path) {
    return error(ErrorCode::kInvalid, say("plugin {}: la sua descrizione non si legge",
                                          "plugin {}: its description does not read", path));
  }

  WorkerSettings settings_;
  Clock& clock_;
  Log& log_;
};

}  // namespace

std::unique_ptr<PluginHost> worker_host(WorkerSettings settings, Clock& clock, Log& log) {
  return std::make_unique<WorkerHost>(std::move(settings), clock, log);
}

}  // namespace raccordo
