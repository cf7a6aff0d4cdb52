// SPDX-License-Identifier: EUPL-1.2
// A file that is open, as bytes at any position.
#pragma once

#include <string>

#include "adapters/files/descriptor.hpp"
#include "core/ports/byte_file.hpp"

namespace raccordo::files {

class OpenedFile final : public ByteFile {
 public:
  // `path` is for messages; its last part is the file's name.
  OpenedFile(Descriptor file, std::uint64_t size, std::string path);

  [[nodiscard]] Result<std::size_t> read_at(std::uint64_t offset, std::span<char> buffer) const override;
  [[nodiscard]] std::uint64_t size() const override { return size_; }
  [[nodiscard]] const std::string& name() const override { return name_; }

 private:
  Descriptor file_;
  std::uint64_t size_;
  std::string path_;
  std::string name_;
};

}  // namespace raccordo::files
