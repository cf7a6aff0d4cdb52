// SPDX-License-Identifier: EUPL-1.2
// A ZIP archive in a ByteFile, and its parts as ByteFiles that are read from front to back.
#pragma once

#include <zip.h>

#include <memory>
#include <optional>
#include <string>

#include "core/framing/framer.hpp"

namespace raccordo {

// A part while it is inflated. Reading anywhere but where it stands is a bug.
class ZipPart final : public ByteFile {
 public:
  ZipPart(zip_file_t* file, std::string name, std::uint64_t size, std::uint64_t packed,
          const FramingLimits& limits, const std::optional<Error>& broken_below);

  // Errors: kTooLarge (it inflates to more than it should), kCorrupt, those of the archive's file.
  Result<std::size_t> read_at(std::uint64_t offset, std::span<char> buffer) const override;
  std::uint64_t size() const override { return size_; }
  const std::string& name() const override { return name_; }

  // Of the archive's bytes, about how many are behind us.
  [[nodiscard]] std::uint64_t packed_position() const;

 private:
  struct Close {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
  };

  std::unique_ptr<zip_file_t, Close> file_;
  std::string name_;
  std::uint64_t size_;
  std::uint64_t packed_;
  std::uint64_t max_bytes_;
  std::uint64_t max_ratio_;
  const std::optional<Error>& broken_below_;
  mutable std::uint64_t position_ = 0;
};

class ZipPackage {
 public:
  // `file` outlives it. Errors: kCorrupt, those of the file.
  [[nodiscard]] static Result<std::unique_ptr<ZipPackage>> open(const ByteFile& file,
                                                                const FramingLimits& limits);

  // Errors: kCorrupt (missing or broken), kDenied (encrypted), kTooLarge (by what its directory says).
  // Outlived by the package.
  [[nodiscard]] Result<std::unique_ptr<ZipPart>> part(const std::string& name);
  // A whole part of at most `limit` bytes. Errors: as `part` and its reads.
  [[nodiscard]] Result<std::string> text(const std::string& name, std::size_t limit);

  // What the archive's own file said, when it was that which failed.
  [[nodiscard]] const std::optional<Error>& broken_below() const { return broken_below_; }

 private:
  struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
  };
  ZipPackage(const ByteFile& file, const FramingLimits& limits) : file_(file), limits_(limits) {}

  static zip_int64_t serve(void* self, void* data, zip_uint64_t size, zip_source_cmd_t command);
  zip_int64_t answer(void* data, zip_uint64_t size, zip_source_cmd_t command);
  zip_int64_t read(void* data, zip_uint64_t size);
  zip_int64_t seek(void* data, zip_uint64_t size);
  zip_int64_t stat(void* data) const;

  const ByteFile& file_;
  FramingLimits limits_;
  std::uint64_t position_ = 0;
  zip_error_t source_error_{};
  std::optional<Error> broken_below_;
  std::unique_ptr<zip_t, Discard> archive_;
};

}  // namespace raccordo
