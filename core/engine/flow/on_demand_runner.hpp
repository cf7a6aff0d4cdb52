// SPDX-License-Identifier: EUPL-1.2
// A plugin that is started when there is work for it, and may rest when there has been none for a while.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

#include "core/ports/clock.hpp"
#include "core/ports/plugin_runner.hpp"

namespace raccordo {

// [flow]
class OnDemandRunner final : public PluginRunner {
 public:
  using Start = std::function<Result<std::unique_ptr<PluginRunner>>()>;
  // The clock is borrowed.
  OnDemandRunner(Start start, const Clock& clock) : start_(std::move(start)), clock_(clock) {}

  Status ready() override;
  const Framing& framing() const override { return running_->framing(); }
  Status submit(const InputBatch& batch) override;
  Result<OutputBatch> collect(const std::stop_token& stop = {}) override;
  bool answers_within(Duration patience, const std::stop_token& stop) override {
    return !running_ || running_->answers_within(patience, stop);
  }
  std::size_t window() const override { return running_ ? running_->window() : 1; }
  std::uint64_t restarts() const override {
    return restarts_of_ended_ + (running_ ? running_->restarts() : 0);
  }

  // How long it has had nothing to do; none while it rests.
  [[nodiscard]] std::optional<Duration> idle_for() const;

  // Ends the plugin; what comes next starts it again, which is no restart. Not while batches are under way.
  void rest();

 private:
  Start start_;
  const Clock& clock_;
  std::unique_ptr<PluginRunner> running_;
  std::uint64_t restarts_of_ended_ = 0;
  Duration used_at_{};
};

}  // namespace raccordo
