// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sftp/remote.hpp"

#include <array>

namespace raccordo::sftp {
namespace {

constexpr std::size_t kMostEntries = 100'000;
constexpr std::size_t kLongestName = 4'096;
constexpr std::size_t kPiece = 256u << 10;
constexpr long kMode = 0640;

unsigned size_of(const std::string& text) { return static_cast<unsigned>(text.size()); }

Attributes attributes_of(const LIBSSH2_SFTP_ATTRIBUTES& told) {
  constexpr unsigned long kAll =
      LIBSSH2_SFTP_ATTR_SIZE | LIBSSH2_SFTP_ATTR_ACMODTIME | LIBSSH2_SFTP_ATTR_PERMISSIONS;
  Attributes attributes;
  attributes.complete = (told.flags & kAll) == kAll;
  if (LIBSSH2_SFTP_S_ISREG(told.permissions)) attributes.kind = Attributes::Kind::kFile;
  if (LIBSSH2_SFTP_S_ISLNK(told.permissions)) attributes.kind = Attributes::Kind::kLink;
  attributes.size = told.filesize;
  attributes.modified_s = static_cast<std::int64_t>(told.mtime);
  return attributes;
}

}  // namespace

// A handle on the server, closed with the object.
class Remote::Open {
 public:
  explicit Open(Session& session) : session_(session) {}
  ~Open() { close(); }
  Open(const Open&) = delete;
  Open& operator=(const Open&) = delete;

  void close() {
    if (handle_ != nullptr) session_.close(std::exchange(handle_, nullptr));
  }
  [[nodiscard]] LIBSSH2_SFTP_HANDLE* handle() const { return handle_; }
  void set(LIBSSH2_SFTP_HANDLE* handle) { handle_ = handle; }

