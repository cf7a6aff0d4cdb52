// SPDX-License-Identifier: EUPL-1.2
// A source's index and cursor, brought back after a restart or an error.
#include "core/engine/catalogue/recovery.hpp"
#include "core/engine/flow/source_flow.hpp"
#include "core/engine/ledger/parked.hpp"

namespace raccordo {
namespace {

constexpr const char* kEpochFact =
    "index.epoch.";  // and the connector: of the store that its index was kept in

}  // namespace

Status SourceFlow::recover(const std::stop_token& stop) {
  statements_.indexes().clear();
  cursor_ = {};
  kept_ = {};
  RACCORDO_TRY(state_, parts_.store.source(facts_.identity));
  RACCORDO_TRY(const auto notes, parts_.store.file_notes(facts_.identity));
  known_ = KnownFiles::from(notes);
  const std::string fact = kEpochFact + facts_.identity;
  RACCORDO_TRY(const auto epoch, parts_.store.epoch());
  RACCORDO_TRY(const auto known_epoch, parts_.store.fact(fact));
  // An older copy of the store may say of something that the log has forgotten meanwhile that it is still
  // said.
  const bool restored = known_epoch && *known_epoch != epoch;
  RACCORDO_TRY(const auto recovered, raccordo::recover(statements_, facts_.identity, state_, restored,
                                                       parts_.store, parts_.backbone, stop));
  statements_.set_entries_kept(recovered.entries);
  RACCORDO_CHECK(compact(recovered.rebuilt));
  state_.backbone_at = recovered.backbone_at;
  state_.scan = std::max<std::int64_t>(state_.scan, recovered.latest_revision);
  RACCORDO_TRY(const auto files, parts_.store.scan_files(facts_.identity));
  if (auto cursor = ScanCursor::parse(state_.cursor, files)) cursor_ = std::move(*cursor);
  RACCORDO_CHECK(keep_recovered(recovered, restored));
  if (known_epoch == epoch) return done();
  return parts_.store.set_fact(fact, epoch);
}

// Joins the deltas of the index when most of their entries were overtaken by later ones.
Status SourceFlow::compact(bool anyhow) {
  std::size_t said = 0;
  for (const auto& [kind, index] : statements_.indexes()) said += index.size();
  if (!anyhow && !worth_joining(statements_.entries_kept(), said)) return done();
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
    known_.forget_all();
    commit.files = known_.take_changes();
    state_.scanning = false;
    tell("log_made_anew",
         say("l'archivio dei messaggi è stato rifatto o ripristinato: tutti i file si rileggono dall'inizio",
             "the message log was made anew or restored: all files are read again from their start"));
  }
  if (restored)
    tell("state_restored",
         say("è stata rimessa una copia precedente dello stato dell'hub: si confronta con l'archivio dei "
             "messaggi",
             "an older copy of the hub's state was put back: it is compared with the message log"));
  // Of another log, or as older stores kept it, together with its files.
  if (const auto text = cursor_.text(); !state_.cursor.empty() && state_.cursor != text) {
    state_.cursor = text;
    commit.scan_files = cursor_.files_text();
  }
  if (commit.deltas.empty() && commit.findings.empty() && !commit.scan_files) return done();
  commit.state = state_;
  RACCORDO_CHECK(parts_.store.commit(commit));
  return done();
}

}  // namespace raccordo
