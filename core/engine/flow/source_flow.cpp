// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/source_flow.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/engine/catalogue/event_identity.hpp"
#include "core/engine/catalogue/recovery.hpp"
#include "core/engine/ledger/parked.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kReadAtOnce = 4'096;
constexpr std::size_t kWorthCompacting = 2;  // entries of the index kept for each that still counts
constexpr std::size_t kFewEntries = 10'000;
constexpr std::size_t kErasedAtOnce = 4'096;
constexpr const char* kEpochFact =
    "index.epoch.";  // and the connector: of the store that its index was kept in

std::string name_in(const std::string& path) {
  const auto slash = path.find_last_of('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

}  // namespace

SourceFlow::SourceFlow(FlowFacts facts, SourceSettings settings, SourceFiles& files, PluginRunner& runner,
                       FlowParts parts)
    : facts_(std::move(facts)),
      settings_(std::move(settings)),
      files_(files),
      runner_(runner),
      parts_(parts),
      statements_(facts_.hub, facts_.identity, facts_.topic_prefix),
      settlement_(statements_, parts_, facts_) {}

Status SourceFlow::recover() {
  statements_.indexes().clear();
  cursor_ = {};
  kept_ = {};
  RACCORDO_TRY(state_, parts_.store.source(facts_.identity));
  const std::string fact = kEpochFact + facts_.identity;
  RACCORDO_TRY(const auto epoch, parts_.store.epoch());
  RACCORDO_TRY(const auto known_epoch, parts_.store.fact(fact));
  // An older copy of the store may say of something that the log has forgotten meanwhile that it is still
  // said.
  const bool restored = known_epoch && *known_epoch != epoch;
  RACCORDO_TRY(const auto recovered, raccordo::recover(statements_, facts_.identity, state_, restored,
                                                       parts_.store, parts_.backbone));
  statements_.set_entries_kept(recovered.entries);
  RACCORDO_CHECK(compact(recovered.rebuilt));
  state_.backbone_at = recovered.backbone_at;
  state_.scan = std::max<std::int64_t>(state_.scan, recovered.latest_revision);
  if (auto cursor = ScanCursor::parse(state_.cursor)) cursor_ = std::move(*cursor);
  RACCORDO_CHECK(keep_recovered(recovered, restored));
  if (known_epoch == epoch) return done();
  return parts_.store.set_fact(fact, epoch);
}

// Joins the deltas of the index when most of their entries were overtaken by later ones.
Status SourceFlow::compact(bool anyhow) {
  std::size_t said = 0;
  for (const auto& [kind, index] : statements_.indexes()) said += index.size();
  if (!anyhow && statements_.entries_kept() <= kWorthCompacting * said + kFewEntries) return done();
  RACCORDO_CHECK(compact_deltas(statements_, facts_.identity, parts_.store));
  statements_.set_entries_kept(said);
  return done();
}

Status SourceFlow::keep_recovered(const Recovered& recovered, bool restored) {
  SourceCommit commit;
  commit.connector = facts_.identity;
  commit.deltas = recovered.caught_up;
  const auto tell = [&](std::string code, const Text& text) {
    parts_.log.write(LogLevel::kWarning, {facts_.connector, {}, {}}, text.in(facts_.language));
    commit.findings.push_back(
        {facts_.identity, std::move(code), "", "", text, milliseconds(parts_.clock.now())});
  };
  if (recovered.other_log) {
    // What was read before may be missing in this log: every file is read again, and said again where it is.
    cursor_ = {};
    cursor_.parked_until = state_.scan;
    state_.scanning = false;
    state_.cursor = cursor_.text();
    tell("log_made_anew",
         say("l'archivio dei messaggi è stato rifatto o ripristinato: tutti i file si rileggono dall'inizio",
             "the message log was made anew or restored: all files are read again from their start"));
  }
  if (restored)
    tell("state_restored",
         say("è stata rimessa una copia precedente dello stato dell'hub: si confronta con l'archivio dei "
             "messaggi",
             "an older copy of the hub's state was put back: it is compared with the message log"));
  if (commit.deltas.empty() && commit.findings.empty()) return done();
  commit.state = state_;
  RACCORDO_CHECK(parts_.store.commit(commit));
  return done();
}

Result<Pass> SourceFlow::pass(bool again, const std::stop_token& stop) {
  Pass pass;
  if (state_.scanning) {
    RACCORDO_TRY(const bool same, same_as_before());
    if (same) {
      RACCORDO_CHECK(read_files(pass, stop));
      if (settings_.complete) return pass;
    }
  }
  RACCORDO_TRY(auto files, settled_files(again, stop));
  if (files.empty() || stop.stop_requested()) return pass;
  if (settings_.complete) {
    RACCORDO_CHECK(begin_scan(std::move(files), stop));
    RACCORDO_CHECK(read_files(pass, stop));
    return pass;
  }
  // Each file of a partial source is a scan of its own: the later one may say otherwise.
  for (auto& file : files) {
    if (stop.stop_requested()) break;
    RACCORDO_CHECK(begin_scan({std::move(file)}, stop));
    RACCORDO_CHECK(read_files(pass, stop));
  }
  return pass;
}

// Whether the scan that was interrupted can go on: its files are still what they were.
Result<bool> SourceFlow::same_as_before() {
  for (const auto& file : cursor_.files) {
    RACCORDO_TRY(const bool same, files_.unchanged(file));
    if (!same) return false;
  }
  take_up_scan();
  kept_ = cursor_;
  return true;
}

// What a new scan would read: nothing when it was read before and must not be read again.
Result<std::vector<SeenFile>> SourceFlow::settled_files(bool again, const std::stop_token& stop) {
  Look look;
  for (int looks = 0; looks < settings_.looks; ++looks) {
    if (looks > 0 && !parts_.clock.wait(settings_.settle, stop)) return std::vector<SeenFile>{};
    RACCORDO_TRY(look, files_.look());
    if (looks > 0 && look.unsettled.empty()) break;
  }
  if (look.unsettled.empty() && !look.settled.empty()) told_.clear();
  for (const auto& file : look.unsettled)
    RACCORDO_CHECK(note_once({"file_unsettled", "",
                              say("il file è ancora in scrittura: si leggerà alla prossima occasione",
                                  "the file is still being written: it will be read next time")},
                             name_in(file.path), stop));
  if (!settings_.complete) {
    std::erase_if(look.settled, [&](const SeenFile& file) {
      const auto known = cursor_.done.find(file.path);
      return known != cursor_.done.end() && known->second == file;
    });
    return std::move(look.settled);
  }
  if (look.settled.empty() && look.unsettled.empty())
    RACCORDO_CHECK(note_once(
        {"no_files", "",
         say("nessun file corrisponde: niente è stato cancellato", "no file matches: nothing was deleted")},
        "", stop));
  if (!look.unsettled.empty()) return std::vector<SeenFile>{};
  if (!again && look.settled == cursor_.files) return std::vector<SeenFile>{};
  return std::move(look.settled);
}

// The scan's number is stored before anything of it is published: read again after a crash, its events are
// the same.
Status SourceFlow::begin_scan(std::vector<SeenFile> files, const std::stop_token& stop) {
  if (state_.scanning) remember_parked(cursor_.arrived);
  ScanCursor fresh;
  fresh.files = std::move(files);
  fresh.done = std::move(cursor_.done);
  fresh.parked_of = std::move(cursor_.parked_of);
  fresh.parked_until = cursor_.parked > 0 ? state_.scan : cursor_.parked_until;
  cursor_ = std::move(fresh);
  kept_ = {};
  state_.scan += 1;
  state_.scanning = true;
  state_.cursor = cursor_.text();
  take_up_scan();
  statements_.begin_batch(parts_.clock.now());
  Pass ignored;
  return commit({}, ignored, stop);
}

void SourceFlow::take_up_scan() {
  statements_.begin_scan(static_cast<std::uint32_t>(state_.scan),
                         static_cast<std::uint32_t>(cursor_.parked_until));
}

Status SourceFlow::read_files(Pass& pass, const std::stop_token& stop) {
  pass.read_something = true;
  file_changed_ = false;
  bytes_read_ = 0;
  std::uint64_t total = 0;
  for (const auto& file : cursor_.files) total += file.size;
  bytes_in_all_ = total;
  // A complete snapshot that is taken up again is read from its start, to mark what it holds.
  const std::size_t first = !settings_.complete ? cursor_.file : 0;
  for (std::size_t number = first; number < cursor_.files.size(); ++number) {
    RACCORDO_CHECK(read_file(number, pass, stop));
    if (stop.stop_requested()) return done();
  }
  return end_scan(pass, stop);
}

Status SourceFlow::read_file(std::size_t number, Pass& pass, const std::stop_token& stop) {
  const SeenFile seen = cursor_.files[number];
  const std::string name = name_in(seen.path);
  const std::uint64_t bytes_before = bytes_read_.load();
  RACCORDO_TRY(const auto file, files_.open(seen));
  RACCORDO_TRY(const auto framer, open_framer(runner_.framing(), *file, settings_.limits));
  if (!settings_.complete && number == kept_.file && kept_.mark.records > 0)
    RACCORDO_CHECK(framer->resume(kept_.mark));

  FileReading reading(*framer, runner_, held_, parts_, facts_, stop);
  for (;;) {
    RACCORDO_TRY(TranslatedBatch* const batch, reading.next());
    if (batch == nullptr) break;
    const std::string context = framer->context();
    const BatchOrigin origin{number, name, context,
                             [&](const Place& place) { return kept_.passed(number, place); }};
    RACCORDO_CHECK(settle(*batch, origin, pass, stop));
    reading.done(batch);
    bytes_read_ = bytes_before + framer->position();
    if (stop.stop_requested()) return done();
  }
  if (stop.stop_requested()) return done();
  bytes_read_ = bytes_before + seen.size;
  return end_file(*framer, number, stop);
}

Status SourceFlow::settle(const TranslatedBatch& batch, const BatchOrigin& origin, Pass& pass,
                          const std::stop_token& stop) {
  RACCORDO_TRY(const auto settled, settlement_.settle(batch, origin, cursor_, state_, stop));
  cursor_.parked -= settled.committed.discarded;  // what a person discarded holds no deletion back
  cursor_.restated += settled.counted.parked - settled.committed.newly_parked;
  add(settled, pass);
  return done();
}

// What there is to say of a file once it was read whole.
Status SourceFlow::end_file(Framer& framer, std::size_t number, const std::stop_token& stop) {
  const auto& seen = cursor_.files[number];
  for (auto& finding : framer.findings())
    RACCORDO_CHECK(note({std::move(finding.code), "", std::move(finding.text)}, name_in(seen.path), stop));
  return done();
}

// Whether all files of the scan stood still until its end: one that changes while a later one is read is no
// part of the same snapshot.
Status SourceFlow::look_for_changes(const std::stop_token& stop) {
  for (const auto& seen : cursor_.files) {
    RACCORDO_TRY(const bool same, files_.unchanged(seen));
    if (same) continue;
    file_changed_ = true;
    RACCORDO_CHECK(note({"file_changed", "",
                         say("il file è cambiato durante la lettura: sarà riletto",
                             "the file changed while it was read: it will be read again")},
                        name_in(seen.path), stop));
  }
  return done();
}

Status SourceFlow::end_scan(Pass& pass, const std::stop_token& stop) {
  SourceCommit commit;
  RACCORDO_CHECK(look_for_changes(stop));
  if (!settings_.complete) {
    RACCORDO_CHECK(end_of_partial());
  } else {
    const auto gone = missing_from(statements_);
    std::size_t live = 0;
    for (auto& [kind, index] : statements_.indexes()) live += index.live();
    const SnapshotEnd end{true, file_changed_, cursor_.arrived, cursor_.parked, settings_.max_deletions};
    if (auto held = held_because(end, gone.size(), live, facts_.connector))
      RACCORDO_CHECK(note(std::move(*held), "", stop));
    else
      RACCORDO_CHECK(erase(gone, pass, stop));
    if (file_changed_)
      cursor_.files.clear();  // so that the next look takes it for another
    else if (cursor_.parked == 0)
      commit.supersede_before = state_.scan;
  }
  state_.scanning = false;
  cursor_.mark = {};
  state_.cursor = cursor_.text();
  statements_.begin_batch(parts_.clock.now());
  RACCORDO_CHECK(this->commit(std::move(commit), pass, stop));
  return compact(false);
}

// The partners' own ids of what is gone: the index does not keep them, the events do.
Result<std::map<Uuid, std::string>> SourceFlow::source_ids_of(const std::vector<Gone>& gone) {
  std::map<Uuid, std::string> ids;
  std::set<std::string> topics;
  for (const auto& each : gone) {
    ids[each.key];
    topics.insert(statements_.topic_of(*each.schema));
  }
  for (const auto& topic : topics) {
    RACCORDO_TRY(Position from, parts_.backbone.begin(topic));
    RACCORDO_TRY(const Position end, parts_.backbone.end(topic));
    while (!from.reached(end)) {
      RACCORDO_TRY(const auto batch, parts_.backbone.read(topic, from, kReadAtOnce, Duration::zero()));
      if (batch->messages.empty()) break;
      for (const auto& message : batch->messages) {
        const auto wanted = message.key ? ids.find(*message.key) : ids.end();
        if (wanted == ids.end() || message.tombstone) continue;
        std::string unescaped;
        if (const auto event = read_event(message.value, unescaped); event.ok())
          wanted->second = source_id_in(event->data);
      }
      from = batch->next;
    }
  }
  return ids;
}

Status SourceFlow::erase(const std::vector<Gone>& gone, Pass& pass, const std::stop_token& stop) {
  if (gone.empty()) return done();
  RACCORDO_TRY(const auto ids, source_ids_of(gone));
  for (std::size_t begin = 0; begin < gone.size(); begin += kErasedAtOnce) {
    statements_.begin_batch(parts_.clock.now());
    for (std::size_t i = begin; i < std::min(begin + kErasedAtOnce, gone.size()); ++i) {
      Said* said = statements_.index(gone[i].schema->kind).find(gone[i].key);
      statements_.erase(*gone[i].schema, *said, ids.at(gone[i].key));
    }
    SourceCommit commit;
    commit.counts.deleted = statements_.deleted();
    RACCORDO_CHECK(this->commit(std::move(commit), pass, stop));
  }
  return done();
}

Status SourceFlow::commit(SourceCommit commit, Pass& pass, const std::stop_token& stop) {
  Settled settled{commit.counts, static_cast<std::int64_t>(commit.findings.size()), {}};
  RACCORDO_TRY(settled.committed, settlement_.publish(std::move(commit), state_, stop));
  add(settled, pass);
  return done();
}

void SourceFlow::add(const Settled& settled, Pass& pass) {
  pass.counts += of_this_run(settled.counted, settled.committed);
  pass.newly_parked += settled.committed.newly_parked;
  pass.findings += settled.findings;
  ended_ += settled.counted.received;
}

// What every look finds anew is said once, until it has passed: the findings that are kept are not without
// end.
Status SourceFlow::note_once(Remark remark, const std::string& place, const std::stop_token& stop) {
  std::string told = remark.code + ' ' + place;
  if (told_.contains(told)) return done();
  RACCORDO_CHECK(note(std::move(remark), place, stop));
  told_.insert(std::move(told));
  return done();
}

Status SourceFlow::note(Remark remark, const std::string& place, const std::stop_token& stop) {
  parts_.log.write(LogLevel::kWarning, {facts_.connector, place, {}}, remark.text.in(facts_.language));
  SourceCommit commit;
  commit.findings.push_back({facts_.identity, std::move(remark.code), place, std::move(remark.field),
                             std::move(remark.text), milliseconds(parts_.clock.now())});
  statements_.begin_batch(parts_.clock.now());
  Pass ignored;
  return this->commit(std::move(commit), ignored, stop);
}

}  // namespace raccordo
