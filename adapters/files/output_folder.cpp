// SPDX-License-Identifier: EUPL-1.2
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>

#include "adapters/files/descriptor.hpp"
#include "adapters/files/failure.hpp"
#include "core/ports/file_name.hpp"
#include "adapters/files/files.hpp"
#include "raccordo/model/uuid.hpp"

namespace raccordo::files {
namespace {

constexpr std::string_view kAsideStart = ".raccordo-";
constexpr std::string_view kAsideEnd = ".part";
constexpr std::size_t kAsideNumber = 8;  // hexadecimal digits between owner and end
constexpr std::size_t kBufferBytes = 256u << 10;
constexpr int kMaxNames = 100'000;

// Takes what is appended whole or not at all, so that an append that found the disk full can be tried again.
class FileAside final : public OutputFile {
 public:
  FileAside(Descriptor folder, Descriptor file, std::string folder_name, std::string name)
      : folder_(std::move(folder)),
        file_(std::move(file)),
        folder_name_(std::move(folder_name)),
        name_(std::move(name)) {}
  FileAside(FileAside&&) = delete;
  FileAside& operator=(FileAside&&) = delete;
  // What was never finished is of no use to anyone.
  ~FileAside() override {
    if (!finished_) ::unlinkat(folder_.number(), name_.c_str(), 0);
  }

  Status append(std::string_view bytes) override {
    RACCORDO_CHECK(usable());
    if (buffer_.size() + bytes.size() > kBufferBytes) RACCORDO_CHECK(flush());
    buffer_ += bytes;
    return done();
  }

  Status finish() override {
    if (finished_) return done();
    RACCORDO_CHECK(usable());
    RACCORDO_CHECK(flush());
    if (::fdatasync(file_.number()) != 0) {
      // Linux forgets pages that it could not write: what the file holds now is anyone's guess.
      spoilt_ = true;
      return file_failure(path(), errno);
    }
    finished_ = true;
    return done();
  }

  [[nodiscard]] const std::string& temporary() const override { return name_; }

 private:
  [[nodiscard]] std::string path() const { return folder_name_ + "/" + name_; }

  Status usable() const {
    if (spoilt_)
      return error(ErrorCode::kUnavailable, say("{}: scrittura fallita", "{}: writing failed", path()),
                   say("si ricomincia con un file nuovo", "it is started again with a new file"));
    if (finished_)
      return error(ErrorCode::kBug, say("{}: il file è finito", "{}: the file is finished", path()));
    return done();
  }

  Status flush() {
    std::string_view rest = buffer_;
    int reason = 0;
    while (!rest.empty() && reason == 0) {
      const auto n = ::pwrite(file_.number(), rest.data(), rest.size(), static_cast<off_t>(written_));
      if (n >= 0) {
        written_ += static_cast<std::uint64_t>(n);
        rest.remove_prefix(static_cast<std::size_t>(n));
      } else if (errno != EINTR) {
        reason = errno;
      }
    }
    buffer_.erase(0, buffer_.size() - rest.size());
    if (reason != 0) return file_failure(path(), reason);
    return done();
  }

  Descriptor folder_;
  Descriptor file_;
  std::string folder_name_;
  std::string name_;
  std::string buffer_;
  std::uint64_t written_ = 0;
  bool finished_ = false;
  bool spoilt_ = false;
};

Error taken(const std::string& path) {
  return error(ErrorCode::kConflict,
               say("{}: il nome è già di un altro file", "{}: the name is another file's already", path),
               say("non si sovrascrive niente: si sceglie un altro nome",
                   "nothing is overwritten: another name is chosen"));
}

// A share that is not mounted, or a partner who took the file in the moment before a crash: only a person can
// tell, and to guess wrong would lose it or bring it twice.
Error neither(const std::string& aside, const std::string& final_path) {
  return error(
      ErrorCode::kNotFound,
      say("{}: il file finito non c'è, né come {}", "{}: the finished file is not there, nor is {}", aside,
          final_path),
      say("montare di nuovo la condivisione; se invece il partner l'ha già preso, creare un file vuoto con "
          "quel nome: la consegna prosegue",
          "mount the share again; if the partner has taken it already, make an empty file of that "
          "name: the delivery goes on"));
}

class WrittenFolder final : public OutputFiles {
 public:
  WrittenFolder(OutputFolder settings, const Clock& clock)
      : settings_(std::move(settings)),
        aside_(std::string(kAsideStart) + settings_.owner + (settings_.owner.empty() ? "" : "-")),
        clock_(clock) {}

  // Before each piece of work: a share may have been mounted anew, a folder made again.
  Status open();

  Result<std::unique_ptr<OutputFile>> create() override;
  Result<std::string> name(std::string_view file, std::int64_t sequence) override;
  Status publish(const std::string& temporary, const std::string& final_name) override;
  Status clean(std::span<const std::string> keep) override;

 private:
  [[nodiscard]] std::string path(const std::string& name) const { return settings_.folder + "/" + name; }
  [[nodiscard]] bool is_aside(std::string_view name) const {
    return name.size() == aside_.size() + kAsideNumber + kAsideEnd.size() && name.starts_with(aside_) &&
           name.ends_with(kAsideEnd);
  }
  [[nodiscard]] std::optional<struct stat> find(const std::string& name) const;
  Status rename(const std::string& temporary, const std::string& final_name);
  Status link(const std::string& temporary, const std::string& final_name);
  Status settle_taken(const std::string& temporary, const std::string& final_name);
  Status synchronise();

