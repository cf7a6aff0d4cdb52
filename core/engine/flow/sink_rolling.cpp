// SPDX-License-Identifier: EUPL-1.2
// When a delivery's files are complete.
#include "core/engine/flow/daily.hpp"
#include "core/engine/flow/persevere.hpp"
#include "core/engine/flow/sink_flow.hpp"
#include "core/engine/ledger/parked.hpp"

namespace raccordo {
namespace {

// And the connector: until when, in milliseconds, its files of an hour of the day have been named.
constexpr const char* kHourFact = "named.until.";

std::optional<WallTime> time_in(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  return WallTime(std::chrono::duration_cast<WallTime::duration>(
      std::chrono::milliseconds(std::strtoll(text->c_str(), nullptr, 10))));
}

}  // namespace

Duration SinkFlow::until_roll() const {
  if (settings_.roll == RollAt::kDaily)
    return std::max(Duration::zero(), std::chrono::duration_cast<Duration>(rolls_at_ - parts_.clock.now()));
  if (settings_.roll != RollAt::kInterval || !opened_at_) return Duration::max();
  return settings_.interval - (parts_.clock.monotonic() - *opened_at_);
}

bool SinkFlow::time_to_roll() {
  if (settings_.roll == RollAt::kInterval) return until_roll() <= Duration::zero();
  const bool waits = settings_.roll == RollAt::kSnapshot || settings_.roll == RollAt::kDaily;
  if (!waits || !snapshot_at_) return false;
  if (!reading_.reached(*snapshot_at_)) return false;
  snapshot_at_.reset();
  return true;
}

// An hour that passed while we were away is made up for; what came before the first is for the first.
Status SinkFlow::take_up_hours() {
  RACCORDO_TRY(const auto known, parts_.store.fact(kHourFact + facts_.identity));
  const auto until = time_in(known);
  rolls_at_ = next_at(settings_.time_of_day, until.value_or(parts_.clock.now()));
  return until ? done() : keep_the_hour();
}

// The hour has come: the file is complete once it holds what stands there now.
Status SinkFlow::look_for_the_hour() {
  if (snapshot_at_ || parts_.clock.now() < rolls_at_) return done();
  RACCORDO_TRY(snapshot_at_, reading_.ends());
  rolls_at_ = next_at(settings_.time_of_day, parts_.clock.now());
  return done();
}

Status SinkFlow::keep_the_hour() {
  if (settings_.roll != RollAt::kDaily) return done();
  return parts_.store.set_fact(kHourFact + facts_.identity, std::to_string(milliseconds(parts_.clock.now())));
}

}  // namespace raccordo
