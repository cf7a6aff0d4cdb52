// SPDX-License-Identifier: EUPL-1.2
#include <chrono>
#include <deque>
#include <optional>

#include "adapters/plugin_worker/instance.hpp"
#include "adapters/plugin_worker/log_lines.hpp"
#include "adapters/plugin_worker/plugin_worker.hpp"
#include "adapters/plugin_worker/refusal.hpp"

namespace raccordo {
namespace {

class InProcessRunner final : public PluginRunner {
 public:
  InProcessRunner(RunSpec spec, PluginLibrary library, Log& log)
      : spec_(std::move(spec)), library_(std::move(library)), log_(log) {}

  Status start() {
    RACCORDO_TRY(instance_,
                 Instance::create(library_, spec_.options, spec_.limits.max_output_bytes, log_line()));
    return done();
  }

  const Framing& framing() const override { return instance_->framing(); }

  Status submit(const InputBatch& batch) override {
    if (waiting_.size() >= window())
      return error(ErrorCode::kBug, say("troppi lotti in corso", "too many batches under way"));
    waiting_.push_back(&batch);
    return done();
  }

  // What the plugin is at cannot be taken from it here: a stop is heeded between two inputs.
  Result<OutputBatch> collect(const std::stop_token& stop) override {
    if (waiting_.empty()) return error(ErrorCode::kBug, say("nessun lotto in corso", "no batch under way"));
    const auto handled = go_on([&] { return stop.stop_requested(); });
    waiting_.pop_front();
    handled_.reset();
    RACCORDO_TRY(const bool all, handled);
    if (!all) return told_to_stop(spec_);
    OutputBatch out;
    decode({effects_.outputs, effects_.effects, effects_.sizes}, std::move(effects_.bytes), out);
    return out;
  }

  // Nothing is handled but while someone waits for it; what the plugin cannot begin is left to `collect` to
  // tell.
  bool answers_within(Duration patience, const std::stop_token& stop) override {
    const auto until = std::chrono::steady_clock::now() + patience;
    const auto handled =
        go_on([&] { return stop.stop_requested() || std::chrono::steady_clock::now() >= until; });
    return handled.ok() && *handled;
  }

  std::size_t window() const override { return 1; }
  std::uint64_t restarts() const override { return restarts_; }

 private:
  LogLine log_line() {
    return [this](std::uint32_t level, std::string_view text) {
      log_plugin_line(log_, spec_.connector, level, text);
    };
  }

  // Handles what is left of the oldest batch; whether that was all, before it was `enough`.
  template <typename Enough>
  Result<bool> go_on(Enough enough) {
    const auto& batch = *waiting_.front();
    if (!handled_) {
      effects_.clear();
      share(batch);
      handled_ = 0;
    }
    for (; *handled_ < batch.size(); ++*handled_) {
      if (enough()) return false;
      RACCORDO_CHECK(handle(batch, batch.items[*handled_]));
    }
    return true;
  }

  void share(const InputBatch& batch) {
    columns_.clear();
    for (const auto& name : batch.columns) columns_.push_back({name.data(), name.size()});
    shared_ = {batch.format, batch.file, columns_};
  }

  Status handle(const InputBatch& batch, const InputItem& item) {
    if (ended_) {
      ++restarts_;
      if (auto status = instance_->recreate(); !status.ok())
        return error(ErrorCode::kUnavailable, status.error().message, status.error().hint);
      ended_ = false;
    }
    const InputFields fields{item.kind, item.place.line,
                             std::span(batch.sizes).subspan(item.first_field, item.field_count),
                             batch.bytes.data() + item.first_byte};
    ended_ = instance_->handle(shared_, fields, effects_) == Ending::kFatal;
    return done();
  }

  RunSpec spec_;
  PluginLibrary library_;
  Log& log_;
  std::unique_ptr<Instance> instance_;
  std::deque<const InputBatch*> waiting_;
  std::optional<std::size_t> handled_;  // inputs of the oldest, once it is begun
  std::vector<raccordo_bytes> columns_;
  SharedByBatch shared_;
  EffectBuffer effects_;
  bool ended_ = false;
  std::uint64_t restarts_ = 0;
};

class InProcessHost final : public PluginHost {
 public:
  explicit InProcessHost(Log& log) : log_(log) {}

  Result<PluginDescription> describe(const std::string& path) override {
    auto stamp = stamp_of_file(path);
    RACCORDO_TRY(auto library, open_plugin(path));
    library.description.stamp = std::move(stamp);
    return std::move(library.description);
  }

  Result<std::unique_ptr<PluginRunner>> run(RunSpec spec) override {
    RACCORDO_TRY(auto library, open_plugin(spec.plugin->path));
    auto runner = std::make_unique<InProcessRunner>(std::move(spec), std::move(library), log_);
    RACCORDO_CHECK(runner->start());
    return std::unique_ptr<PluginRunner>(std::move(runner));
  }

 private:
  Log& log_;
};

}  // namespace

std::unique_ptr<PluginHost> in_process_host(Log& log) { return std::make_unique<InProcessHost>(log); }

}  // namespace raccordo
