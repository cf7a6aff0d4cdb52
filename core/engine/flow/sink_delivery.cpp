// SPDX-License-Identifier: EUPL-1.2
// From events to what a plugin makes of them.

#include <algorithm>

#include "core/engine/catalogue/event_identity.hpp"
#include "core/engine/flow/plugin_words.hpp"
#include "core/engine/flow/sink_flow.hpp"
#include "core/engine/ledger/parked.hpp"

namespace raccordo {
// One batch of one topic; false at its end, until more is appended.
Result<bool> SinkFlow::deliver_some(const std::string& topic, Pass& pass, const std::stop_token& stop) {
  const Duration begun = parts_.clock.monotonic();
  RACCORDO_TRY(const auto messages, reading_.read(topic, settings_.batch, stop));
  if (messages == nullptr) {
    RACCORDO_CHECK(delivered_.know());
    delivered_.begin_generation();
    snapshot_ended();  // one that ended before counted in the other log
    return true;
  }
  if (messages->messages.empty()) {
    reading_.advance(topic, messages->next);  // past what a log keeps for itself or has removed
    return false;
  }
  parts_.metrics.took(facts_.connector, "read", parts_.clock.monotonic() - begun);
  RACCORDO_CHECK(deliver(topic, *messages, pass, stop));
  reading_.advance(topic, messages->next);
  parts_.metrics.held(facts_.connector, "file", held_.load());
  if (holds_much()) RACCORDO_CHECK(roll(pass, stop));
  // A step that goes with no file is taken at once.
  if (open_.empty()) RACCORDO_CHECK(steps_.empty() ? commit(pass, stop) : roll(pass, stop));
  return true;
}

// What was refused is kept with the file that is being written: many refusals make it end early.
bool SinkFlow::holds_much() const {
  std::size_t bytes = 0;
  for (const auto& record : held_commit_.parked) bytes += record.original.bytes.size();
  return bytes > settings_.held_bytes || held_commit_.findings.size() > settings_.held_findings;
}

Status SinkFlow::deliver(const std::string& topic, const MessageBatch& batch, Pass& pass,
                         const std::stop_token& stop) {
  RACCORDO_CHECK(delivered_.know());
  TranslatedBatch handed;
  begin_handing();
  for (const auto& message : batch.messages) {
    // What is new is told by what was delivered before: an event waits for the one ahead of it with its key.
    if (follows_its_key(message)) {
      RACCORDO_CHECK(hand_over(topic, handed, pass, stop));
      handed = {};
      begin_handing();
    }
    take(topic, message, handed.inputs);
  }
  return hand_over(topic, handed, pass, stop);
}

void SinkFlow::begin_handing() {
  handed_.clear();
  handed_keys_.clear();
}

bool SinkFlow::follows_its_key(const StoredMessage& message) const {
  const auto handed = message.key ? handed_keys_.find(*message.key) : handed_keys_.end();
  if (handed == handed_keys_.end()) return false;
  const bool tombstone_of_its_deletion = message.tombstone && handed->second;
  return !tombstone_of_its_deletion;
}

Status SinkFlow::hand_over(const std::string& topic, TranslatedBatch& batch, Pass& pass,
                           const std::stop_token& stop) {
  if (batch.inputs.empty()) return done();
  RACCORDO_CHECK(translate_batch(batch, runner_, facts_, parts_, stop));
  const Duration translated = parts_.clock.monotonic();
  RACCORDO_CHECK(apply(topic, batch, pass, stop));
  parts_.metrics.took(facts_.connector, "write", parts_.clock.monotonic() - translated);
  return done();
}

void SinkFlow::take(const std::string& topic, const StoredMessage& message, InputBatch& inputs) {
  // What is left of a deletion that is handed over tells nothing more.
  if (message.tombstone && message.key && handed_keys_.contains(*message.key)) return;
  auto taken = intake_.take(topic, message, inputs);
  if (auto* const settled = std::get_if<SettledEvent>(&taken)) {
    count_held(settled->end);
    if (settled->end == End::kParked) park_event(topic, message, std::move(settled->why));
  } else if (auto* const event = std::get_if<ToDeliver>(&taken)) {
    handed_keys_[event->said.key] = event->said.deleted();
    handed_.push_back({&message, std::move(*event)});
  }
}

Status SinkFlow::apply(const std::string& topic, const TranslatedBatch& batch, Pass& pass,
                       const std::stop_token& stop) {
  for (std::size_t i = 0; i < handed_.size(); ++i) {
    ParkReason why;
    const auto effects = batch.effects_of(i);
    const auto& message = *handed_[i].message;
    std::string place;
    if (has_words(effects)) {
      place = event_place(topic, message);
      log_words(effects, {facts_.connector, place, event_id_in(message.value)}, facts_.language, parts_.log);
    }
    RACCORDO_TRY(const End end, apply_one(batch.output_of(i), effects, why));
    count_held(end);
    if (end == End::kParked) {
      park_handed(topic, handed_[i], std::move(why));
      continue;
    }
    note_findings(effects, place);
    hold_steps(effects, topic, handed_[i]);
    delivered_.remember(handed_[i].event.kind, handed_[i].event.said);
    if (settings_.roll == RollAt::kEach && !open_.empty()) RACCORDO_CHECK(roll(pass, stop));
  }
  return done();
}

// All that a plugin made of one event is written, or nothing.
Result<End> SinkFlow::apply_one(const Output& output, std::span<const Effect> effects, ParkReason& why) {
  const auto parked = [&](ParkReason reason) {
    why = std::move(reason);
    return End::kParked;
  };
  if (output.ending != Ending::kDone) return parked(why_of(output));
  bool written = false;
  for (const auto& effect : effects) {
    if (effect.kind == EffectKind::kReject)
      return parked({kStageTranslation, std::string(effect.fields[0]), std::string(effect.fields[1]),
                     from_plugin(effect.fields[2])});
    written |= effect.kind == EffectKind::kWrite;
    const bool step = effect.kind == EffectKind::kCommand && parts_.commands != nullptr;
    if (step && says_something_about_people(effect.fields[1]))
      return parked({kStageTranslation, "people_in_step", "",
                     say("il passo che accompagna un file dice qualcosa di persone",
                         "a step that goes with a file says something about people")});
    const bool known = effect.kind == EffectKind::kWrite || effect.kind == EffectKind::kFilter ||
                       effect.kind == EffectKind::kFinding || effect.kind == EffectKind::kLog || step;
    if (!known)
      return parked({kStageTranslation, "unexpected_effect", "",
                     say("il plugin ha chiesto un'azione che una consegna di file non prevede",
                         "the plugin asked for something that a delivery of files does not do")});
  }
  for (const auto& effect : effects)
    if (effect.kind == EffectKind::kWrite) RACCORDO_CHECK(write(effect.fields[0], effect.fields[1]));
  return written ? End::kDelivered : End::kFiltered;
}

// What the plugin found out about an event that it did not refuse.
void SinkFlow::note_findings(std::span<const Effect> effects, const std::string& place) {
  for (const auto& effect : effects)
    if (effect.kind == EffectKind::kFinding)
      held_commit_.findings.push_back({facts_.identity, std::string(effect.fields[0]), place,
                                       std::string(effect.fields[1]), from_plugin(effect.fields[2]),
                                       milliseconds(parts_.clock.now())});
}

// A name may have a second line: the first line of its file, which every file of that name begins with.
Status SinkFlow::write(std::string_view name, std::string_view bytes) {
  auto found = open_.find(name);
  if (found == open_.end()) {
    RACCORDO_TRY(auto file, files_.create());
    if (const auto first = name.find('\n'); first != std::string_view::npos)
      RACCORDO_CHECK(file->append(std::string(name.substr(first + 1)) + "\n"));
    found = open_.emplace(std::string(name), std::move(file)).first;
    if (!opened_at_) opened_at_ = parts_.clock.monotonic();
  }
  return found->second->append(bytes);
}

// A deletion that left no event is kept as the event that would have told it, so that it can be replayed.
std::string SinkFlow::deletion_event(const Handed& handed) const {
  std::string event;
  EventWriter writer(facts_.hub, facts_.identity);
  writer.set_time(milliseconds(parts_.clock.now()));
  if (const Schema* schema = find_kind(handed.event.kind))
    writer.deleted(*schema, handed.event.said.key, {}, handed.event.said.revision, {}, event);
  return event;
}

void SinkFlow::park_handed(const std::string& topic, const Handed& handed, ParkReason why) {
  StoredMessage message = *handed.message;
  const std::string event = message.tombstone ? deletion_event(handed) : std::string();
  if (message.tombstone) message.value = event;
  park_event(topic, message, std::move(why));
}

void SinkFlow::park_event(const std::string& topic, const StoredMessage& message, ParkReason why) {
  Origin origin{facts_.identity, {}, {}, message.value, "{\"format\":\"event\"}", 0};
  const std::string where = place_of(topic, message);
  origin.file = where;
  origin.place.offset = static_cast<std::uint64_t>(message.offset);
  parts_.log.write(LogLevel::kWarning,
                   {facts_.connector, event_place(topic, message), event_id_in(message.value)},
                   log_line(why.reason, why.field).in(facts_.language));
  held_commit_.parked.push_back(park(origin, std::move(why), parts_.clock.now()));
}

void SinkFlow::count_held(End end) {
  count(end, held_commit_.counts);
  ++held_;
}

// The topic that tells of a kind; none when this delivery does not follow it.
std::optional<std::string> SinkFlow::topic_read_for(std::string_view kind) const {
  const Schema* schema = find_kind(kind);
  if (schema == nullptr || !intake_.wants(kind)) return std::nullopt;
  const std::string topic = fmt::format("{}welfare.{}", facts_.topic_prefix, schema->topic);
  if (std::ranges::find(settings_.topics, topic) == settings_.topics.end()) return std::nullopt;
  return topic;
}

// Everything was read again: what was delivered once and is no longer there was deleted while we were away.
Status SinkFlow::erase_unseen(Pass& pass, const std::stop_token& stop) {
  if (!reading_.all_again()) return done();
  for (const auto& gone : delivered_.unseen()) {
    // What is not read any more may stand there still.
    const auto topic = topic_read_for(gone.kind);
    if (!topic) continue;
    TranslatedBatch handed;
    begin_handing();
    StoredMessage message;
    message.key = gone.said.key;
    message.tombstone = true;
    take(*topic, message, handed.inputs);
    RACCORDO_CHECK(hand_over(*topic, handed, pass, stop));
  }
  reading_.all_was_read();
  delivered_.begin_generation();
  return done();
}

}  // namespace raccordo
