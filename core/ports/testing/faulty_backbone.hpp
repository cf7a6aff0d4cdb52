// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "core/ports/backbone.hpp"
#include "core/ports/testing/faults.hpp"

namespace raccordo::testing {

// Fails as planned: "ensure", "append", "read", "end", "begin", "identity",
// "keeps_tombstones", "topics", "compact". An append that fails
// with When::kAfter is in the log, though its caller was told otherwise.
class FaultyBackbone final : public Backbone {
 public:
  explicit FaultyBackbone(Backbone& inner) : inner_(inner) {}

  Faults faults;

  Status ensure(std::span<const TopicSettings> topics) override {
    return faults.through("ensure", [&] { return inner_.ensure(topics); });
  }
  Status append(std::span<const Message> messages) override {
    return faults.through("append", [&] { return inner_.append(messages); });
  }
  Result<std::unique_ptr<MessageBatch>> read(const std::string& topic, const Position& from,
                                             std::size_t limit, Duration patience) override {
    return faults.through("read", [&] { return inner_.read(topic, from, limit, patience); });
  }
  Result<Position> end(const std::string& topic) override {
    return faults.through("end", [&] { return inner_.end(topic); });
  }
  Result<Position> begin(const std::string& topic) override {
    return faults.through("begin", [&] { return inner_.begin(topic); });
  }
  Result<std::string> identity(const std::string& topic) override {
    return faults.through("identity", [&] { return inner_.identity(topic); });
  }
  Result<std::optional<Duration>> keeps_tombstones(const std::string& topic) override {
    return faults.through("keeps_tombstones", [&] { return inner_.keeps_tombstones(topic); });
  }
  Result<std::vector<std::string>> topics() override {
    return faults.through("topics", [&] { return inner_.topics(); });
  }
  Status compact(Duration keep_tombstones) override {
    return faults.through("compact", [&] { return inner_.compact(keep_tombstones); });
  }

 private:
  Backbone& inner_;
};

}  // namespace raccordo::testing
