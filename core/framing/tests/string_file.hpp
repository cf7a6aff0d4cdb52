// SPDX-License-Identifier: EUPL-1.2
// Files made of memory, and a source that hands out its bytes in small pieces or fails.
#pragma once

#include <algorithm>
#include <cstring>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "core/framing/framer.hpp"

namespace raccordo {

class StringFile final : public ByteFile {
 public:
  explicit StringFile(std::string bytes, std::size_t piece = std::numeric_limits<std::size_t>::max())
      : bytes_(std::move(bytes)), piece_(piece) {}

  Result<std::size_t> read_at(std::uint64_t offset, std::span<char> buffer) const override {
    if (offset >= fails_from) return error(ErrorCode::kUnavailable, as_is("the share went away"));
    if (offset >= bytes_.size()) return std::size_t{0};
    const auto size = std::min({buffer.size(), piece_, bytes_.size() - static_cast<std::size_t>(offset)});
    std::memcpy(buffer.data(), bytes_.data() + offset, size);
    return size;
  }
  std::uint64_t size() const override { return bytes_.size(); }
  const std::string& name() const override { return name_; }
  std::string_view declared_encoding() const override { return declared; }

  std::string declared;  // by whoever sent it
  std::uint64_t fails_from = std::numeric_limits<std::uint64_t>::max();

 private:
  std::string bytes_;
  std::size_t piece_;
  std::string name_ = "file.test";
};

// One pattern again and again, without holding it: files of any size.
class RepeatedFile final : public ByteFile {
 public:
  RepeatedFile(std::string head, const std::string& pattern, std::uint64_t size)
      : head_(std::move(head)), size_(size) {
    while (pattern_.size() < 100'000) pattern_ += pattern;
  }
  Result<std::size_t> read_at(std::uint64_t offset, std::span<char> buffer) const override {
    if (offset >= size_) return std::size_t{0};
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), size_ - offset));
    for (std::size_t done = 0; done < size;) {
      const auto bytes = from(offset + done).substr(0, size - done);
      std::memcpy(buffer.data() + done, bytes.data(), bytes.size());
      done += bytes.size();
    }
    return size;
  }
  std::uint64_t size() const override { return size_; }
  const std::string& name() const override { return name_; }

 private:
  [[nodiscard]] std::string_view from(std::uint64_t i) const {
    if (i < head_.size()) return std::string_view(head_).substr(i);
    return std::string_view(pattern_).substr((i - head_.size()) % pattern_.size());
  }
  std::string head_;
  std::string pattern_;
  std::uint64_t size_;
  std::string name_ = "large.test";
};

// Everything a framer yields, made easy to compare.
struct Yield {
  struct Record {
    std::vector<std::string> fields;
    std::string original;
    Place place;
    bool operator==(const Record& other) const {
      return fields == other.fields && original == other.original && place.line == other.place.line &&
             place.offset == other.place.offset;
    }
  };
  std::vector<std::string> columns;
  std::vector<Record> records;
  std::vector<Malformed> malformed;
  std::vector<FramingFinding> findings;
  std::string context;
  std::string error;

  [[nodiscard]] std::vector<std::vector<std::string>> rows() const {
    std::vector<std::vector<std::string>> rows;
    for (const auto& record : records) rows.push_back(record.fields);
    return rows;
  }
  [[nodiscard]] std::vector<std::string> bodies() const {
    std::vector<std::string> bodies;
    for (const auto& record : records) bodies.push_back(record.fields.at(0));
    return bodies;
  }
  [[nodiscard]] std::vector<std::string> codes() const {
    std::vector<std::string> codes;
    for (const auto& one : malformed) codes.push_back(one.code);
    return codes;
  }
  [[nodiscard]] std::vector<std::string> finding_codes() const {
    std::vector<std::string> codes;
    for (const auto& one : findings) codes.push_back(one.code);
    return codes;
  }
};

inline void add_records(const InputBatch& batch, Yield& yield) {
  for (const auto& item : batch.items) {
    Yield::Record record;
    std::size_t at = item.first_byte;
    for (std::uint32_t i = 0; i < item.field_count; ++i) {
      const auto size = batch.sizes[item.first_field + i];
      record.fields.push_back(batch.bytes.substr(at, size));
      at += size;
    }
    record.original = std::string(batch.original_of(item));
    record.place = item.place;
    yield.records.push_back(std::move(record));
  }
}

inline Yield read_all(Framer& framer) {
  Yield yield;
  InputBatch batch;
  for (bool more = true; more;) {
    batch.clear();
    auto result = framer.read(batch, yield.malformed);
    add_records(batch, yield);
    if (!result.ok()) {
      yield.error = result.error().message.en;
      return yield;
    }
    more = *result;
  }
  yield.columns = batch.columns;
  yield.context = framer.context();
  yield.findings = framer.findings();
  return yield;
}

inline Yield read_all(const Framing& framing, const ByteFile& file, const FramingLimits& limits = {}) {
  auto framer = open_framer(framing, file, limits);
  if (!framer.ok()) {
    Yield yield;
    yield.error = framer.error().message.en;
    return yield;
  }
  return read_all(**framer);
}

}  // namespace raccordo
