// SPDX-License-Identifier: EUPL-1.2
// A spool in memory. What it holds belongs to the test, so that a second spool finds it as after a restart.
#pragma once

#include <functional>
#include <map>

#include "core/ports/spool.hpp"
#include "core/ports/testing/memory_byte_file.hpp"

namespace raccordo::testing {

struct SpooledBytes {
  Spooled kept;
  std::string bytes;
};

using MemorySpoolContent = std::map<std::string, SpooledBytes>;

class MemorySpool final : public Spool {
 public:
  explicit MemorySpool(MemorySpoolContent& content) : content_(content) {}

  Result<std::unique_ptr<SpoolWriter>> write(const std::string& name) override {
    return std::unique_ptr<SpoolWriter>(std::make_unique<Writer>(content_, name));
  }
  Result<std::optional<Spooled>> find(const std::string& name) override {
    const auto found = content_.find(name);
    if (found == content_.end() || hash_of(found->second.bytes) != found->second.kept.hash)
      return std::optional<Spooled>{};
    return std::optional(found->second.kept);
  }
  Result<std::unique_ptr<ByteFile>> open(const std::string& name, std::string shown) override {
    const auto found = content_.find(name);
    if (found == content_.end()) return error(ErrorCode::kNotFound, as_is(name));
    return std::unique_ptr<ByteFile>(
        std::make_unique<MemoryByteFile>(shown.substr(shown.rfind('/') + 1), found->second.bytes));
  }
  Status keep_only(const std::vector<std::string>& names) override {
    std::erase_if(content_, [&](const auto& one) {
      return std::find(names.begin(), names.end(), one.first) == names.end();
    });
    return done();
  }

 private:
  static std::uint64_t hash_of(const std::string& bytes) { return std::hash<std::string>{}(bytes); }

  class Writer final : public SpoolWriter {
   public:
    Writer(MemorySpoolContent& content, std::string name) : content_(content), name_(std::move(name)) {}
    Status append(std::string_view bytes) override {
      bytes_ += bytes;
      return done();
    }
    Result<Spooled> keep(std::string note) override {
      const Spooled kept{bytes_.size(), hash_of(bytes_), std::move(note)};
      content_[name_] = {kept, bytes_};
      return kept;
    }

   private:
    MemorySpoolContent& content_;
    std::string name_;
    std::string bytes_;
  };

  MemorySpoolContent& content_;
};

}  // namespace raccordo::testing
