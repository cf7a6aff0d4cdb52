// SPDX-License-Identifier: EUPL-1.2
// What a partial source remembers of its files: which were read whole, and of which something may be parked.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/ports/source_files.hpp"
#include "core/ports/store.hpp"

namespace raccordo {

// [flow]
class KnownFiles {
 public:
  struct ParkedOf {
    std::vector<std::int64_t> scans;  // that parked something of the file
    std::int64_t records = 0;         // of the file then
  };

  // As the store has them; what is no note of ours is left out.
  [[nodiscard]] static KnownFiles from(const std::map<std::string, std::string>& notes);

  // True when this very file was read whole.
  [[nodiscard]] bool has_read(const SeenFile& file) const;
  void note_read(const SeenFile& file);

  void note_parked(const std::string& path, std::int64_t scan, std::int64_t records);
  [[nodiscard]] std::optional<ParkedOf> take_parked(const std::string& path);

  // Forgets that files were read which are gone: those not found, if the nearest of their folders that was
  // listed has others in it or below. A folder with nothing in it may be a share that is not mounted, and one
  // that was not listed says nothing. What may be parked of a file is remembered though it is gone.
  void forget_gone(const Look& look);
  // Forgets what was parked by no scan of these.
  void keep_parked_by(const std::set<std::int64_t>& scans);
  void forget_all();

  // Of how many files that are gone something may be parked.
  [[nodiscard]] std::size_t gone_with_parked() const;

  [[nodiscard]] bool has_changes() const { return !changed_.empty(); }
  // What changed since the last call, to be committed.
  [[nodiscard]] std::vector<FileNote> take_changes();

 private:
  struct Known {
    std::optional<SeenFile> read;
    ParkedOf parked;
  };
  using Entry = std::map<std::string, Known>::iterator;
  Entry changed(Entry entry);

  std::map<std::string, Known> files_;  // by path
  std::set<std::string> changed_;
};

}  // namespace raccordo
