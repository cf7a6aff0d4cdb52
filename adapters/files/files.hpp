// SPDX-License-Identifier: EUPL-1.2
// Files on disks and shares that the machine has mounted: partners' files coming in, our files going out.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/ports/clock.hpp"
#include "core/ports/output_files.hpp"
#include "core/ports/source_files.hpp"
#include "core/ports/spool.hpp"

namespace raccordo::files {

// Watches what matches any of `patterns` ("in/rsa-*.csv"). `*`, `?` and `[a-z]` stand within one part of the
// path, also in folders; letters match as the file system writes them. The part before the first of them is
// the folder that must be there. Names that begin with "." or "~$" or end as programs name their unfinished
// files (.part .tmp .filepart .crdownload .partial ~) never match. A symbolic link counts as the file it
// leads to, if that lies in the same folder or below; links that lead outside are not seen. The caller gives
// paths that are right from where the process stands. Errors: kInvalid (a pattern that cannot match: the
// words say why). The folders are looked at later, by `look`.
[[nodiscard]] Result<std::unique_ptr<SourceFiles>> watch(const std::vector<std::string>& patterns);

struct OutputFolder {
  std::string folder;
  // {date} 2026-01-15, {time} 080000, {seq} the roll's number, {file} the name that the plugin gave, made
  // harmless.
  std::string name = "{file}";
  bool utc = false;  // else date and time are those of the machine's time zone, as people read them
  // Who writes: part of the names aside, so that several may write into one folder and each clears away its
  // own.
  std::string owner = {};
  bool make = true;  // the folder, where only its last part is missing
};

// The clock must outlive what is returned.
// Errors: kNotFound, kDenied: both name the folder; kInvalid (a template with an unknown part, or with a
// slash).
[[nodiscard]] Result<std::unique_ptr<OutputFiles>> write_to(OutputFolder folder, const Clock& clock);

// A folder of ours for what was fetched, made with those above it where they are missing, for the hub's user
// alone. Nobody else uses it at the same time. Errors: kNotFound, kDenied, kFull: all name the folder.
[[nodiscard]] Result<std::unique_ptr<Spool>> spool_in(std::string folder);

// Of the spools that lie in `folder`, removes those that are not named. Errors: kDenied, with the folder.
[[nodiscard]] Status keep_spools(const std::string& folder, const std::set<std::string>& named);

}  // namespace raccordo::files
