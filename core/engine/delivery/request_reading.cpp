// SPDX-License-Identifier: EUPL-1.2
// From topics to events that wait for their turn.
#include <algorithm>

#include "core/engine/delivery/request_flow.hpp"
#include "core/engine/ledger/parked.hpp"
#include "raccordo/model/schema.hpp"

namespace raccordo {

bool RequestFlow::has_room() const {
  return deliveries_.size() < settings_.held_events && held_bytes_ < settings_.held_bytes;
}

// What there is, as far as there is room: a partner that is slow costs memory for so many events, and no
// more. False when nothing was read.
Result<bool> RequestFlow::read_more(const Positions* until, const std::stop_token& stop) {
  bool some = false;
  bool to_the_end = true;
  for (const auto& topic : sink_.topics) {
    // What is read again is read whole: a later message may have taken the place of one before `until`.
    if (until != nullptr && !reading_.all_again() && reading_.reached(*until, topic)) continue;
    if (!has_room() || stop.stop_requested()) return some;
    RACCORDO_TRY(const auto answer, read(topic, stop));
    if (!answer) {
      to_the_end = false;  // what was not read is not gone
      continue;
    }
    const auto& batch = *answer;
    if (batch == nullptr) {
      RACCORDO_CHECK(delivered_.know());
      begin_log_anew();
      return true;
    }
    for (const auto& message : batch->messages) enqueue(topic, message);
    some |= !batch->messages.empty();
    to_the_end &= batch->messages.empty();
    reading_.advance(topic, batch->next);
    marks_[topic].reached(batch->next);
  }
  if (!to_the_end) return some;
  read_to_end_ms_ = milliseconds(parts_.clock.now());
  RACCORDO_CHECK(erase_unseen());
  return some;
}

// While something is under way brokers that are away hold up what is new, and nothing else.
Result<std::optional<std::unique_ptr<MessageBatch>>> RequestFlow::read(const std::string& topic,
                                                                       const std::stop_token& stop) {
  const auto room = std::min(sink_.batch, settings_.held_events - deliveries_.size());
  auto batch = deliveries_.empty() ? reading_.read(topic, room, stop) : reading_.read(topic, room);
  if (batch.ok()) return std::optional(std::move(batch).value());
  if (!deliveries_.empty() && batch.error().retryable())
    return std::optional<std::unique_ptr<MessageBatch>>();
  return std::move(batch).error();
}

// What is held stands in a log that is gone; in the other one it is met again, with the same event ids.
void RequestFlow::begin_log_anew() {
  forget_what_is_held();
  delivered_.begin_generation();
  for (const auto& topic : sink_.topics) marks_[topic] = ReadMarks(reading_.at(topic), {});
  changed_ = true;
}

void RequestFlow::enqueue(const std::string& topic, const StoredMessage& message) {
  auto& marks = marks_[topic];
  if (!reading_.all_again() && marks.ended_before(message.partition, message.offset)) return;
  marks.read(message.partition, message.offset);
  Delivery delivery;
  delivery.topic = topic;
  delivery.message = message;
  delivery.value = message.value;
  delivery.key = message.key.value_or(Uuid{});
  add(std::move(delivery));
}

void RequestFlow::add(Delivery delivery) {
  const auto number = ++last_number_;
  delivery.was_there = delivery.marked && read_to_end_ms_ == 0;
  delivery.read_ms = milliseconds(parts_.clock.now());
  held_bytes_ += delivery.value.size();
  if (delivery.counts()) ++held_;
  if (order_.add(delivery.key, number)) turns_.push_back(number);
  auto& kept = deliveries_[number] = std::move(delivery);
  kept.message.value = kept.value;
  was_called_back(kept.key);
}

// Everything was read again: what was delivered once and is no longer there was deleted while we were away.
// What is held has been met, and marked, already.
Status RequestFlow::erase_unseen() {
  if (!reading_.all_again()) return done();
  if (!erasing_) {
    erasing_ = true;
    for (auto& gone : delivered_.unseen()) erasures_.push_back(std::move(gone));
  }
  for (; !erasures_.empty() && has_room(); erasures_.pop_front()) {
    const auto& [kind, said] = erasures_.front();
    // What is not read any more may stand there still.
    const Schema* schema = find_kind(kind);
    const std::string topic =
        schema == nullptr ? "" : fmt::format("{}welfare.{}", facts_.topic_prefix, schema->topic);
    if (!intake_.wants(kind) || std::ranges::find(sink_.topics, topic) == sink_.topics.end()) continue;
    Delivery missing;
    missing.topic = topic;
    missing.message.key = missing.key = said.key;
    missing.message.tombstone = true;
    missing.marked = false;
    add(std::move(missing));
  }
  if (!all_ended()) return done();
  reading_.all_was_read();
  delivered_.begin_generation();
  erasing_ = false;
  changed_ = true;
  return done();
}

// Found missing, and told of again while what else was missing went to the partner.
bool RequestFlow::came_back(const Delivery& delivery) {
  if (!delivery.found_missing()) return false;
  const auto known = delivered_.find_there(delivery.key);
  return known && known->said->generation == delivered_.generation();
}

}  // namespace raccordo
