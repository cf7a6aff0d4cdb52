// SPDX-License-Identifier: EUPL-1.2
// A backbone that lives as long as its object: for tests of what stands above it.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>

#include "core/ports/backbone.hpp"

namespace raccordo::testing {

class MemoryBackbone final : public Backbone {
 public:
  explicit MemoryBackbone(const Clock& clock, std::size_t max_message_bytes = 4u << 20)
      : clock_(clock), max_message_bytes_(max_message_bytes) {}

  Status ensure(std::span<const TopicSettings> topics) override;
  Status append(std::span<const Message> messages) override;
  Result<std::unique_ptr<MessageBatch>> read(const std::string& topic, const Position& from,
                                             std::size_t limit, Duration patience) override;
  Result<Position> end(const std::string& topic) override;
  Result<Position> begin(const std::string& topic) override;
  Result<std::string> identity(const std::string& topic) override;
  Result<std::vector<std::string>> topics() override;
  Result<std::optional<Duration>> keeps_tombstones(const std::string&) override { return keeps; }
  Status compact(Duration keep_tombstones) override;

  std::optional<Duration> keeps;  // tombstones of every topic, as somebody else has set it

  // As if its files had been lost and made again: the same topics, empty.
  void make_anew();

  // Something that the log keeps for itself, as the end of a transaction: it has an offset and is never read.
  void append_marker(const std::string& topic);

  // How many appends came, empty ones apart.
  [[nodiscard]] std::size_t appends() const;

 private:
  struct Entry {
    std::int64_t time_ms = 0;
    Uuid key;
    std::optional<std::string> value;
  };
  struct Topic {
    bool compacted = true;
    std::int64_t end = 0;
    std::map<std::int64_t, Entry> entries;  // by offset
  };

  Result<Topic*> find(std::string_view name);
  static void compact(Topic& topic, std::int64_t tombstones_before_ms);

  const Clock& clock_;
  std::size_t max_message_bytes_;
  mutable std::mutex mutex_;
  std::condition_variable appended_;
  std::map<std::string, Topic, std::less<>> topics_;
  std::size_t appends_ = 0;
  std::string made_ = Uuid::random().text();
};

}  // namespace raccordo::testing
