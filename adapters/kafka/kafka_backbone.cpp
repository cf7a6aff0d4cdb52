// SPDX-License-Identifier: EUPL-1.2
#include "adapters/kafka/kafka_backbone.hpp"

#include <algorithm>

#include "adapters/kafka/delivery.hpp"
#include "adapters/kafka/producer.hpp"
#include "adapters/kafka/readers.hpp"
#include "adapters/kafka/topics.hpp"

namespace raccordo::kafka {
namespace {

Error behind_the_end(const std::string& topic, const Position& from, const Position& end) {
  return error(ErrorCode::kConflict,
               say("{}: si chiede da {}, ma finisce a {}: l'archivio è stato rifatto o ripristinato",
                   "{}: asked from {}, but it ends at {}: the log was made anew or restored", topic,
                   from.text(), end.text()),
               say("rileggere dall'inizio", "read from the start again"));
}

class KafkaBackbone final : public Backbone {
 public:
  KafkaBackbone(BackboneOptions options, const Clock& clock, Log& log)
      : context_{std::move(options), clock, log, {}},
        topics_(context_),
        producer_(context_),
        readers_(context_) {}

  Status try_settings() { return topics_.open(); }

  Status ensure(std::span<const TopicSettings> topics) override { return topics_.ensure(topics); }
  Status append(std::span<const Message> messages) override { return begin_append()->finish(messages); }
  std::unique_ptr<Append> begin_append() override;
  Result<std::unique_ptr<MessageBatch>> read(const std::string& topic, const Position& from,
                                             std::size_t limit, Duration patience) override;
  Result<Position> end(const std::string& topic) override { return topics_.end(topic); }
  Result<Position> begin(const std::string& topic) override { return topics_.begin(topic); }
  Result<std::string> identity(const std::string& topic) override { return topics_.identity(topic); }
  Result<std::vector<std::string>> topics() override { return topics_.names(); }
  Result<std::optional<Duration>> keeps_tombstones(const std::string& topic) override {
    return topics_.keeps_tombstones(topic);
  }
  // The brokers do it by themselves.
  Status compact(Duration) override { return done(); }

 private:
  class Appending;

  [[nodiscard]] Status examine(std::span<const Message> messages);
  void note_partitions(std::span<const Message> messages, const Delivery& delivery);
  [[nodiscard]] Result<Position> whole(const std::string& topic, Position position);

  ClientContext context_;
  Topics topics_;
  Producer producer_;
  Readers readers_;
};

class KafkaBackbone::Appending final : public Append {
 public:
  explicit Appending(KafkaBackbone& backbone) : backbone_(backbone), sending_(backbone.producer_) {}

  // What is behind a message that cannot go waits with it: their order stays.
  void ahead(std::span<const Message> messages) override {
    waits_ = waits_ || !backbone_.examine(messages).ok() || !sending_.ahead(messages);
  }

  Status finish(std::span<const Message> messages) override {
    RACCORDO_CHECK(backbone_.examine(messages));
    if (messages.empty()) return done();
    RACCORDO_CHECK(sending_.finish(messages));
    backbone_.note_partitions(messages, sending_.delivery());
    return done();
  }

 private:
  KafkaBackbone& backbone_;
  Producer::Sending sending_;
  bool waits_ = false;
};

std::unique_ptr<Append> KafkaBackbone::begin_append() { return std::make_unique<Appending>(*this); }

// Whether they are small enough, and for topics that are there.
Status KafkaBackbone::examine(std::span<const Message> messages) {
  std::string_view last;
  for (const auto& message : messages) {
    if (message.value && message.value->size() > context_.options.max_message_bytes)
      return too_large(message, context_.options.max_message_bytes);
    if (message.topic == last) continue;
    RACCORDO_CHECK(topics_.partitions(std::string(message.topic)));
    last = message.topic;
  }
  return done();
}

// A partition that was added is known from our own first message in it on.
void KafkaBackbone::note_partitions(std::span<const Message> messages, const Delivery& delivery) {
  std::string_view topic;
  std::int32_t highest = -1;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    if (messages[i].topic == topic && delivery.partition(i) <= highest) continue;
    topic = messages[i].topic;
    highest = delivery.partition(i);
    topics_.note_partition(topic, highest);
  }
}

// None before what is left.
Result<Position> KafkaBackbone::whole(const std::string& topic, Position position) {
  RACCORDO_TRY(const auto begin, topics_.begin(topic));
  for (std::size_t i = 0; i < begin.next.size(); ++i)
    position.next[i] = std::max(position.next[i], begin.next[i]);
  return position;
}

Result<std::unique_ptr<MessageBatch>> KafkaBackbone::read(const std::string& topic, const Position& from,
                                                          std::size_t limit, Duration patience) {
  RACCORDO_TRY(const auto end, topics_.end(topic));
  if (!end.reached(from)) return behind_the_end(topic, from, end);
  Position all = from;
  all.next.resize(end.next.size());  // those that were added are read from their beginning
  auto reader = readers_.at(topic, all);
  if (!reader) {
    RACCORDO_TRY(auto position, whole(topic, std::move(all)));
    RACCORDO_TRY(reader, Reader::open(context_, topic, std::move(position)));
  }
  auto batch = std::make_unique<MessageBatch>();
  RACCORDO_CHECK(reader->read(*batch, limit, end, patience));
  readers_.keep(std::move(reader));
  return batch;
}

}  // namespace

Result<std::unique_ptr<Backbone>> open_backbone(BackboneOptions options, const Clock& clock, Log& log) {
  auto backbone = std::make_unique<KafkaBackbone>(std::move(options), clock, log);
  RACCORDO_CHECK(backbone->try_settings());
  return std::unique_ptr<Backbone>(std::move(backbone));
}

}  // namespace raccordo::kafka
