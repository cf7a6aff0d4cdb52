// SPDX-License-Identifier: EUPL-1.2
// The hub's data folder and its lock: whoever holds it is the only process that opens the files inside.
#pragma once

#include <filesystem>

#include "adapters/control/descriptor.hpp"
#include "core/ports/clock.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo {

// A folder that this process owns until the object goes. The kernel lets go of the lock with the process,
// however it ends; the lock never crosses an exec.
class DataFolder {
 public:
  // Makes the folder (0750) if it is missing and takes its lock without waiting. [control]
  // Errors: kConflict (somebody else holds it: who, since when, what to do), kDenied, kFull,
  // kUnavailable (the file system knows no locks), kInvalid (there is something else under that name).
  [[nodiscard]] static Result<DataFolder> take(const std::filesystem::path& folder, const Clock& clock);

  DataFolder(DataFolder&&) = default;
  DataFolder& operator=(DataFolder&&) = default;
  ~DataFolder();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path control_socket() const;

 private:
  DataFolder(std::filesystem::path path, Descriptor lock) : path_(std::move(path)), lock_(std::move(lock)) {}

  std::filesystem::path path_;
  Descriptor lock_;
};

// Where the holder of `folder` listens.
[[nodiscard]] std::filesystem::path control_socket_of(const std::filesystem::path& folder);

}  // namespace raccordo
