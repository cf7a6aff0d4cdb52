// SPDX-License-Identifier: EUPL-1.2
#include "adapters/kafka/delivery.hpp"

namespace raccordo::kafka {

Delivery::End* Delivery::begin(std::size_t message) {
  if (message == ends_.size()) ends_.push_back({this, RD_KAFKA_RESP_ERR__IN_PROGRESS, -1});
  open_.fetch_add(1, std::memory_order_relaxed);
  return &ends_[message];
}

void Delivery::close(End* end, rd_kafka_resp_err_t code, std::int32_t partition) {
  end->code = code;
  end->partition = partition;
  if (open_.fetch_sub(1, std::memory_order_acq_rel) > 1) return;
  const std::scoped_lock lock(mutex_);
  all_closed_ = true;
  // Under the lock: whoever waits may be gone, and this with it, as soon as it is let go.
  closed_.notify_all();
}

void Delivery::report(End* end, rd_kafka_resp_err_t code, std::int32_t partition) {
  end->delivery->close(end, code, partition);
}

void Delivery::wait() {
  if (open_.fetch_sub(1, std::memory_order_acq_rel) > 1) {
    std::unique_lock lock(mutex_);
    closed_.wait(lock, [this] { return all_closed_; });
    all_closed_ = false;
  }
  open_.store(1, std::memory_order_relaxed);
}

std::size_t Delivery::first_failed() const {
  for (std::size_t i = 0; i < ends_.size(); ++i)
    if (!acknowledged(i)) return i;
  return ends_.size();
}

}  // namespace raccordo::kafka
