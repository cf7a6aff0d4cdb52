// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>

#include "core/ports/plugin_runner.hpp"
#include "core/ports/testing/faults.hpp"

namespace raccordo::testing {

// Fails as planned: "submit" (nothing was taken), "collect" (the oldest batch was not handled, whatever the
// plugin made of it). And single inputs end as planned, in the middle of their batch.
class FaultyPluginRunner final : public PluginRunner {
 public:
  explicit FaultyPluginRunner(PluginRunner& inner) : inner_(inner) {}

  Faults faults;

  // The nth input that is answered from now on (1: the next) ends so, and its effects are gone.
  void end(std::size_t nth, Ending ending) { endings_[answered_ + nth] = ending; }

  [[nodiscard]] const Framing& framing() const override { return inner_.framing(); }
  [[nodiscard]] Status submit(const InputBatch& batch) override {
    return faults.through("submit", [&] { return inner_.submit(batch); });
  }
  [[nodiscard]] Result<OutputBatch> collect(const std::stop_token& stop = {}) override {
    auto collected = inner_.collect(stop);
    return faults.through("collect", [&]() -> Result<OutputBatch> {
      RACCORDO_TRY(auto batch, std::move(collected));
      for (auto& output : batch.outputs) spoil(output);
      return batch;
    });
  }
  [[nodiscard]] bool answers_within(Duration patience, const std::stop_token& stop) override {
    return inner_.answers_within(patience, stop);
  }
  [[nodiscard]] std::size_t window() const override { return inner_.window(); }
  [[nodiscard]] std::uint64_t restarts() const override { return inner_.restarts(); }

 private:
  void spoil(Output& output) {
    const auto planned = endings_.find(++answered_);
    if (planned == endings_.end()) return;
    output.ending = planned->second;
    output.words = say("come previsto", "as planned");
    output.effect_count = 0;
  }

  PluginRunner& inner_;
  std::size_t answered_ = 0;
  std::map<std::size_t, Ending> endings_;
};

}  // namespace raccordo::testing
