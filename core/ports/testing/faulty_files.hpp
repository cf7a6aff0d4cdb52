// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <utility>

#include "core/ports/output_files.hpp"
#include "core/ports/source_files.hpp"
#include "core/ports/testing/faults.hpp"

namespace raccordo::testing {

// Fails as planned: "look", "open", "unchanged"; and "read_at" of every file it opened.
class FaultySourceFiles final : public SourceFiles {
 public:
  explicit FaultySourceFiles(SourceFiles& inner) : inner_(inner) {}

  Faults faults;

  Result<Look> look(const std::stop_token& stop = {}) override {
    return faults.through("look", [&] { return inner_.look(stop); });
  }
  Result<std::unique_ptr<ByteFile>> open(const SeenFile& file) override {
    auto opened = faults.through("open", [&] { return inner_.open(file); });
    if (!opened.ok()) return opened;
    return std::unique_ptr<ByteFile>(std::make_unique<Opened>(std::move(*opened), faults));
  }
  Result<bool> unchanged(const SeenFile& file) override {
    return faults.through("unchanged", [&] { return inner_.unchanged(file); });
  }

 private:
  class Opened final : public ByteFile {
   public:
    Opened(std::unique_ptr<ByteFile> inner, Faults& faults) : inner_(std::move(inner)), faults_(faults) {}
    Result<std::size_t> read_at(std::uint64_t offset, std::span<char> buffer) const override {
      return faults_.through("read_at", [&] { return inner_->read_at(offset, buffer); });
    }
    [[nodiscard]] std::uint64_t size() const override { return inner_->size(); }
    [[nodiscard]] const std::string& name() const override { return inner_->name(); }

   private:
    std::unique_ptr<ByteFile> inner_;
    Faults& faults_;
  };

  SourceFiles& inner_;
};

// Fails as planned: "create", "name", "publish", "clean"; and "append" and "finish" of every file it made. A
// publish that fails with When::kAfter has renamed the file, though its caller was told otherwise.
class FaultyOutputFiles final : public OutputFiles {
 public:
  explicit FaultyOutputFiles(OutputFiles& inner) : inner_(inner) {}

  Faults faults;

  Result<std::unique_ptr<OutputFile>> create() override {
    auto made = faults.through("create", [&] { return inner_.create(); });
    if (!made.ok()) return made;
    return std::unique_ptr<OutputFile>(std::make_unique<Made>(std::move(*made), faults));
  }
  Result<std::string> name(std::string_view file, std::int64_t sequence) override {
    return faults.through("name", [&] { return inner_.name(file, sequence); });
  }
  Status publish(const std::string& temporary, const std::string& final_name) override {
    return faults.through("publish", [&] { return inner_.publish(temporary, final_name); });
  }
  Status clean(std::span<const std::string> keep) override {
    return faults.through("clean", [&] { return inner_.clean(keep); });
  }

 private:
  class Made final : public OutputFile {
   public:
    Made(std::unique_ptr<OutputFile> inner, Faults& faults) : inner_(std::move(inner)), faults_(faults) {}
    Status append(std::string_view bytes) override {
      return faults_.through("append", [&] { return inner_->append(bytes); });
    }
    Status finish() override {
      return faults_.through("finish", [&] { return inner_->finish(); });
    }
    [[nodiscard]] const std::string& temporary() const override { return inner_->temporary(); }

   private:
    std::unique_ptr<OutputFile> inner_;
    Faults& faults_;
  };

  OutputFiles& inner_;
};

}  // namespace raccordo::testing
