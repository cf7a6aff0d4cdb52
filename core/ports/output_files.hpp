// SPDX-License-Identifier: EUPL-1.2
// Where a connector's outgoing files are written: aside first, under their final name once complete.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "raccordo/model/result.hpp"

namespace raccordo {

// One file being written aside. One owner. [flow]
class OutputFile {
 public:
  virtual ~OutputFile() = default;

  // Errors: kFull, kDenied, kUnavailable.
  [[nodiscard]] virtual Status append(std::string_view bytes) = 0;
  // Everything appended survives a power loss once this returns. Nothing can be appended behind it.
  [[nodiscard]] virtual Status finish() = 0;
  // The name aside, relative to the folder.
  [[nodiscard]] virtual const std::string& temporary() const = 0;
};

class OutputFiles {
 public:
  virtual ~OutputFiles() = default;

  // A new file aside, named so that nobody takes it for a finished one.
  [[nodiscard]] virtual Result<std::unique_ptr<OutputFile>> create() = 0;

  // A final name from the template that no file has: {date} {time} {file} {seq}. `file` is the name the plugin gave.
  [[nodiscard]] virtual Result<std::string> name(std::string_view file, std::int64_t sequence) = 0;

  // Renames, and makes the rename durable. Never overwrites: kConflict when the name is taken by another file.
  // Done already (the temporary is gone, the final is there): ok.
  [[nodiscard]] virtual Status publish(const std::string& temporary, const std::string& final_name) = 0;

  // Removes what earlier runs left aside, but for `keep`.
  [[nodiscard]] virtual Status clean(std::span<const std::string> keep) = 0;
};

}  // namespace raccordo
