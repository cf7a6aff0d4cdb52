// SPDX-License-Identifier: EUPL-1.2
#include "core/ports/testing/memory_store.hpp"

#include <algorithm>

namespace raccordo::testing {
namespace {

constexpr std::size_t kFindingsKept = 10'000;

// What stands under a key, or a fresh value.
template <typename Map>
typename Map::mapped_type of(const Map& map, const typename Map::key_type& key) {
  const auto found = map.find(key);
  return found == map.end() ? typename Map::mapped_type{} : found->second;
}

std::size_t written_by(const SourceCommit& commit) {
  std::size_t bytes = commit.state.cursor.size();
  if (commit.scan_files) bytes += commit.scan_files->size();
  for (const auto& file : commit.files) bytes += file.path.size() + file.note.value_or("").size();
  for (const auto& delta : commit.deltas) bytes += delta.bytes.size();
  return bytes;
}

}  // namespace

std::size_t MemoryStore::bytes_of_sources() {
  const std::scoped_lock lock(mutex_);
  return bytes_of_sources_;
}

Result<std::string> MemoryStore::epoch() {
  const std::scoped_lock lock(mutex_);
  return epoch_;
}

void MemoryStore::change_epoch(std::string epoch) {
  const std::scoped_lock lock(mutex_);
  epoch_ = std::move(epoch);
}

Result<std::optional<std::string>> MemoryStore::fact(const std::string& name) {
  const std::scoped_lock lock(mutex_);
  const auto found = facts_.find(name);
  return found == facts_.end() ? std::nullopt : std::optional(found->second);
}

Status MemoryStore::set_fact(const std::string& name, const std::string& value) {
  const std::scoped_lock lock(mutex_);
  facts_[name] = value;
  return done();
}

Result<SourceState> MemoryStore::source(const std::string& connector) {
  const std::scoped_lock lock(mutex_);
  return of(sources_, connector);
}

Result<SinkState> MemoryStore::sink(const std::string& connector) {
  const std::scoped_lock lock(mutex_);
  return of(sinks_, connector);
}

Result<std::string> MemoryStore::scan_files(const std::string& connector) {
  const std::scoped_lock lock(mutex_);
  return of(scan_files_, connector);
}

Result<std::vector<AcceptedRequest>> MemoryStore::accepted(const std::string& connector) {
  const std::scoped_lock lock(mutex_);
  return of(accepted_, connector);
}

Result<std::map<std::string, std::string>> MemoryStore::file_notes(const std::string& connector) {
  const std::scoped_lock lock(mutex_);
  return of(file_notes_, connector);
}

Result<Committed> MemoryStore::commit(const SourceCommit& commit) {
  const std::scoped_lock lock(mutex_);
  Committed committed{commit.counts};
  bytes_of_sources_ += written_by(commit);
  sources_[commit.connector] = commit.state;
  if (commit.scan_files) scan_files_[commit.connector] = *commit.scan_files;
  auto& notes = file_notes_[commit.connector];
  for (const auto& file : commit.files) {
    if (file.note)
      notes[file.path] = *file.note;
    else
      notes.erase(file.path);
  }
  for (const auto& record : commit.parked) park(commit.connector, true, record, committed);
  if (commit.supersede_before) supersede(commit.connector, *commit.supersede_before, committed);
  keep(commit.connector, commit.deltas, commit.findings);
  ledger_[commit.connector] += committed.counts;
  return committed;
}

Result<Committed> MemoryStore::commit(const SinkCommit& commit) {
  const std::scoped_lock lock(mutex_);
  Committed committed{commit.counts};
  sinks_[commit.connector] = commit.state;
  auto& accepted = accepted_[commit.connector];
  accepted.insert(accepted.end(), commit.accepted.begin(), commit.accepted.end());
  for (const auto& event : commit.finished)
    std::erase_if(accepted, [&](const AcceptedRequest& request) { return request.event == event; });
  for (const auto& record : commit.parked) park(commit.connector, false, record, committed);
  keep(commit.connector, commit.deltas, commit.findings);
  ledger_[commit.connector] += committed.counts;
  return committed;
}

void MemoryStore::park(const std::string& connector, bool of_source, const ParkedRecord& record,
                       Committed& committed) {
  const auto known = std::find_if(parked_.begin(), parked_.end(), [&](const auto& item) {
    const auto& other = item.second.record;
    return other.connector == connector && other.place == record.place && other.content == record.content;
  });
  if (known == parked_.end()) {
    auto fresh = record;
    fresh.id = parked_.empty() ? 1 : parked_.rbegin()->first + 1;
    fresh.connector = connector;
    fresh.state = ParkedState::kParked;
    parked_[fresh.id] = {fresh, of_source};
    ++committed.newly_parked;
    return;
  }
  auto& kept = known->second.record;
  ++kept.attempts;
  kept.last_ms = record.last_ms;
  if (kept.state == ParkedState::kParked || kept.state == ParkedState::kDiscarded) {
    --committed.counts.parked;
    ++committed.counts.filtered;
  } else {
    ++committed.newly_parked;
  }
  if (kept.state == ParkedState::kDiscarded) {
    ++committed.discarded;
    return;
  }
  kept.state = ParkedState::kParked;
  kept.scan = record.scan;
  kept.line = record.line;
  kept.stage = record.stage;
  kept.reason = record.reason;
  kept.field = record.field;
  kept.text = record.text;
  kept.context = record.context;
  kept.original = record.original;
  kept.original_cut = record.original_cut;
}

void MemoryStore::supersede(const std::string& connector, std::int64_t before_scan, Committed& committed) {
  for (auto& [id, kept] : parked_) {
    auto& record = kept.record;
    if (record.connector != connector || !kept.of_source || record.state != ParkedState::kParked ||
        record.scan >= before_scan)
      continue;
    record.state = ParkedState::kSuperseded;
    ++committed.superseded;
    --committed.counts.parked;
    ++committed.counts.filtered;
  }
}

void MemoryStore::keep(const std::string& connector, std::span<const IndexDelta> deltas,
                       std::span<const Finding> findings) {
  for (const auto& delta : deltas) deltas_[{connector, delta.kind}].push_back(delta.bytes);
  auto& kept = findings_[connector];
  for (auto finding : findings) {
    finding.connector = connector;
    kept.push_back(std::move(finding));
  }
  if (kept.size() > kFindingsKept)
    kept.erase(kept.begin(), kept.end() - static_cast<std::ptrdiff_t>(kFindingsKept));
}

Status MemoryStore::move(const std::string& connector, const ParkedMove& move) {
  const std::scoped_lock lock(mutex_);
  const auto found = parked_.find(move.id);
  if (found == parked_.end() || found->second.record.connector != connector)
    return error(ErrorCode::kNotFound, say("nessuna scheda accantonata {}", "no parked record {}", move.id));
  auto& record = found->second.record;
  if (record.state != ParkedState::kParked)
    return error(ErrorCode::kConflict,
                 say("la scheda {} non è più accantonata", "record {} is no longer parked", move.id));
  record.state = move.to;
  if (move.to == ParkedState::kParked) {
    ++record.attempts;
    record.last_ms = move.time_ms;
    record.stage = move.stage;
    record.reason = move.reason;
    record.field = move.field;
    record.text = move.text;
  }
  keep(connector, move.deltas, move.findings);
  ledger_[connector] += move.counts;
  return done();
}

Status MemoryStore::deltas(const std::string& connector, const std::string& kind,
                           const std::function<bool(std::string_view)>& each) {
  std::vector<std::string> kept;
  {
    const std::scoped_lock lock(mutex_);
    kept = of(deltas_, {connector, kind});
  }
  for (const auto& bytes : kept)
    if (!each(bytes)) break;
  return done();
}

Result<std::vector<std::string>> MemoryStore::delta_kinds(const std::string& connector) {
  const std::scoped_lock lock(mutex_);
  std::vector<std::string> kinds;
  for (const auto& [key, deltas] : deltas_)
    if (key.first == connector && !deltas.empty()) kinds.push_back(key.second);
  return kinds;
}

Status MemoryStore::replace_deltas(const std::string& connector, const std::string& kind,
                                   std::span<const std::string> deltas) {
  const std::scoped_lock lock(mutex_);
  deltas_[{connector, kind}].assign(deltas.begin(), deltas.end());
  return done();
}

Result<std::map<std::string, Counts>> MemoryStore::ledger() {
  const std::scoped_lock lock(mutex_);
  return ledger_;
}

Result<std::vector<ParkedRecord>> MemoryStore::parked(const ParkedQuery& query) {
  const std::scoped_lock lock(mutex_);
  std::vector<ParkedRecord> records;
  for (auto at = parked_.upper_bound(query.after_id); at != parked_.end() && records.size() < query.limit;
       ++at) {
    const auto& record = at->second.record;
    if (!query.connector.empty() && record.connector != query.connector) continue;
    if (query.state && record.state != *query.state) continue;
    records.push_back(record);
    if (!query.with_originals) records.back().original.bytes.clear();
  }
  return records;
}

Result<std::optional<ParkedRecord>> MemoryStore::parked_one(std::int64_t id) {
  const std::scoped_lock lock(mutex_);
  const auto found = parked_.find(id);
  return found == parked_.end() ? std::nullopt : std::optional(found->second.record);
}

Result<std::vector<Finding>> MemoryStore::findings(const std::string& connector, std::size_t limit) {
  const std::scoped_lock lock(mutex_);
  auto newest = of(findings_, connector);
  std::reverse(newest.begin(), newest.end());
  if (newest.size() > limit) newest.resize(limit);
  return newest;
}

}  // namespace raccordo::testing