  OutputFolder settings_;
  std::string aside_;  // how our names aside begin
  Descriptor folder_;
  const Clock& clock_;
};

std::optional<struct stat> WrittenFolder::find(const std::string& name) const {
  struct stat found {};
  if (::fstatat(folder_.number(), name.c_str(), &found, AT_SYMLINK_NOFOLLOW) != 0) return std::nullopt;
  return found;
}

Status WrittenFolder::open() {
  Descriptor opened(::open(settings_.folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.open()) return folder_failure(settings_.folder, errno);
  folder_ = std::move(opened);
  return done();
}

Result<std::unique_ptr<OutputFile>> WrittenFolder::create() {
  RACCORDO_CHECK(open());
  for (int attempt = 0;; ++attempt) {
    auto name = fmt::format("{}{:.{}}{}", aside_, Uuid::random().text(), kAsideNumber, kAsideEnd);
    Descriptor file(
        ::openat(folder_.number(), name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0640));
    if (file.open()) {
      Descriptor folder(::fcntl(folder_.number(), F_DUPFD_CLOEXEC, 0));
      return std::unique_ptr<OutputFile>(
          std::make_unique<FileAside>(std::move(folder), std::move(file), settings_.folder, std::move(name)));
    }
    if (errno != EEXIST || attempt == 100) return folder_failure(settings_.folder, errno);
  }
}

Result<std::string> WrittenFolder::name(std::string_view file, std::int64_t sequence) {
  RACCORDO_CHECK(open());
  const bool has_sequence = settings_.name.find("{seq}") != std::string::npos;
  const auto now = clock_.now();
  const auto plain = expand(settings_.name, {file, sequence, now, settings_.utc});
  if (!find(plain)) return plain;
  for (std::int64_t next = sequence; next < sequence + kMaxNames; ++next) {
    auto other =
        has_sequence ? expand(settings_.name, {file, next, now, settings_.utc}) : numbered(plain, next);
    if (!find(other)) return other;
  }
  return taken(path(plain));
}

Status WrittenFolder::publish(const std::string& temporary, const std::string& final_name) {
  for (const auto* name : {&temporary, &final_name})
    if (name->empty() || name->find('/') != std::string::npos)
      return error(ErrorCode::kInvalid, say("\"{}\" non è un nome di file", "\"{}\" is no file name", *name));
  RACCORDO_CHECK(open());
  if (!find(temporary)) {
    if (!find(final_name)) return neither(path(temporary), path(final_name));
    return synchronise();  // renamed already, perhaps just before the power went
  }
  RACCORDO_CHECK(rename(temporary, final_name));
  return synchronise();
}

Status WrittenFolder::rename(const std::string& temporary, const std::string& final_name) {
  if (::renameat2(folder_.number(), temporary.c_str(), folder_.number(), final_name.c_str(),
                  RENAME_NOREPLACE) == 0)
    return done();
  if (errno == EEXIST) return settle_taken(temporary, final_name);
  // Some file systems (NFS) cannot rename without replacing.
  if (errno == EINVAL || errno == ENOSYS) return link(temporary, final_name);
  return folder_failure(settings_.folder, errno);
}

Status WrittenFolder::link(const std::string& temporary, const std::string& final_name) {
  if (::linkat(folder_.number(), temporary.c_str(), folder_.number(), final_name.c_str(), 0) != 0) {
    if (errno == EEXIST) return settle_taken(temporary, final_name);
    return folder_failure(settings_.folder, errno);
  }
  if (::unlinkat(folder_.number(), temporary.c_str(), 0) != 0) return folder_failure(settings_.folder, errno);
  return done();
}

// Both names on one file: an earlier `link` was interrupted between its two steps.
Status WrittenFolder::settle_taken(const std::string& temporary, const std::string& final_name) {
  const auto ours = find(temporary);
  const auto there = find(final_name);
  if (!ours || !there || ours->st_ino != there->st_ino || ours->st_dev != there->st_dev)
    return taken(path(final_name));
  if (::unlinkat(folder_.number(), temporary.c_str(), 0) != 0) return folder_failure(settings_.folder, errno);
  return done();
}

Status WrittenFolder::synchronise() {
  // File systems that cannot synchronise a folder say EINVAL: their renames are as durable as they get.
  if (::fsync(folder_.number()) != 0 && errno != EINVAL) return folder_failure(settings_.folder, errno);
  return done();
}

Status WrittenFolder::clean(std::span<const std::string> keep) {
  RACCORDO_CHECK(open());
  Descriptor copy(::openat(folder_.number(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(copy.open() ? ::fdopendir(copy.number()) : nullptr,
                                                    ::closedir);
  if (!entries) return folder_failure(settings_.folder, errno);
  (void)copy.release();  // the stream closes it
  while (const auto* const entry = ::readdir(entries.get())) {
    const std::string name = entry->d_name;
    if (!is_aside(name) || std::find(keep.begin(), keep.end(), name) != keep.end()) continue;
    if (::unlinkat(folder_.number(), name.c_str(), 0) != 0 && errno != ENOENT)
      return file_failure(path(name), errno);
  }
  return done();
}

}  // namespace

Result<std::unique_ptr<OutputFiles>> write_to(OutputFolder folder, const Clock& clock) {
  RACCORDO_CHECK(check_template(folder.name));
  if (folder.make && ::mkdir(folder.folder.c_str(), 0750) != 0 && errno != EEXIST)
    return folder_failure(folder.folder, errno);
  if (::access(folder.folder.c_str(), W_OK | X_OK) != 0) return folder_failure(folder.folder, errno);
  auto written = std::make_unique<WrittenFolder>(std::move(folder), clock);
  RACCORDO_CHECK(written->open());
  return std::unique_ptr<OutputFiles>(std::move(written));
}

}  // namespace raccordo::files
