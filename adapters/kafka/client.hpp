// SPDX-License-Identifier: EUPL-1.2
// Clients of librdkafka with settings fit for a hub; its own lines go to the log.
#pragma once

#include <initializer_list>
#include <mutex>
#include <string>

#include "adapters/kafka/handles.hpp"
#include "adapters/kafka/kafka_backbone.hpp"

namespace raccordo::kafka {

struct Setting {
  const char* name;
  std::string value;
};

// Why brokers are not reached: librdkafka tells it aside, and the call that waited only that time ran out.
// [any]
class Trouble {
 public:
  void note(rd_kafka_resp_err_t code, std::string words) {
    const std::scoped_lock lock(mutex_);
    code_ = code;
    words_ = std::move(words);
  }
  void forget() { note(RD_KAFKA_RESP_ERR_NO_ERROR, {}); }
  // The noted reason where there is one, else `error`.
  [[nodiscard]] Error behind(Error error, std::string_view where) const;

 private:
  mutable std::mutex mutex_;
  rd_kafka_resp_err_t code_ = RD_KAFKA_RESP_ERR_NO_ERROR;
  std::string words_;
};

// Owned by the backbone; clients hold its address as their opaque, so it outlives them.
struct ClientContext {
  BackboneOptions options;
  const Clock& clock;
  Log& log;
  Trouble trouble{};

  [[nodiscard]] std::string brokers() const;  // as one value, for settings and messages
  [[nodiscard]] int answer_ms() const;
};

// `special` wins over what all clients share. `delivered`: the producer's, called by rd_kafka_poll.
using DeliveryCallback = void (*)(rd_kafka_t*, const rd_kafka_message_t*, void*);
[[nodiscard]] Result<Client> make_client(ClientContext& context, rd_kafka_type_t type,
                                         std::initializer_list<Setting> special,
                                         DeliveryCallback delivered = nullptr);

}  // namespace raccordo::kafka
