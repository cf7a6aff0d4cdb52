// SPDX-License-Identifier: EUPL-1.2
// From messages of a topic to what a delivery's plugin is handed: what is new to the partner. All else ends
// without the plugin.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/engine/flow/delivered.hpp"
#include "core/engine/ledger/ends.hpp"
#include "core/engine/people/sealed_people.hpp"
#include "core/ports/backbone.hpp"
#include "core/ports/input_batch.hpp"
#include "raccordo/model/envelope.hpp"

namespace raccordo {

// "welfare.services:0": of what stands in one partition of a topic.
[[nodiscard]] std::string place_of(const std::string& topic, const StoredMessage& message);
// "welfare.services:0:17"
[[nodiscard]] std::string event_place(const std::string& topic, const StoredMessage& message);
// The topic of such a place.
[[nodiscard]] std::string topic_of(const std::string& place);

// Why a parked event is not put through again: what was stated by this scan, later than it, was delivered.
[[nodiscard]] ParkReason newer_stated(std::uint32_t scan, std::int64_t parked_id);

// An event that the plugin is handed, and what will be remembered of it once the partner has it.
struct ToDeliver {
  std::string kind;
  Said said;
};
// An event that needs no plugin, and how it ended.
struct SettledEvent {
  End end = End::kUnchanged;
  ParkReason why;  // when parked
};
// Nothing that counts: the tombstone of a deletion that was delivered.
struct Passed {};
using Taken = std::variant<ToDeliver, SettledEvent, Passed>;

// [flow] throughout.
class EventIntake {
 public:
  // `subscribes`: the kinds that the plugin understands; empty: all. `delivered` is borrowed.
  EventIntake(std::vector<std::string> subscribes, CasesSeen cases, Delivered& delivered)
      : subscribes_(std::move(subscribes)), cases_(std::move(cases)), delivered_(delivered) {}

  // Decides one message; adds an input for what is to be delivered. What stood before it under its key must
  // have ended: what is new is told by what was delivered.
  [[nodiscard]] Taken take(std::string_view topic, const StoredMessage& message, InputBatch& inputs);

  [[nodiscard]] bool wants(std::string_view kind) const;

  // The revision that was delivered in the place of this event, if that says something else and is newer.
  [[nodiscard]] std::optional<std::uint32_t> newer_delivered(std::string_view event);

 private:
  [[nodiscard]] Taken take_tombstone(std::string_view topic, const StoredMessage& message,
                                     InputBatch& inputs);

  std::vector<std::string> subscribes_;
  CasesSeen cases_;
  Delivered& delivered_;
};

}  // namespace raccordo
