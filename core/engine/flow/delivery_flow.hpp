// SPDX-License-Identifier: EUPL-1.2
// One connector's deliveries, whatever carries them to the partner: files (SinkFlow), requests (RequestFlow).
#pragma once

#include <algorithm>
#include <stop_token>
#include <utility>

#include "core/engine/catalogue/statements.hpp"
#include "core/engine/flow/pass.hpp"
#include "core/engine/flow/topic_reading.hpp"

namespace raccordo {

// How often a delivery looks for what others append: less and less while nothing comes. What this hub's
// sources say is delivered as soon as a reading of theirs ended. [flow]
class LookPause {
 public:
  explicit LookPause(Duration shortest) : shortest_(shortest), next_(shortest) {}

  // Behind a look that found nothing.
  [[nodiscard]] Duration next() {
    constexpr int kLongest = 5;
    return std::exchange(next_, std::min(next_ * 2, shortest_ * kLongest));
  }
  // Something came.
  void reset() { next_ = shortest_; }

 private:
  Duration shortest_;
  Duration next_;
};

// Answers that a partner has promised.
struct Awaited {
  std::int64_t answers = 0;
  std::int64_t oldest_ms = 0;  // since when, of the one that is awaited longest
  std::int64_t until_ms = 0;   // when the first of them is given up
};

class DeliveryFlow {
 public:
  virtual ~DeliveryFlow() = default;

  // Brings back positions and what was delivered; ends what a crash interrupted: before anything else, and
  // after an error. [flow]
  [[nodiscard]] virtual Status recover(const std::stop_token& stop) = 0;

  // Delivers what there is up to `until`. What was kept is added to `pass`, also where it fails later. [flow]
  // Errors: those of the ports after patience ended; what was not delivered is read again.
  [[nodiscard]] virtual Status pass(const Positions& until, Pass& pass, const std::stop_token& stop) = 0;

  // Delivers what stands there. How long to wait until it is called again, at the most. [flow]
  [[nodiscard]] virtual Result<Duration> follow(const std::stop_token& stop) = 0;

  // Lets go of all that only a delivery needs; the next brings it back. Between two calls. [flow]
  virtual void rest() = 0;

  // Ends what is under way, within a bound, although `stop` asks to stop. [flow]
  [[nodiscard]] virtual Status end(const std::stop_token& stop) = 0;

  // A snapshot of a source ended, and all of it stands in the topics. [any]
  virtual void snapshot_ended() = 0;

  // Puts a parked event through again, and moves it to its new end; parked still, its attempts rise. Refused
  // is what is older than what was delivered since, whatever a person asks for. [flow]
  [[nodiscard]] virtual Result<Decision> replay(const ParkedRecord& record, const std::stop_token& stop) = 0;

  // Events that were read and have no end yet. [any]
  [[nodiscard]] virtual std::int64_t in_flight() const = 0;

  // [any]
  [[nodiscard]] virtual Awaited awaited() const { return {}; }
};

}  // namespace raccordo
