// SPDX-License-Identifier: EUPL-1.2
// Where all partners' calls come in: each waits at its connector.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "core/engine/calls/call_input.hpp"
#include "core/engine/calls/call_queue.hpp"

namespace raccordo {

class Calls final : public Inlet {
 public:
  // `came` is told of the connector at which a call waits. [ingress]
  explicit Calls(std::function<void(const std::string& connector)> came) : came_(std::move(came)) {}

  // The queue of a connector; made when it is asked for. [any]
  [[nodiscard]] std::shared_ptr<CallQueue> queue(const std::string& connector) {
    const std::lock_guard lock(mutex_);
    auto& queue = queues_[connector];
    if (!queue) queue = std::make_shared<CallQueue>();
    return queue;
  }

  void take(InboundRequest request, InboundReply reply) override {
    const auto connector = request.connector;
    request.content = content_of(request);
    if (queue(connector)->put({std::move(request), std::move(reply)})) came_(connector);
  }

 private:
  std::function<void(const std::string&)> came_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<CallQueue>> queues_;
};

}  // namespace raccordo
