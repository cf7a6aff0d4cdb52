// SPDX-License-Identifier: EUPL-1.2
// Readers that wait where somebody left them and will mostly go on.
#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <string>

#include "adapters/kafka/reader.hpp"

namespace raccordo::kafka {

class Readers {
 public:
  explicit Readers(const ClientContext& context) : context_(context) {}

  // The one that stands there, or none. [any]
  [[nodiscard]] std::unique_ptr<Reader> at(const std::string& topic, const Position& from) {
    const std::scoped_lock lock(mutex_);
    for (auto it = idle_.begin(); it != idle_.end(); ++it) {
      if ((*it)->topic() != topic || (*it)->at() != from) continue;
      auto reader = std::move(*it);
      idle_.erase(it);
      return reader;
    }
    return nullptr;
  }

  // The one that nobody asked for longest makes room.
  void keep(std::unique_ptr<Reader> reader) {
    std::unique_ptr<Reader> closed;  // outside the lock: closing waits for librdkafka
    const std::scoped_lock lock(mutex_);
    idle_.push_back(std::move(reader));
    if (idle_.size() <= context_.options.max_readers) return;
    closed = std::move(idle_.front());
    idle_.pop_front();
  }

 private:
  const ClientContext& context_;
  std::mutex mutex_;
  std::deque<std::unique_ptr<Reader>> idle_;
};

}  // namespace raccordo::kafka
