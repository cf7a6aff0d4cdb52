// SPDX-License-Identifier: EUPL-1.2
// Clients of librdkafka with settings fit for a hub; its own lines go to the log.
#pragma once

#include <initializer_list>
#include <string>

#include "adapters/kafka/handles.hpp"
#include "adapters/kafka/kafka_backbone.hpp"

namespace raccordo::kafka {

struct Setting {
  const char* name;
  std::string value;
};

// Owned by the backbone; clients hold its address as their opaque, so it outlives them.
struct ClientContext {
  BackboneOptions options;
  const Clock& clock;
  Log& log;

  [[nodiscard]] std::string brokers() const;  // as one value, for settings and messages
  [[nodiscard]] int answer_ms() const;
};

// `special` wins over what all clients share. `delivered`: the producer's, called by rd_kafka_poll.
using DeliveryCallback = void (*)(rd_kafka_t*, const rd_kafka_message_t*, void*);
[[nodiscard]] Result<Client> make_client(ClientContext& context, rd_kafka_type_t type,
                                         std::initializer_list<Setting> special,
                                         DeliveryCallback delivered = nullptr);

}  // namespace raccordo::kafka
