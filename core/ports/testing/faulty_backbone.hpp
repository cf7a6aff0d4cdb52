// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/ports/backbone.hpp"
#include "core/ports/testing/faults.hpp"

namespace raccordo::testing {

// Fails as planned: "ensure", "append", "read", "end", "begin", "identity",
// "keeps_tombstones", "topics", "compact". An append that fails with When::kAfter is in the log, though its
// caller was told otherwise. What goes ahead of an append is looked at again when it ends: kBug where it does
// not stand where it stood.
class FaultyBackbone final : public Backbone {
 public:
  explicit FaultyBackbone(Backbone& inner) : inner_(inner) {}

  Faults faults;
  bool sends_ahead = false;  // what goes ahead is in the log at once

  Status ensure(std::span<const TopicSettings> topics) override {
    return faults.through("ensure", [&] { return inner_.ensure(topics); });
  }
  Status append(std::span<const Message> messages) override {
    return faults.through("append", [&] { return inner_.append(messages); });
  }
  std::unique_ptr<Append> begin_append() override { return std::make_unique<Borrowing>(*this); }
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
  class Borrowing final : public Append {
   public:
    explicit Borrowing(FaultyBackbone& backbone) : backbone_(backbone) {}

    void ahead(std::span<const Message> messages) override {
      for (const auto& message : messages)
        ahead_.push_back({message, std::string(message.value.value_or(std::string_view()))});
      if (backbone_.sends_ahead && backbone_.inner_.append(messages).ok()) sent_ += messages.size();
    }
    Status finish(std::span<const Message> messages) override {
      for (std::size_t i = 0; i < ahead_.size(); ++i)
        if (i >= messages.size() || !ahead_[i].is(messages[i]))
          return error(ErrorCode::kBug, say("non è più dove stava", "it is not where it stood"));
      return backbone_.append(messages.subspan(sent_));
    }

   private:
    struct Lent {
      Message message;
      std::string value;

      [[nodiscard]] bool is(const Message& now) const {
        if (now.topic.data() != message.topic.data() || now.key != message.key) return false;
        if (!now.value || !message.value) return now.value.has_value() == message.value.has_value();
        return now.value->data() == message.value->data() && *now.value == value;
      }
    };

    FaultyBackbone& backbone_;
    std::vector<Lent> ahead_;
    std::size_t sent_ = 0;
  };

  Backbone& inner_;
};

}  // namespace raccordo::testing
