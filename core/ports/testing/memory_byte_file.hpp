// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <algorithm>
#include <string>
#include <utility>

#include "core/ports/byte_file.hpp"
#include "core/ports/testing/faults.hpp"

namespace raccordo::testing {

class MemoryByteFile final : public ByteFile {
 public:
  MemoryByteFile(std::string name, std::string bytes) : name_(std::move(name)), bytes_(std::move(bytes)) {}

  Result<std::size_t> read_at(std::uint64_t offset, std::span<char> buffer) const override {
    if (offset >= bytes_.size()) return std::size_t{0};
    return bytes_.copy(buffer.data(), buffer.size(), offset);
  }
  [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }
  [[nodiscard]] const std::string& name() const override { return name_; }

 private:
  std::string name_;
  std::string bytes_;
};

// Fails as planned: "read_at". Gives at most `most` bytes at a time, as files on a network do.
class FaultyByteFile final : public ByteFile {
 public:
  explicit FaultyByteFile(const ByteFile& inner, std::size_t most = SIZE_MAX) : inner_(inner), most_(most) {}

  mutable Faults faults;

  Result<std::size_t> read_at(std::uint64_t offset, std::span<char> buffer) const override {
    return faults.through(
        "read_at", [&] { return inner_.read_at(offset, buffer.first(std::min(buffer.size(), most_))); });
  }
  [[nodiscard]] std::uint64_t size() const override { return inner_.size(); }
  [[nodiscard]] const std::string& name() const override { return inner_.name(); }

 private:
  const ByteFile& inner_;
  std::size_t most_;
};

}  // namespace raccordo::testing
