// SPDX-License-Identifier: EUPL-1.2
#include "adapters/kafka/delivery.hpp"

namespace raccordo::kafka {

Delivery::End* Delivery::begin(std::size_t message) {
  const std::scoped_lock lock(mutex_);
  ++open_;
  return &ends_[message];
}

void Delivery::close(End* end, rd_kafka_resp_err_t code, std::int32_t partition) {
  const std::scoped_lock lock(mutex_);
  end->code = code;
  end->partition = partition;
  // Under the lock: whoever waits may be gone, and this with it, as soon as it is let go.
  if (--open_ == 0) none_open_.notify_all();
}

void Delivery::report(End* end, rd_kafka_resp_err_t code, std::int32_t partition) {
  end->delivery->close(end, code, partition);
}

void Delivery::wait() {
  std::unique_lock lock(mutex_);
  none_open_.wait(lock, [this] { return open_ == 0; });
}

std::size_t Delivery::first_failed() const {
  for (std::size_t i = 0; i < ends_.size(); ++i)
    if (!acknowledged(i)) return i;
  return ends_.size();
}

}  // namespace raccordo::kafka
