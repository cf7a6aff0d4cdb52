// SPDX-License-Identifier: EUPL-1.2
// Where a connector's incoming files are seen: a folder, later a server.
#pragma once

#include <compare>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/ports/byte_file.hpp"

namespace raccordo {

// One file as it stood at one look. Two equal values are taken for the same content.
struct SeenFile {
  std::string path;  // as it is opened
  std::uint64_t size = 0;
  std::int64_t modified_ns = 0;
  std::uint64_t inode = 0;

  friend auto operator<=>(const SeenFile&, const SeenFile&) = default;
};

// Without its folder.
[[nodiscard]] inline std::string name_of(const SeenFile& file) {
  return file.path.substr(file.path.rfind('/') + 1);
}

// What one look found.
struct Look {
  std::vector<SeenFile> settled;     // complete as far as can be told: sorted by path
  std::vector<SeenFile> unsettled;   // still being written, or seen for the first time: sorted by path
  std::vector<std::string> folders;  // that were listed, also where nothing was found: a file's path up to a slash
};

class SourceFiles {
 public:
  virtual ~SourceFiles() = default;

  // A file is settled when its size and time stood still since the look before, under this or another name (a
  // rename brought it). So the first look settles nothing. The caller decides the time between looks. [flow]
  // Errors: kNotFound (no such folder), kDenied: both name the folder. kUnavailable, also when it was stopped.
  [[nodiscard]] virtual Result<Look> look(const std::stop_token& stop = {}) = 0;

  // Errors as above; kConflict when it is no longer the file that was seen.
  [[nodiscard]] virtual Result<std::unique_ptr<ByteFile>> open(const SeenFile& file) = 0;

  // Whether it still is what was seen: asked after the last byte was read.
  [[nodiscard]] virtual Result<bool> unchanged(const SeenFile& file) = 0;
};

}  // namespace raccordo
