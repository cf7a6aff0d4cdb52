// SPDX-License-Identifier: EUPL-1.2
// librdkafka's own broker inside the process: answers with errors when told to. No broker for anything else.
#pragma once

// The order is the library's wish.
// clang-format off
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
// clang-format on

#include <initializer_list>
#include <string>

#include "adapters/kafka/handles.hpp"

namespace raccordo::testing {

// Numbers of requests in Kafka's protocol.
inline constexpr std::int16_t kProduce = 0;
inline constexpr std::int16_t kFetch = 1;
inline constexpr std::int16_t kListOffsets = 2;

class MockCluster {
 public:
  MockCluster() {
    rd_kafka_conf_t* const settings = rd_kafka_conf_new();
    rd_kafka_conf_set(settings, "log_level", "0", nullptr, 0);
    client_.reset(rd_kafka_new(RD_KAFKA_PRODUCER, settings, nullptr, 0));
    cluster_ = rd_kafka_mock_cluster_new(client_.get(), 1);
  }
  ~MockCluster() { rd_kafka_mock_cluster_destroy(cluster_); }
  MockCluster(const MockCluster&) = delete;
  MockCluster& operator=(const MockCluster&) = delete;

  [[nodiscard]] std::string address() const { return rd_kafka_mock_cluster_bootstraps(cluster_); }
  void make(const char* topic, int partitions) { rd_kafka_mock_topic_create(cluster_, topic, partitions, 1); }
  // What the next requests of that kind are answered, one each.
  void answer(std::int16_t request, std::initializer_list<rd_kafka_resp_err_t> errors) {
    rd_kafka_mock_push_request_errors_array(cluster_, request, errors.size(), errors.begin());
  }
  void refuse_all() { rd_kafka_mock_broker_set_down(cluster_, 1); }
  void serve_again() { rd_kafka_mock_broker_set_up(cluster_, 1); }

 private:
  kafka::Client client_;
  rd_kafka_mock_cluster_t* cluster_ = nullptr;
};

}  // namespace raccordo::testing
