// SPDX-License-Identifier: EUPL-1.2
// A file on this machine, read at any position.
#pragma once

#include <string>

#include "core/ports/byte_file.hpp"

namespace raccordo::mapping_trial {

class WholeFile final : public ByteFile {
 public:
  // Errors: kNotFound, kDenied.
  [[nodiscard]] static Result<WholeFile> open(const std::string& path);
  WholeFile(WholeFile&& other) noexcept;
  WholeFile& operator=(WholeFile&&) = delete;
  ~WholeFile() override;

  [[nodiscard]] Result<std::size_t> read_at(std::uint64_t offset, std::span<char> buffer) const override;
  [[nodiscard]] std::uint64_t size() const override { return size_; }
  [[nodiscard]] const std::string& name() const override { return name_; }

 private:
  WholeFile(int descriptor, std::uint64_t size, std::string path);

  int descriptor_;
  std::uint64_t size_;
  std::string path_;
  std::string name_;
};

// All of it; files that a person wrote by hand.
[[nodiscard]] Result<std::string> content_of(const std::string& path);

}  // namespace raccordo::mapping_trial
