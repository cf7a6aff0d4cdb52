// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/event_intake.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/engine/catalogue/event_identity.hpp"
#include "core/engine/people/wallet_owner.hpp"

namespace raccordo {
namespace {

void add_input(std::string_view topic, const EventView& event, InputBatch& inputs) {
  // Configurations and plugins know a topic by its short name.
  const auto dot = topic.rfind('.');
  inputs.begin(InputKind::kEvent, {});
  inputs.field(dot == std::string_view::npos ? topic : topic.substr(dot + 1));
  inputs.field(event.type);
  inputs.field(event.kind);
  inputs.field(event.subject);
  inputs.field(source_id_in(event.data));
  inputs.field({});  // this connector's partner has no id of its own for catalogue entities
  inputs.field(event.data);
  inputs.field(event.deleted ? "1" : "");
  inputs.end({});
}

}  // namespace

std::string place_of(const std::string& topic, const StoredMessage& message) {
  return fmt::format("{}:{}", topic, message.partition);
}

std::string event_place(const std::string& topic, const StoredMessage& message) {
  return fmt::format("{}:{}", place_of(topic, message), message.offset);
}

std::string topic_of(const std::string& place) {
  const auto offset = place.rfind(':');
  const auto partition = offset == std::string::npos ? offset : place.rfind(':', offset - 1);
  return place.substr(0, partition);
}

ParkReason newer_stated(std::uint32_t scan, std::int64_t parked_id) {
  return {
      kStageDelivery, "newer_stated", "id",
      say("è già stato consegnato quel che la fonte ha detto dopo (scansione {}): qui non c'è più niente da "
          "consegnare, raccordo parked discard {} lo toglie dall'elenco",
          "what the source has said since was delivered already (scan {}): nothing is left to deliver here, "
          "raccordo parked discard {} takes it off the list",
          scan, parked_id)};
}

Taken EventIntake::take(std::string_view topic, const StoredMessage& message, InputBatch& inputs) {
  if (message.tombstone) return take_tombstone(topic, message, inputs);
  std::string unescaped;
  auto event = read_event(message.value, unescaped);
  if (!event.ok())
    return SettledEvent{End::kParked, {kStageDelivery, "invalid_event", "", event.error().message}};
  const auto key = Uuid::parse(event->subject);
  if (!key || !wants(event->kind)) return SettledEvent{End::kFiltered, {}};
  Said said{*key, 0, revision_of(*event), delivered_.generation()};
  if (!event->deleted) said.hash = content_hash(event->data);
  Said* known = delivered_.find(event->kind, *key);
  if (known != nullptr) known->generation = delivered_.generation();
  if (!delivered_.has(known, said)) {
    std::string open;  // until the input has it
    const bool owned = is_owned(event->kind);
    if (owned || find_case_kind(event->kind) != nullptr) {
      auto seen = owned ? owned_by(cases_.partner, event->data) : seen_of(cases_, event->kind, event->data);
      if (!seen.ok()) return SettledEvent{End::kParked, {kStageDelivery, "sealed", "", seen.error().message}};
      if (!*seen) return SettledEvent{End::kFiltered, {}};
      open = **std::move(seen);
      event->data = open;
    }
    add_input(topic, *event, inputs);
    return ToDeliver{std::string(event->kind), said};
  }
  if (known != nullptr && known->hash == said.hash) delivered_.confirm(event->kind, *known, said.revision);
  return SettledEvent{End::kUnchanged, {}};
}

// A deletion whose event was compacted away is told by what is left of it.
Taken EventIntake::take_tombstone(std::string_view topic, const StoredMessage& message, InputBatch& inputs) {
  const auto known = message.key ? delivered_.find_there(*message.key) : std::nullopt;
  if (!known) return Passed{};
  known->said->generation = delivered_.generation();
  const std::string id = message.key->text();
  const std::string data = fmt::format(R"({{"id":"{}"}})", id);
  EventView gone;
  gone.kind = known->kind;
  gone.subject = id;
  gone.data = data;
  gone.deleted = true;
  add_input(topic, gone, inputs);
  return ToDeliver{std::string(known->kind),
                   {*message.key, 0, known->said->revision, delivered_.generation()}};
}

bool EventIntake::wants(std::string_view kind) const {
  return subscribes_.empty() || std::ranges::find(subscribes_, kind) != subscribes_.end();
}

std::optional<std::uint32_t> EventIntake::newer_delivered(std::string_view bytes) {
  std::string unescaped;
  const auto event = read_event(bytes, unescaped);
  const auto key = event.ok() ? Uuid::parse(event->subject) : std::nullopt;
  if (!key || !wants(event->kind)) return std::nullopt;
  const Said* known = delivered_.find(event->kind, *key);
  if (known == nullptr || known->revision <= revision_of(*event)) return std::nullopt;
  const auto hash = event->deleted ? 0 : content_hash(event->data);
  return known->hash != hash ? std::optional(known->revision) : std::nullopt;
}

}  // namespace raccordo
