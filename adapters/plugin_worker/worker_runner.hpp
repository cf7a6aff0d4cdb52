// SPDX-License-Identifier: EUPL-1.2
// An instance in a worker process: keeps it running, keeps it busy, and says which input ended it.
#pragma once

#include <memory>
#include <optional>

#include "adapters/plugin_worker/backlog.hpp"
#include "adapters/plugin_worker/channel.hpp"
#include "adapters/plugin_worker/output_lines.hpp"
#include "adapters/plugin_worker/plugin_worker.hpp"
#include "adapters/plugin_worker/restarts.hpp"
#include "adapters/plugin_worker/worker_process.hpp"

namespace raccordo {

class WorkerRunner final : public PluginRunner {
 public:
  WorkerRunner(RunSpec spec, const WorkerSettings& settings, Clock& clock, Log& log);
  ~WorkerRunner() override;

  // Starts the first worker; tried once. Errors: as PluginHost::run.
  [[nodiscard]] Status start();

  const Framing& framing() const override { return framing_; }
  Status submit(const InputBatch& batch) override;
  Result<OutputBatch> collect(const std::stop_token& stop) override;
  bool answers_within(Duration patience, const std::stop_token& stop) override;
  std::size_t window() const override { return kWindow; }
  std::uint64_t restarts() const override { return started_again_.load(std::memory_order_relaxed); }

 private:
  static constexpr std::size_t kWindow = 3;

  [[nodiscard]] Status keep_running(const std::stop_token& stop);
  void let_go();
  // Waits for news no longer than `longest`, nor than the deadline is to be looked at.
  void work(Duration longest = Duration::max());
  void send();
  void wait_for_news(Duration longest);
  [[nodiscard]] AnswerReader::Got read();
  void watch_deadline();
  // The worker is gone: `ending` and `words` are for the input that it was at.
  void end_worker(Ending ending, const ProcessEnd& how, Text words);
  [[nodiscard]] std::optional<std::size_t> ended_at(Ending ending);
  void read_output();
  void drain(WorkerProcess& worker);
  void note_end(const ProcessEnd& how, const std::string& record);
  [[nodiscard]] Error unavailable(WallTime until) const;

  RunSpec spec_;
  WorkerSettings settings_;
  Clock& clock_;
  Log& log_;
  Framing framing_;
  Backlog backlog_;
  PieceSender sender_;
  AnswerReader reader_;
  OutputLines lines_;
  Restarts policy_;
  std::optional<WorkerProcess> worker_;
  bool output_ended_ = false;
  std::uint64_t watched_ = 0;  // the mark of the shared page
  bool makes_sense_ = true;    // what the worker says
  Duration watched_since_{};
  Text last_words_;  // why the last worker ended
  std::atomic<std::uint64_t> started_again_ = 0;
};

}  // namespace raccordo
