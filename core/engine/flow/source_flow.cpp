// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/source_flow.hpp"

#include "core/engine/ledger/parked.hpp"

namespace raccordo {
namespace {

bool concerns_one_file(const Error& error) {
  return error.code == ErrorCode::kDenied || error.code == ErrorCode::kTooLarge ||
         error.code == ErrorCode::kNotFound;
}

}  // namespace

SourceFlow::SourceFlow(FlowFacts facts, SourceSettings settings, SourceFiles& files, PluginRunner& runner,
                       FlowParts parts, OutputFiles* receipts)
    : Source(std::move(facts), runner, parts, settings.keep_after),
      settings_(std::move(settings)),
      files_(files),
      receipts_(receipts) {}

Status SourceFlow::pass(bool again, Pass& pass, const std::stop_token& stop) {
  not_opened_.reset();
  noted_ = 0;
  auto passed = read_what_stands_there(again, pass, stop);
  pass.findings += noted_;
  return passed;
}

Status SourceFlow::read_what_stands_there(bool again, Pass& pass, const std::stop_token& stop) {
  // A scan that was interrupted goes on as what it was: files of a partial source are no complete snapshot.
  if (state_.scanning && cursor_.complete == settings_.complete) {
    if (settings_.complete) return snapshot_again(pass, stop);
    RACCORDO_TRY(const bool same, same_as_before());
    RACCORDO_TRY(const bool opened,
                 same ? opened_ahead(cursor_.files.at(cursor_.file), stop) : Result(false));
    if (opened) RACCORDO_CHECK(read_files(pass, stop));
  }
  RACCORDO_TRY(auto files, settled_files(again, stop));
  if (files.empty() || stop.stop_requested()) return done();
  if (settings_.complete) {
    RACCORDO_CHECK(begin_scan(std::move(files), stop));
    return read_files(pass, stop);
  }
  // Each file of a partial source is a scan of its own: the later one may say otherwise.
  for (auto& file : files) {
    if (stop.stop_requested()) break;
    RACCORDO_TRY(const bool opened, opened_ahead(file, stop));
    if (!opened) continue;
    RACCORDO_CHECK(begin_scan({std::move(file)}, stop));
    RACCORDO_CHECK(read_files(pass, stop));
  }
  return done();
}

// A complete snapshot that was interrupted goes on where the files are exactly those that it began with; else
// it is another one. Where files are missing or still being written, nothing is read.
Status SourceFlow::snapshot_again(Pass& pass, const std::stop_token& stop) {
  RACCORDO_TRY(auto files, settled_files(true, stop));
  if (files.empty() || stop.stop_requested()) return done();
  if (files == cursor_.files)
    go_on();
  else
    RACCORDO_CHECK(begin_scan(std::move(files), stop));
  return read_files(pass, stop);
}

// Whether the scan that was interrupted can go on: its files are still what they were.
Result<bool> SourceFlow::same_as_before() {
  for (const auto& file : cursor_.files) {
    const auto same = files_.unchanged(file);
    if (!same.ok() && !concerns_one_file(same.error())) return same.error();
    if (!same.ok() || !*same) return false;
  }
  if (cursor_.file >= cursor_.files.size()) return false;
  go_on();
  return true;
}

// A file that cannot be opened keeps nobody from reading the others: it is told once for each state that it
// is seen in, and tried again at each look.
Result<bool> SourceFlow::opened_ahead(const SeenFile& file, const std::stop_token& stop) {
  auto opened = files_.open(file);
  if (opened.ok()) {
    opened_ = std::move(opened).value();
    cannot_open_.erase(file.path);
    return true;
  }
  if (!concerns_one_file(opened.error())) return opened.error();
  if (!not_opened_) not_opened_ = opened.error();
  if (const auto told = cannot_open_.find(file.path); told != cannot_open_.end() && told->second == file)
    return false;
  const auto& why = opened.error();
  RACCORDO_CHECK(note({"file_not_opened", "", {why.in(Language::kItalian), why.in(Language::kEnglish)}},
                      name_of(file), stop));
  cannot_open_.insert_or_assign(file.path, file);
  return false;
}

void SourceFlow::go_on() {
  take_up_scan();
  kept_ = cursor_;
}

// The scan's number is stored before anything of it is published: read again after a crash, its events are
// the same.
Status SourceFlow::begin_scan(std::vector<SeenFile> files, const std::stop_token& stop) {
  RACCORDO_CHECK(runner_.ready());
  RACCORDO_CHECK(know_what_was_said(stop));
  if (state_.scanning) remember_parked(cursor_.arrived);
  ScanCursor fresh;
  fresh.files = std::move(files);
  fresh.complete = settings_.complete;
  fresh.parked_until = cursor_.parked > 0 ? state_.scan : cursor_.parked_until;
  cursor_ = std::move(fresh);
  kept_ = {};
  state_.scan += 1;
  state_.scanning = true;
  state_.cursor = cursor_.text();
  take_up_scan();
  statements().begin_batch(parts_.clock.now());
  SourceCommit commit;
  commit.scan_files = cursor_.files_text();
  Pass ignored;
  return this->commit(std::move(commit), ignored, stop);
}

void SourceFlow::take_up_scan() {
  statements().begin_scan(static_cast<std::uint32_t>(state_.scan),
                          static_cast<std::uint32_t>(cursor_.parked_until));
}

Status SourceFlow::read_files(Pass& pass, const std::stop_token& stop) {
  RACCORDO_CHECK(know_what_was_said(stop));
  pass.read_something = true;
  file_changed_ = false;
  parked_again_ = 0;
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
  const std::string name = name_of(seen);
  const std::uint64_t bytes_before = bytes_read_.load();
  auto file = std::exchange(opened_, nullptr);
  if (!file) {
    RACCORDO_TRY(file, files_.open(seen));
  }
  RACCORDO_CHECK(runner_.ready());
  RACCORDO_TRY(const auto framer, open_framer(runner_.framing(), *file, settings_.limits));
  RACCORDO_CHECK(begin_receipt());
  // A receipt holds the whole file: that is read from its start.
  if (!receipt_ && !settings_.complete && number == kept_.file && kept_.mark.records > 0)
    RACCORDO_CHECK(framer->resume(kept_.mark));

  FileReading reading(*framer, runner_, held_, parts_, facts_, stop);
  for (;;) {
    // What was decided waits for the next batch as long as it may, not as long as that one takes.
    const auto left = settlement().may_wait();
    const bool comes = left > Duration::zero() && reading.comes_within(*left);
    if (left && !comes) RACCORDO_CHECK(keep(reading, pass, stop));
    RACCORDO_TRY(TranslatedBatch* const batch, reading.next());
    if (batch == nullptr) break;
    const std::string context = framer->context();
    BatchOrigin origin{number, name, context,
                       [&](const Place& place) { return kept_.passed(number, place); }};
    if (receipt_)
      origin.told = [&](const Place& place, const Decision& decision, std::span<const Effect> effects) {
        receipt_->add(place.line, decision.end, decision.why, effects);
      };
    const auto taken = settlement().take(*batch, origin, cursor_, stop);
    if (!taken.ok() && stop.stop_requested()) break;
    RACCORDO_CHECK(taken);
    reading.done(batch);
    bytes_read_ = bytes_before + framer->position();
    if (stop.stop_requested()) break;
  }
  RACCORDO_CHECK(keep(reading, pass, stop));
  if (stop.stop_requested()) return done();
  bytes_read_ = bytes_before + seen.size;
  return end_file(*framer, number, stop);
}

Status SourceFlow::begin_receipt() {
  receipt_.reset();
  if (receipts_ == nullptr) return done();
  return receipt_.emplace(*receipts_, facts_.language).begin();
}

// The ends of the batches that were decided since.
Status SourceFlow::keep(FileReading& reading, Pass& pass, const std::stop_token& stop) {
  RACCORDO_TRY(const auto settled, settlement().keep(cursor_, state_, stop));
  reading.kept();
  cursor_.parked -= settled.committed.discarded;  // what a person discarded holds no deletion back
  parked_again_ += settled.parked_again;
  cursor_.restated += settled.counted.parked - settled.committed.newly_parked;
  add(settled, pass);
  return done();
}

// What there is to say of a file once it was read whole.
Status SourceFlow::end_file(Framer& framer, std::size_t number, const std::stop_token& stop) {
  const auto& seen = cursor_.files[number];
  for (auto& finding : framer.findings())
    RACCORDO_CHECK(note({std::move(finding.code), "", std::move(finding.text)}, name_of(seen), stop));
  return receipt_ ? receipt_->publish(name_of(seen), state_.scan) : done();
}

void SourceFlow::add_to(SourceCommit& commit) { commit.files = known_.take_changes(); }

}  // namespace raccordo
