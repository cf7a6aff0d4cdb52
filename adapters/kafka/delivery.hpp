// SPDX-License-Identifier: EUPL-1.2
// What became of the messages of one append.
#pragma once

#include <librdkafka/rdkafka.h>

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

namespace raccordo::kafka {

// Filled by delivery reports, which come from the connection's thread; waited for by the one who appends.
class Delivery {
 public:
  explicit Delivery(std::size_t messages) : ends_(messages, End{this, RD_KAFKA_RESP_ERR__IN_PROGRESS, -1}) {}
  Delivery(const Delivery&) = delete;
  Delivery& operator=(const Delivery&) = delete;

  // What travels with a message as its opaque.
  struct End {
    Delivery* delivery;
    rd_kafka_resp_err_t code;
    std::int32_t partition;
  };

  [[nodiscard]] End* begin(std::size_t message);  // before it is handed to the producer
  static void report(End* end, rd_kafka_resp_err_t code, std::int32_t partition);
  void wait();  // until none is open

  [[nodiscard]] bool acknowledged(std::size_t message) const {
    return ends_[message].code == RD_KAFKA_RESP_ERR_NO_ERROR;
  }
  // The first that failed; the number of messages if none did.
  [[nodiscard]] std::size_t first_failed() const;
  [[nodiscard]] rd_kafka_resp_err_t code(std::size_t message) const { return ends_[message].code; }
  [[nodiscard]] std::int32_t partition(std::size_t message) const { return ends_[message].partition; }

 private:
  void close(End* end, rd_kafka_resp_err_t code, std::int32_t partition);

  std::vector<End> ends_;
  std::mutex mutex_;
  std::condition_variable none_open_;
  std::size_t open_ = 0;
};

}  // namespace raccordo::kafka
