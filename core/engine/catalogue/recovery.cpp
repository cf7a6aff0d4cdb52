// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/catalogue/recovery.hpp"

#include <algorithm>
#include <chrono>

#include "core/engine/catalogue/event_identity.hpp"

namespace raccordo {
namespace {

// Many sources read at the same time, each what all others said behind it.
constexpr std::size_t kReadAtOnce = 512;
constexpr std::size_t kEntriesInDelta = 100'000;

// True when all deltas were whole.
Result<bool> apply_deltas(Statements& statements, const std::string& identity, Store& store,
                          std::size_t& entries) {
  RACCORDO_TRY(const auto kinds, store.delta_kinds(identity));
  bool whole = true;
  for (const auto& kind : kinds) {
    auto& index = statements.index(kind);
    RACCORDO_CHECK(store.deltas(identity, kind, [&](std::string_view delta) {
      entries += delta.size() / SaidIndex::kEncodedSize;
      return whole = index.apply(delta);
    }));
    if (!whole) break;
  }
  if (!whole) statements.indexes().clear();
  return whole;
}

using Entries = std::map<std::string, std::string, std::less<>>;  // by kind, encoded

// `uncounted`: the scan whose events behind the last commit nobody has counted; 0: none.
void apply_event(Statements& statements, const EventView& event, std::uint32_t uncounted, Entries& applied) {
  const Schema* schema = find_kind(event.kind);
  const auto key = Uuid::parse(event.subject);
  if (schema == nullptr || !key) return;
  Said said{*key, 0, revision_of(event), 0};
  if (uncounted != 0 && said.revision == uncounted) said.generation = Said::kNotCounted;
  if (!event.deleted) said.hash = content_hash(event.data);
  auto& index = statements.index(schema->kind);
  // Partitions that were added to a topic leave older words of a key in another one, which may be read later.
  if (const Said* known = index.find(*key); known != nullptr && known->revision > said.revision) return;
  index.put(said);
  SaidIndex::encode(said, applied[std::string(schema->kind)]);
}

// Applies this source's own events of one topic from `from` to its end; returns where that was.
Result<Position> apply_topic(Statements& statements, const std::string& topic, Position from,
                             Backbone& backbone, std::uint32_t uncounted, std::uint32_t& latest,
                             Entries& applied, const std::stop_token& stop) {
  RACCORDO_TRY(const Position end, backbone.end(topic));
  while (!from.reached(end)) {
    if (stop.stop_requested()) return stopped_while_reading(topic);
    RACCORDO_TRY(const auto batch, backbone.read(topic, from, kReadAtOnce, Duration::zero()));
    if (batch->messages.empty()) break;
    for (const auto& message : batch->messages) {
      if (message.tombstone) continue;
      std::string unescaped;
      const auto event = read_event(message.value, unescaped);
      if (!event.ok() || event->source != statements.source()) continue;
      apply_event(statements, *event, uncounted, applied);
      latest = std::max(latest, revision_of(*event));
    }
    from = batch->next;
  }
  return end;
}

}  // namespace

Result<bool> still_there(const SourceState& state, Backbone& backbone) {
  for (const auto& [topic, text] : state.backbone_at) {
    const auto known = Bookmark::parse(text);
    if (!known) continue;
    RACCORDO_TRY(const auto identity, backbone.identity(topic));
    RACCORDO_TRY(const Position end, backbone.end(topic));
    if (!known->is_of(identity) || !end.reached(known->at)) return false;
  }
  return true;
}

Result<Recovered> recover(Statements& statements, const std::string& identity, const SourceState& state,
                          bool distrusted, Store& store, Backbone& backbone, const std::stop_token& stop) {
  Recovered recovered;
  recovered.latest_revision = static_cast<std::uint32_t>(state.scan);
  RACCORDO_TRY(const bool same_log, still_there(state, backbone));
  recovered.other_log = !same_log;
  bool whole = false;
  if (same_log && !distrusted) {
    RACCORDO_TRY(whole, apply_deltas(statements, identity, store, recovered.entries));
  }
  recovered.rebuilt = !whole;
  const auto uncounted = whole && state.scanning ? static_cast<std::uint32_t>(state.scan) : 0;
  Entries applied;
  for (const Schema* schema : catalogue_kinds()) {
    const auto& topic = statements.topic_of(*schema);
    if (recovered.backbone_at.contains(topic)) continue;  // several kinds may share one
    RACCORDO_TRY(Position from, backbone.begin(topic));
    const auto known = state.backbone_at.find(topic);
    if (whole && known != state.backbone_at.end())
      if (auto bookmark = Bookmark::parse(known->second)) from = bookmark->at;
    RACCORDO_TRY(const Position end, apply_topic(statements, topic, from, backbone, uncounted,
                                                 recovered.latest_revision, applied, stop));
    RACCORDO_TRY(const auto log, backbone.identity(topic));
    recovered.backbone_at[topic] = Bookmark{log, end}.text();
    if (recovered.rebuilt) applied.clear();  // the index is written anew as a whole
  }
  for (const auto& [kind, entries] : applied) recovered.caught_up.push_back({kind, SaidIndex::seal(entries)});
  return recovered;
}

Error stopped_while_reading(std::string_view topic) {
  return error(ErrorCode::kUnavailable,
               say("ci si ferma mentre si rilegge {}: si riprende al prossimo avvio",
                   "stopping while {} is read again: it goes on at the next start", topic));
}

bool worth_joining(std::size_t kept, std::size_t said) {
  constexpr std::size_t kMost = 2;  // entries kept for each that still counts
  constexpr std::size_t kFew = 10'000;
  return kept > kMost * said + kFew;
}

std::vector<std::string> deltas_of(SaidIndex& index) {
  std::vector<std::string> deltas;
  std::string entries;
  index.each([&](const Said& said) {
    SaidIndex::encode(said, entries);
    if (entries.size() < kEntriesInDelta * SaidIndex::kEncodedSize) return;
    deltas.push_back(SaidIndex::seal(entries));
    entries.clear();
  });
  if (!entries.empty()) deltas.push_back(SaidIndex::seal(entries));
  return deltas;
}

Status compact_deltas(Statements& statements, const std::string& identity, Store& store) {
  RACCORDO_TRY(const auto kinds, store.delta_kinds(identity));
  for (const auto& kind : kinds) (void)statements.index(kind);  // one that is empty now has stale deltas, too
  for (auto& [kind, index] : statements.indexes())
    RACCORDO_CHECK(store.replace_deltas(identity, kind, deltas_of(index)));
  return done();
}

}  // namespace raccordo
