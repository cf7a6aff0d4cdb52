// SPDX-License-Identifier: EUPL-1.2
#include "core/ports/testing/memory_files.hpp"

#include <algorithm>

#include "core/ports/testing/memory_byte_file.hpp"

namespace raccordo::testing {

void MemorySourceFiles::put(const std::string& path, std::string bytes) {
  ++changes_;
  if (const auto slash = path.rfind('/'); slash != std::string::npos) folders_.insert(path.substr(0, slash));
  files_[path] = {std::move(bytes), changes_, static_cast<std::uint64_t>(changes_)};
}

void MemorySourceFiles::append(const std::string& path, std::string_view bytes) {
  auto& file = files_[path];
  file.bytes += bytes;
  file.modified_ns = ++changes_;
}

void MemorySourceFiles::rename(const std::string& from, const std::string& to) {
  auto moved = files_.extract(from);
  if (moved.empty()) return;
  files_.erase(to);
  moved.key() = to;
  files_.insert(std::move(moved));
}

Result<Look> MemorySourceFiles::look(const std::stop_token&) {
  Look look;
  std::set<SeenFile> now;
  for (const auto& [path, file] : files_) {
    const auto nameless = seen("", file);
    now.insert(nameless);
    (before_.contains(nameless) ? look.settled : look.unsettled).push_back(seen(path, file));
  }
  before_ = std::move(now);
  look.folders.assign(folders_.begin(), folders_.end());
  return look;
}

Result<std::unique_ptr<ByteFile>> MemorySourceFiles::open(const SeenFile& file) {
  const auto found = files_.find(file.path);
  if (found == files_.end())
    return error(ErrorCode::kNotFound, say("{}: il file non c'è più", "{}: the file is gone", file.path));
  if (seen(found->first, found->second) != file)
    return error(ErrorCode::kConflict, say("{}: il file è cambiato", "{}: the file changed", file.path));
  auto name = file.path.substr(file.path.rfind('/') + 1);
  return std::unique_ptr<ByteFile>(std::make_unique<MemoryByteFile>(std::move(name), found->second.bytes));
}

Result<bool> MemorySourceFiles::unchanged(const SeenFile& file) {
  const auto found = files_.find(file.path);
  return found != files_.end() && seen(found->first, found->second) == file;
}

class MemoryOutputFiles::Aside final : public OutputFile {
 public:
  Aside(MemoryOutputFiles& folder, std::string name) : folder_(folder), name_(std::move(name)) {}

  Status append(std::string_view bytes) override {
    if (finished_) return error(ErrorCode::kBug, say("il file è finito", "the file is finished"));
    bytes_ += bytes;
    return done();
  }
  Status finish() override {
    if (!finished_) folder_.aside_[name_] = bytes_;
    finished_ = true;
    return done();
  }
  [[nodiscard]] const std::string& temporary() const override { return name_; }

 private:
  MemoryOutputFiles& folder_;
  std::string name_;
  std::string bytes_;
  bool finished_ = false;
};

Result<std::unique_ptr<OutputFile>> MemoryOutputFiles::create() {
  return std::unique_ptr<OutputFile>(
      std::make_unique<Aside>(*this, fmt::format(".raccordo-{}.part", ++made_)));
}

Result<std::string> MemoryOutputFiles::name(std::string_view file, std::int64_t sequence) {
  for (auto number = sequence;; ++number) {
    auto name = fmt::format("{}-{}", file, number);
    if (!published_.contains(name)) return name;
  }
}

Status MemoryOutputFiles::publish(const std::string& temporary, const std::string& final_name) {
  const auto aside = aside_.find(temporary);
  if (aside == aside_.end()) {
    if (published_.contains(final_name)) return done();
    return error(ErrorCode::kNotFound, say("{}: il file non c'è più", "{}: the file is gone", temporary));
  }
  if (published_.contains(final_name))
    return error(ErrorCode::kConflict, say("{}: il nome è già di un altro file",
                                           "{}: the name is another file's already", final_name));
  published_[final_name] = std::move(aside->second);
  aside_.erase(aside);
  return done();
}

Status MemoryOutputFiles::clean(std::span<const std::string> keep) {
  std::erase_if(aside_, [&](const auto& file) {
    return std::find(keep.begin(), keep.end(), file.first) == keep.end();
  });
  return done();
}

}  // namespace raccordo::testing
