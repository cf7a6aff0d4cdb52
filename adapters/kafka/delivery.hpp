// SPDX-License-Identifier: EUPL-1.2
// What became of the messages of one append.
#pragma once

#include <librdkafka/rdkafka.h>

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>

namespace raccordo::kafka {

// Filled by delivery reports, which come from the connection's thread; begun and waited for by the one who
// appends.
class Delivery {
 public:
  Delivery() = default;
  Delivery(const Delivery&) = delete;
  Delivery& operator=(const Delivery&) = delete;

  // What travels with a message as its opaque.
  struct End {
    Delivery* delivery;
    rd_kafka_resp_err_t code;
    std::int32_t partition;
  };

  // Before it is handed to the producer: one after the other at first, then any of them again.
  [[nodiscard]] End* begin(std::size_t message);
  [[nodiscard]] std::size_t begun() const { return ends_.size(); }
  static void report(End* end, rd_kafka_resp_err_t code, std::int32_t partition);
  void wait();  // until none is open

  // What is below may be asked once none is open.
  [[nodiscard]] bool acknowledged(std::size_t message) const {
    return ends_[message].code == RD_KAFKA_RESP_ERR_NO_ERROR;
  }
  // The first that failed; the number of those begun if none did.
  [[nodiscard]] std::size_t first_failed() const;
  [[nodiscard]] rd_kafka_resp_err_t code(std::size_t message) const { return ends_[message].code; }
  [[nodiscard]] std::int32_t partition(std::size_t message) const { return ends_[message].partition; }

 private:
  void close(End* end, rd_kafka_resp_err_t code, std::int32_t partition);

  std::deque<End> ends_;              // reports point into it: it only grows
  std::atomic<std::size_t> open_{1};  // and one for the owner, who gives it up to wait
  std::mutex mutex_;
  std::condition_variable closed_;
  bool all_closed_ = false;
};

}  // namespace raccordo::kafka
