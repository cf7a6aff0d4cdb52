// SPDX-License-Identifier: EUPL-1.2
// One connector that its partner calls: takes what waits, hands it to the plugin, gives the steps that it
// asks for to the cases, and answers.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/engine/calls/call_queue.hpp"
#include "core/engine/cases/commands.hpp"
#include "core/engine/flow/delivery_flow.hpp"
#include "core/engine/flow/flow_parts.hpp"
#include "core/engine/flow/translated_batch.hpp"

namespace raccordo {

class CallFlow final : public DeliveryFlow {
 public:
  // At most so many are handed to the plugin together.
  static constexpr std::size_t kTogether = 64;

  // Runner and parts are borrowed; the queue is shared with who fills it. `hears_outcomes`: the plugin takes
  // them.
  CallFlow(FlowFacts facts, std::shared_ptr<CallQueue> queue, bool hears_outcomes, PluginRunner& runner,
           FlowParts parts);
  // Who waits is told to try later.
  ~CallFlow() override;

  [[nodiscard]] Status recover(const std::stop_token& stop) override;
  // A run that ends waits for nobody's call.
  [[nodiscard]] Status pass(const Positions& until, Pass& pass, const std::stop_token& stop) override;
  [[nodiscard]] Result<Duration> follow(const std::stop_token& stop) override;
  void rest() override {}
  [[nodiscard]] Status end(const std::stop_token& stop) override;
  void snapshot_ended() override {}
  // Nobody waits for the answer any more: what is to be done is done.
  [[nodiscard]] Result<Decision> replay(const ParkedRecord& record, const std::stop_token& stop) override;
  [[nodiscard]] std::int64_t in_flight() const override { return held_.load(); }

 private:
  // One call on its way to its end.
  struct Handled {
    InboundRequest request;
    std::optional<InboundReply> reply;  // none: a replay
    std::optional<InboundAnswer> answer;
    std::vector<CaseOutcome> outcomes;
    std::optional<ParkReason> why_parked;
    bool not_now = false;  // the plugin asks to be asked later: nothing is kept
    End end = End::kFiltered;
    std::vector<Finding> findings;
  };
  // A step that one of them asked for.
  struct Step {
    std::size_t call;
    std::string context;
    CaseOutcome outcome;
  };

  // Errors: those of the runner and of the cases. Nothing was kept; nobody is answered.
  [[nodiscard]] Status handle(std::vector<Handled>& calls, const std::stop_token& stop);
  [[nodiscard]] Result<std::vector<Step>> take_steps(std::vector<Handled>& calls,
                                                     const TranslatedBatch& batch);
  [[nodiscard]] Status tell_outcomes(std::vector<Handled>& calls, std::span<const Step> steps,
                                     const std::stop_token& stop);
  void hear(Handled& call, const Output& output, std::span<const Effect> effects, bool may_ask);
  [[nodiscard]] Status keep(const std::vector<Handled>& calls);
  void answer(std::vector<Handled>& calls) const;

  FlowFacts facts_;
  std::shared_ptr<CallQueue> queue_;
  bool hears_outcomes_;
  PluginRunner& runner_;
  FlowParts parts_;
  std::atomic<std::int64_t> held_ = 0;
};

}  // namespace raccordo
