// SPDX-License-Identifier: EUPL-1.2
// One connector's source: looks for files, reads what is there, states what changed, deletes what a complete
// snapshot no longer holds. Its index, its cursor and its plugin have this one owner.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/engine/flow/known_files.hpp"
#include "core/engine/flow/receipt.hpp"
#include "core/engine/flow/source.hpp"
#include "core/ports/source_files.hpp"

namespace raccordo {

struct SourceSettings {
  bool complete = false;  // its files are a complete snapshot
  double max_deletions = 0.1;
  Duration settle = std::chrono::milliseconds(250);  // between two looks when there is no poll to wait for
  int looks = 20;                                    // at files that are still being written
  Duration keep_after{};                             // batches that come within share a commit
  FramingLimits limits;
};

class SourceFlow final : public Source {
 public:
  // All borrowed but the settings. `progress` is told of bytes read, from the flow's thread.
  // `receipts`: where a partner is told what became of its files; null: it is not.
  SourceFlow(FlowFacts facts, SourceSettings settings, SourceFiles& files, PluginRunner& runner,
             FlowParts parts, OutputFiles* receipts = nullptr);

  [[nodiscard]] Status recover(const std::stop_token& stop) override;

  // `again`: complete snapshots also when nothing changed. Stopped in between, the next pass goes on there.
  // [flow] Errors: also kNotFound, kDenied for the folder: nothing was deleted.
  [[nodiscard]] Status pass(bool again, Pass& pass, const std::stop_token& stop) override;

  // Why the last pass left a file of a partial source out. [flow]
  [[nodiscard]] const std::optional<Error>& not_opened() const override { return not_opened_; }

  // Refused is also what no framer would hand over. [flow]
  [[nodiscard]] Result<Decision> replay(const ParkedRecord& record, bool force,
                                        const std::stop_token& stop) override;

 private:
  [[nodiscard]] Result<std::vector<SeenFile>> settled_files(bool again, const std::stop_token& stop);
  [[nodiscard]] Status forget_gone(const Look& look, const std::stop_token& stop);
  [[nodiscard]] Result<std::set<std::int64_t>> scans_with_parked();
  [[nodiscard]] Status snapshot_again(Pass& pass, const std::stop_token& stop);
  [[nodiscard]] Result<bool> same_as_before();
  [[nodiscard]] Result<bool> opened_ahead(const SeenFile& file, const std::stop_token& stop);
  void go_on();
  [[nodiscard]] Status begin_scan(std::vector<SeenFile> files, const std::stop_token& stop);
  void take_up_scan();
  [[nodiscard]] Status read_files(Pass& pass, const std::stop_token& stop);
  [[nodiscard]] Status read_file(std::size_t number, Pass& pass, const std::stop_token& stop);
  [[nodiscard]] Status begin_receipt();
  [[nodiscard]] Status keep(FileReading& reading, Pass& pass, const std::stop_token& stop);
  [[nodiscard]] Status end_file(Framer& framer, std::size_t number, const std::stop_token& stop);
  [[nodiscard]] Status look_for_changes(const std::stop_token& stop);
  [[nodiscard]] Status end_scan(Pass& pass, const std::stop_token& stop);
  void remember_parked(std::int64_t records);
  [[nodiscard]] Status end_of_partial();
  [[nodiscard]] Status supersede(const std::vector<std::int64_t>& scans);
  [[nodiscard]] Status read_what_stands_there(bool again, Pass& pass, const std::stop_token& stop);
  void mend(bool other_log, SourceCommit& commit) override;
  void add_to(SourceCommit& commit) override;
  [[nodiscard]] AskingInput asking_again(const ParkedRecord& record,
                                         std::span<const Effect> effects) const override;
  [[nodiscard]] Status note_once(Remark remark, const std::string& place, const std::stop_token& stop);

  SourceSettings settings_;
  SourceFiles& files_;
  OutputFiles* receipts_;
  std::optional<Receipt> receipt_;  // of the file that is being read
  ScanCursor cursor_;
  ScanCursor kept_;   // as the store had it when the scan was taken up again: what ended before the restart
  KnownFiles known_;  // of a partial source; what changes goes with the next commit
  std::size_t gone_when_asked_ = 0;   // files of which something was parked, when the list was last looked at
  std::unique_ptr<ByteFile> opened_;  // of a partial source, the file that is read next
  std::optional<Error> not_opened_;
  std::map<std::string, SeenFile> cannot_open_;  // likewise, those that were told, by path
  bool file_changed_ = false;
  std::int64_t parked_again_ = 0;  // in the reading under way, see Settled
  std::set<std::string> told_;     // of looks, what has not passed since
};

}  // namespace raccordo
