// SPDX-License-Identifier: EUPL-1.2
// Appends of several flows share commits: the first to come writes for all who wait, the others wait for the
// result. Bounded by its callers: each waits for its own append.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "core/ports/backbone.hpp"

namespace raccordo::sqlite {

class AppendQueue {
 public:
  using Group = std::vector<std::span<const Message>>;
  using Write = std::function<Status(const Group&)>;

  // `write` is called by one thread at a time and makes a whole group durable, or nothing of it.
  AppendQueue(Write write, std::size_t max_group_bytes)
      : write_(std::move(write)), max_bytes_(max_group_bytes) {}

  // Returns once the messages are durable, or could not be written. [any]
  [[nodiscard]] Status append(std::span<const Message> messages);

  // Runs `work` as the only writer, between groups. [any]
  [[nodiscard]] Status alone(const std::function<Status()>& work);

 private:
  struct Waiting {
    std::span<const Message> messages;
    std::size_t bytes = 0;
    std::optional<Status> result;
  };

  void write_group(std::unique_lock<std::mutex>& lock);
  std::vector<Waiting*> take_group();

  Write write_;
  std::size_t max_bytes_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Waiting*> waiting_;
  bool writing_ = false;
};

}  // namespace raccordo::sqlite