 private:
  Session& session_;
  LIBSSH2_SFTP_HANDLE* handle_ = nullptr;
};

Status Remote::reach(const std::stop_token& stop) {
  if (session_ && session_->is_usable()) return done();
  session_.reset();
  RACCORDO_TRY(session_, Session::open(server_, key_kind_, stop));
  return done();
}

Patience Remote::answering(const std::stop_token& stop) const {
  return {in(server_.silence), server_.silence, stop};
}

Patience Remote::carrying(const std::stop_token& stop) const {
  return {in(server_.whole), server_.silence, stop};
}

Status Remote::open(Open& file, const std::string& path, unsigned long flags, long mode, int type,
                    const Patience& patience) {
  RACCORDO_TRY(const auto answer, session_->run(patience, [&]() -> std::int64_t {
    auto* const handle =
        libssh2_sftp_open_ex(session_->sftp(), path.c_str(), size_of(path), flags, mode, type);
    if (handle == nullptr) return session_->last_error();
    file.set(handle);
    return 0;
  }));
  if (answer == 0) return done();
  return type == LIBSSH2_SFTP_OPENDIR ? folder_failure(server_, path, session_->status())
                                      : file_failure(server_, path, session_->status());
}

Result<std::vector<Entry>> Remote::list(const std::string& folder, const std::stop_token& stop) {
  RACCORDO_CHECK(reach(stop));
  const auto patience = carrying(stop);
  Open opened(*session_);
  RACCORDO_CHECK(open(opened, folder, 0, 0, LIBSSH2_SFTP_OPENDIR, patience));
  std::vector<Entry> entries;
  std::string name(kLongestName, '\0');
  for (;;) {
    LIBSSH2_SFTP_ATTRIBUTES told{};
    RACCORDO_TRY(const auto size, session_->run(patience, [&]() -> std::int64_t {
      return libssh2_sftp_readdir_ex(opened.handle(), name.data(), name.size(), nullptr, 0, &told);
    }));
    if (size == 0) return entries;
    if (size < 0) return folder_failure(server_, folder, session_->status());
    const std::string_view found(name.data(), static_cast<std::size_t>(size));
    if (found == "." || found == "..") continue;
    if (entries.size() >= kMostEntries) return too_many(server_, folder, kMostEntries);
    entries.push_back({std::string(found), attributes_of(told)});
  }
}

Result<std::optional<Attributes>> Remote::stat(const std::string& path, int how,
                                               const std::stop_token& stop) {
  RACCORDO_CHECK(reach(stop));
  LIBSSH2_SFTP_ATTRIBUTES told{};
  RACCORDO_TRY(const auto answer, session_->run(answering(stop), [&]() -> std::int64_t {
    return libssh2_sftp_stat_ex(session_->sftp(), path.c_str(), size_of(path), how, &told);
  }));
  if (answer == 0) return std::optional(attributes_of(told));
  auto failure = file_failure(server_, path, session_->status());
  if (failure.code == ErrorCode::kNotFound) return std::optional<Attributes>{};
  return failure;
}

Result<std::optional<Attributes>> Remote::find(const std::string& path, const std::stop_token& stop) {
  RACCORDO_TRY(auto found, stat(path, LIBSSH2_SFTP_STAT, stop));
  if (found && !found->complete) return tells_too_little(server_, path);
  return found;
}

Result<bool> Remote::is_there(const std::string& path) {
  RACCORDO_TRY(const auto found, stat(path, LIBSSH2_SFTP_LSTAT, {}));
  return found.has_value();
}

Result<Attributes> Remote::stat(const Open& file, const std::string& path, const Patience& patience) {
  LIBSSH2_SFTP_ATTRIBUTES told{};
  RACCORDO_TRY(const auto answer, session_->run(patience, [&]() -> std::int64_t {
    return libssh2_sftp_fstat_ex(file.handle(), &told, 0);
  }));
  if (answer < 0) return file_failure(server_, path, session_->status());
  return attributes_of(told);
}

Status Remote::fetch(const std::string& path, const Attributes& seen, const Taker& take,
                     const std::stop_token& stop) {
  RACCORDO_CHECK(reach(stop));
  const auto patience = carrying(stop);
  Open file(*session_);
  RACCORDO_CHECK(open(file, path, LIBSSH2_FXF_READ, 0, LIBSSH2_SFTP_OPENFILE, patience));
  RACCORDO_TRY(const auto before, stat(file, path, patience));
  if (before != seen) return changed(server_, path);
  RACCORDO_CHECK(read_all(file, path, seen.size, take, patience));
  RACCORDO_TRY(const auto after, stat(file, path, patience));
  return after == seen ? done() : Status(changed(server_, path));
}

Status Remote::read_all(const Open& file, const std::string& path, std::uint64_t size, const Taker& take,
                        const Patience& patience) {
  std::string piece(kPiece, '\0');
  std::uint64_t came = 0;
  for (;;) {
    RACCORDO_TRY(const auto n, session_->run(patience, [&]() -> std::int64_t {
      return libssh2_sftp_read(file.handle(), piece.data(), piece.size());
    }));
    if (n < 0) return file_failure(server_, path, session_->status());
    if (n == 0) return came == size ? done() : Status(changed(server_, path));
    came += static_cast<std::uint64_t>(n);
    if (came > size) return changed(server_, path);  // more than it said it was
    RACCORDO_CHECK(take({piece.data(), static_cast<std::size_t>(n)}));
    if (std::chrono::steady_clock::now() > patience.until) return timed_out(server_);
  }
}

Status Remote::store(const std::string& path, const ByteFile& bytes) {
  RACCORDO_CHECK(reach({}));
  const auto patience = carrying();
  Open file(*session_);
  constexpr unsigned long kNew = LIBSSH2_FXF_WRITE | LIBSSH2_FXF_CREAT | LIBSSH2_FXF_EXCL;
  RACCORDO_CHECK(open(file, path, kNew, kMode, LIBSSH2_SFTP_OPENFILE, patience));
  auto written = write_all(file, path, bytes, patience);
  if (written.ok()) written = synchronise(file, path, bytes.size(), patience);
  file.close();
  if (!written.ok() && session_->is_usable()) (void)remove(path);
  return written;
}

Status Remote::write_all(const Open& file, const std::string& path, const ByteFile& bytes,
                         const Patience& patience) {
  std::string piece(kPiece, '\0');
  for (std::uint64_t at = 0; at < bytes.size();) {
    RACCORDO_TRY(const auto n, bytes.read_at(at, piece));
    if (n == 0) break;  // `synchronise` compares the sizes
    RACCORDO_CHECK(write(file, path, {piece.data(), n}, bytes.size() - at, patience));
    at += n;
  }
  return done();
}

Status Remote::write(const Open& file, const std::string& path, std::string_view bytes, std::uint64_t left,
                     const Patience& patience) {
  while (!bytes.empty()) {
    RACCORDO_TRY(const auto n, session_->run(patience, [&]() -> std::int64_t {
      return libssh2_sftp_write(file.handle(), bytes.data(), bytes.size());
    }));
    if (n < 0) return refused_writing(file, path, left, session_->status());
    bytes.remove_prefix(static_cast<std::size_t>(n));
    if (std::chrono::steady_clock::now() > patience.until) return timed_out(server_);
  }
  return done();
}

// Version 3 of the protocol has no word for a full disk; OpenSSH's servers tell how much is free.
Error Remote::refused_writing(const Open& file, const std::string& path, std::uint64_t left,
                              unsigned long status) {
  LIBSSH2_SFTP_STATVFS disk{};
  const auto asked = session_->run(
      answering(), [&]() -> std::int64_t { return libssh2_sftp_fstatvfs(file.handle(), &disk); });
  const bool known = asked.ok() && *asked == 0 && status == LIBSSH2_FX_FAILURE;
  if (known && disk.f_frsize > 0 && disk.f_bavail < left / disk.f_frsize + 1) return full(server_, path);
  return file_failure(server_, path, status);
}

// A server that cannot synchronise says so; what it holds is then as durable as it makes it by itself.
Status Remote::synchronise(const Open& file, const std::string& path, std::uint64_t size,
                           const Patience& patience) {
  RACCORDO_TRY(const auto answer,
               session_->run(patience, [&]() -> std::int64_t { return libssh2_sftp_fsync(file.handle()); }));
  if (answer < 0 && session_->status() != LIBSSH2_FX_OP_UNSUPPORTED)
    return refused_writing(file, path, 1, session_->status());
  RACCORDO_TRY(const auto there, stat(file, path, patience));
  return there.size == size ? done() : Status(changed(server_, path));
}

// Version 3 of the protocol never replaces what is there, but not every server keeps to it: asked first.
Status Remote::rename(const std::string& from, const std::string& to) {
  RACCORDO_TRY(const bool there, is_there(to));
  if (there) return taken(server_, to);
  RACCORDO_TRY(const auto answer, session_->run(answering(), [&]() -> std::int64_t {
    return libssh2_sftp_rename_ex(session_->sftp(), from.c_str(), size_of(from), to.c_str(), size_of(to), 0);
  }));
  if (answer == 0) return done();
  const auto status = session_->status();
  RACCORDO_TRY(const bool now_there, is_there(to));
  return now_there ? taken(server_, to) : file_failure(server_, from, status);
}

Status Remote::remove(const std::string& path) {
  RACCORDO_CHECK(reach({}));
  RACCORDO_TRY(const auto answer, session_->run(answering(), [&]() -> std::int64_t {
    return libssh2_sftp_unlink_ex(session_->sftp(), path.c_str(), size_of(path));
  }));
  if (answer == 0) return done();
  auto failure = file_failure(server_, path, session_->status());
  return failure.code == ErrorCode::kNotFound ? done() : Status(std::move(failure));
}

}  // namespace raccordo::sftp
