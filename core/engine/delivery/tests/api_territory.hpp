// SPDX-License-Identifier: EUPL-1.2
// A territory whose services go to a partner's API: in memory, with time that is only told. The delivery is
// made anew by `restart`, as after a crash: what is not in store and backbone, or at the partner, is lost.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/delivery/request_flow.hpp"
#include "core/engine/flow/testing/recording_commands.hpp"
#include "core/engine/flow/testing/territory.hpp"
#include "core/ports/testing/clear_seals.hpp"
#include "core/ports/testing/faulty_http_requests.hpp"
#include "core/ports/testing/faulty_metrics.hpp"
#include "core/ports/testing/memory_http_requests.hpp"

namespace raccordo::testing {

// Events become requests by what their data says: "two" is sent in two, "made" is made first and then written
// under the id that the partner answered, "upsert" is changed and, where the partner does not know it, made,
// "booked" is made and its case told of the answer: what is refused there is taken back at the partner.
// "patient" is made and its answer looked at until it is another than "pending"; before "looked" the partner is
// asked what it has. "unwanted" is rejected, "left out" is filtered, of "lossy" the plugin finds that something
// was lost, "ours" breaks the rules for requests.
class Caller final : public PluginRunner {
 public:
  [[nodiscard]] const Framing& framing() const override { return framing_; }
  [[nodiscard]] Status submit(const InputBatch& batch) override;
  [[nodiscard]] Result<OutputBatch> collect(const std::stop_token& stop) override;
  [[nodiscard]] std::size_t window() const override { return 1; }
  [[nodiscard]] std::uint64_t restarts() const override { return 0; }

  bool accepts_unwanted = false;
  int fails = 0;                       // of the next calls of collect
  std::vector<std::string> responses;  // "201 made A" of those that it was handed
  std::vector<std::string> outcomes;   // "1  booked A", or " late: ... booked A"

 private:
  void on_event(const std::vector<std::string>& fields, OutputBatch& out) const;
  void on_response(const std::vector<std::string>& fields, OutputBatch& out);
  void on_outcome(const std::vector<std::string>& fields, OutputBatch& out);

  Framing framing_;
  std::optional<InputBatch> batch_;
};

class ApiTerritory {
 public:
  ApiTerritory();

  // Makes the delivery anew.
  void restart();
  // The same, as a run that is to end: what waits is tried so often.
  void restart_for_one_run(int tries);
  // A case tells a fact on the topic of bookings.
  void tell(const std::string& event);
  // States services, as the source "albo" of `t`.
  void state(const std::vector<std::string>& rows);
  // One run over what there is; what it failed with is kept.
  Pass deliver();
  // As the daemon does, for so long: what failed is brought back.
  void follow(Duration time);
  // The delivery ends as a daemon that is asked to stop.
  void stop();

  [[nodiscard]] Counts ledger() { return t.ledger("portale"); }
  [[nodiscard]] std::vector<ParkedRecord> parked();
  [[nodiscard]] Result<Decision> replay(std::int64_t id);
  [[nodiscard]] RequestFlow& flow() { return *flow_; }
  // Keys of idempotency that the partner took, by what it was asked: none of an event twice.
  [[nodiscard]] std::size_t keys() const;

  Territory t;
  MemoryPartner partner;
  Caller caller;
  RecordingCommands cases;
  bool keeps_cases = true;
  ClearSeals seals;
  FaultyMetrics metrics;
  SinkSettings sink{.topics = {"welfare.services"}, .subscribes = {}, .wants_answers = true};
  RequestSettings settings;
  Patience patience;
  std::optional<Error> failure;          // of the last run
  FaultyHttpRequests* client = nullptr;  // of the flow

 private:
  std::unique_ptr<HttpRequests> inner_;
  std::unique_ptr<RequestFlow> flow_;
};

}  // namespace raccordo::testing
