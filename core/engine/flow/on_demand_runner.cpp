// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/on_demand_runner.hpp"

#include <utility>

namespace raccordo {

Status OnDemandRunner::ready() {
  if (!running_) {
    RACCORDO_TRY(running_, start_());
  }
  used_at_ = clock_.monotonic();
  return done();
}

Status OnDemandRunner::submit(const InputBatch& batch) {
  RACCORDO_CHECK(ready());
  return running_->submit(batch);
}

Result<OutputBatch> OnDemandRunner::collect(const std::stop_token& stop) {
  auto collected = running_->collect(stop);
  used_at_ = clock_.monotonic();
  return collected;
}

std::optional<Duration> OnDemandRunner::idle_for() const {
  if (!running_) return std::nullopt;
  return clock_.monotonic() - used_at_;
}

void OnDemandRunner::rest() {
  restarts_of_ended_ = restarts();
  running_.reset();
}

}  // namespace raccordo
