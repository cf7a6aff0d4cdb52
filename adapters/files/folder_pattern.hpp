// SPDX-License-Identifier: EUPL-1.2
// One pattern of a source: the folder that must be there, and what may vary below it.
#pragma once

#include <sys/stat.h>

#include <string>
#include <vector>

#include "adapters/files/descriptor.hpp"
#include "core/ports/source_files.hpp"

namespace raccordo::files {

// A file met on the way, whether it matches or not: what a rename brings later is known again by it.
struct MetFile {
  SeenFile seen;
  bool matches = false;
};

struct Met {
  std::vector<MetFile> files;
  std::vector<std::string> folders;  // that were listed
  std::vector<std::string> away;     // links that match and lead to nothing now
};

class FolderPattern {
 public:
  // Errors: kInvalid.
  [[nodiscard]] static Result<FolderPattern> parse(const std::string& pattern);

  // Adds the regular files of every folder that the pattern leads through to its last part.
  // Errors: kNotFound, kDenied, kUnavailable (with the folder), kTooLarge. [flow]
  [[nodiscard]] Status walk(Met& met) const;

  // Opens a path that `walk` gave: below the folder, through no symbolic link. None: not below this folder.
  [[nodiscard]] std::optional<Result<Descriptor>> open(const std::string& path) const;

 private:
  Status walk(const std::string& folder, const Descriptor& opened, std::size_t part, Met& met) const;
  Status enter(const std::string& folder, const Descriptor& parent, const char* name, std::size_t part,
               Met& met) const;
  void meet(const std::string& path, std::string_view name, const struct stat& found, Met& met) const;
  void follow(const std::string& path, std::string_view name, Met& met) const;

  std::string root_;  // as it was written
  std::vector<std::string>
      parts_;  // folders and, last, the name; the first has a wildcard unless it is the name
};

[[nodiscard]] SeenFile seen_file(std::string path, const struct stat& found);

}  // namespace raccordo::files
