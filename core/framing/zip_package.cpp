// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/zip_package.hpp"

#include <algorithm>
#include <cassert>

#include "core/framing/window.hpp"

namespace raccordo {
namespace {

constexpr std::uint64_t kHarmless = 16u << 20;  // below this no ratio is asked for

Error corrupt(const std::string& what) {
  return error(ErrorCode::kCorrupt,
               say("l'archivio è rotto o incompleto ({})", "the archive is broken or incomplete ({})", what));
}

Error inflates_too_much(const std::string& part) {
  return error(ErrorCode::kTooLarge, say("{} si espande oltre i limiti: potrebbe essere una bomba zip",
                                         "{} inflates beyond the limits: it may be a zip bomb", part));
}

bool too_much(std::uint64_t size, std::uint64_t packed, std::uint64_t max_bytes, std::uint64_t max_ratio) {
  return size > max_bytes || (size > kHarmless && size / std::max<std::uint64_t>(packed, 1) > max_ratio);
}

}  // namespace

ZipPart::ZipPart(zip_file_t* file, std::string name, std::uint64_t size, std::uint64_t packed,
                 const FramingLimits& limits, const std::optional<Error>& broken_below)
    : file_(file),
      name_(std::move(name)),
      size_(size),
      packed_(packed),
      max_bytes_(limits.max_inflated_bytes),
      max_ratio_(limits.max_inflate_ratio),
      broken_below_(broken_below) {}

Result<std::size_t> ZipPart::read_at(std::uint64_t offset, std::span<char> buffer) const {
  assert(offset == position_);
  if (offset != position_) return error(ErrorCode::kBug, as_is("a part is read from front to back"));
  const auto got = zip_fread(file_.get(), buffer.data(), buffer.size());
  if (got < 0) return broken_below_ ? *broken_below_ : corrupt(name_);
  position_ += static_cast<std::uint64_t>(got);
  if (too_much(position_, packed_, max_bytes_, max_ratio_)) return inflates_too_much(name_);
  return static_cast<std::size_t>(got);
}

std::uint64_t ZipPart::packed_position() const {
  if (size_ == 0) return 0;
  return static_cast<std::uint64_t>(static_cast<double>(position_) / static_cast<double>(size_) *
                                    static_cast<double>(packed_));
}

Result<std::unique_ptr<ZipPackage>> ZipPackage::open(const ByteFile& file, const FramingLimits& limits) {
  std::unique_ptr<ZipPackage> package(new ZipPackage(file, limits));
  zip_error_t failed;
  zip_error_init(&failed);
  zip_error_init(&package->source_error_);
  zip_source_t* const source = zip_source_function_create(&ZipPackage::serve, package.get(), &failed);
  if (source == nullptr) return corrupt(zip_error_strerror(&failed));
  package->archive_.reset(zip_open_from_source(source, ZIP_RDONLY, &failed));
  if (package->archive_) return package;
  zip_source_free(source);
  if (package->broken_below_) return *package->broken_below_;
  std::string words = zip_error_strerror(&failed);
  zip_error_fini(&failed);
  return corrupt(words);
}

Result<std::unique_ptr<ZipPart>> ZipPackage::part(const std::string& name) {
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_stat(archive_.get(), name.c_str(), ZIP_FL_NOCASE, &stat) != 0)
    return error(ErrorCode::kCorrupt, say("{} manca nell'archivio", "{} is missing in the archive", name));
  if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
    return error(ErrorCode::kDenied, say("{} è cifrato", "{} is encrypted", name));
  if (too_much(stat.size, stat.comp_size, limits_.max_inflated_bytes, limits_.max_inflate_ratio))
    return inflates_too_much(name);
  zip_file_t* const opened = zip_fopen_index(archive_.get(), stat.index, 0);
  if (opened == nullptr) return broken_below_ ? *broken_below_ : corrupt(name);
  return std::make_unique<ZipPart>(opened, name, stat.size, stat.comp_size, limits_, broken_below_);
}

Result<std::string> ZipPackage::text(const std::string& name, std::size_t limit) {
  RACCORDO_TRY(const auto part, this->part(name));
  std::string text;
  for (std::size_t size = 0;;) {
    text.resize(size + room_for(*part, size, 64u << 10));
    RACCORDO_TRY(const std::size_t got, part->read_at(size, std::span(text).subspan(size)));
    size += got;
    text.resize(size);
    if (got == 0) return text;
    if (size > limit) return inflates_too_much(name);
  }
}

zip_int64_t ZipPackage::serve(void* self, void* data, zip_uint64_t size, zip_source_cmd_t command) {
  return static_cast<ZipPackage*>(self)->answer(data, size, command);
}

zip_int64_t ZipPackage::answer(void* data, zip_uint64_t size, zip_source_cmd_t command) {
  switch (command) {
    case ZIP_SOURCE_OPEN:
      position_ = 0;
      return 0;
    case ZIP_SOURCE_READ:
      return read(data, size);
    case ZIP_SOURCE_SEEK:
      return seek(data, size);
    case ZIP_SOURCE_TELL:
      return static_cast<zip_int64_t>(position_);
    case ZIP_SOURCE_STAT:
      return stat(data);
    case ZIP_SOURCE_ERROR:
      return zip_error_to_data(&source_error_, data, size);
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE:
      return 0;
    case ZIP_SOURCE_SUPPORTS:
      return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
                                            ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE,
                                            ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, -1);
    default:
      zip_error_set(&source_error_, ZIP_ER_OPNOTSUPP, 0);
      return -1;
  }
}

zip_int64_t ZipPackage::read(void* data, zip_uint64_t size) {
  auto got = file_.read_at(position_, std::span(static_cast<char*>(data), size));
  if (!got.ok()) {
    broken_below_ = std::move(got).error();
    zip_error_set(&source_error_, ZIP_ER_READ, 0);
    return -1;
  }
  position_ += *got;
  return static_cast<zip_int64_t>(*got);
}

zip_int64_t ZipPackage::seek(void* data, zip_uint64_t size) {
  const auto to = zip_source_seek_compute_offset(position_, file_.size(), data, size, &source_error_);
  if (to < 0) return -1;
  position_ = static_cast<std::uint64_t>(to);
  return 0;
}

zip_int64_t ZipPackage::stat(void* data) const {
  auto* const stat = static_cast<zip_stat_t*>(data);
  zip_stat_init(stat);
  stat->size = file_.size();
  stat->valid = ZIP_STAT_SIZE;
  return sizeof(zip_stat_t);
}

}  // namespace raccordo
