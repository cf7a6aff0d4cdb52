// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sodium/key_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "core/ports/system_words.hpp"
#include "raccordo/model/field_checks.hpp"

namespace raccordo::sodium {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

ErrorCode code_of(int reason) {
  switch (reason) {
    case ENOENT:
    case ENOTDIR:
      return ErrorCode::kNotFound;
    case EACCES:
    case EPERM:
    case EROFS:
      return ErrorCode::kDenied;
    case EEXIST:
      return ErrorCode::kConflict;
    case ENOSPC:
    case EDQUOT:
      return ErrorCode::kFull;
    default:
      return ErrorCode::kUnavailable;
  }
}

Error unread(const std::string& path, int reason) {
  if (reason == ENOENT || reason == ENOTDIR)
    return error(ErrorCode::kNotFound, say("il file di chiavi {} non c'è", "there is no key file {}", path),
                 say("rimetterne la copia; per un hub nuovo: raccordo keys new {}",
                     "put its copy back; for a new hub: raccordo keys new {}", path));
  const auto why = system_words(reason);
  return error(code_of(reason), say("il file di chiavi {0} non si legge: {1}",
                                    "the key file {0} cannot be read: {2}", path, why.it, why.en));
}

Error unwritten(const std::string& path, int reason) {
  if (reason == EEXIST)
    return error(
        ErrorCode::kConflict,
        say("{} c'è già e non si sovrascrive", "{} is there already and is not overwritten", path),
        say("per una chiave in più: raccordo keys add {}", "for one more key: raccordo keys add {}", path));
  const auto why = system_words(reason);
  return error(code_of(reason), say("il file di chiavi {0} non si scrive: {1}",
                                    "the key file {0} cannot be written: {2}", path, why.it, why.en));
}

// A key that others can read is no longer one.
Status check_owner(const struct stat& about, const std::string& path) {
  if (!S_ISREG(about.st_mode))
    return error(ErrorCode::kInvalid, say("{} non è un file", "{} is not a file", path));
  if (about.st_uid != ::geteuid())
    return error(ErrorCode::kDenied,
                 say("il file di chiavi {0} è di un altro utente ({1})",
                     "the key file {0} belongs to another user ({1})", path, about.st_uid),
                 say("darlo all'utente dell'hub: chown {1} {0}", "give it to the hub's user: chown {1} {0}",
                     path, ::geteuid()));
  const auto mode = about.st_mode & 07777;
  if (mode != 0600 && mode != 0400)
    return error(
        ErrorCode::kDenied,
        say("il file di chiavi {0} ha i permessi {1:04o}: soltanto il suo proprietario deve poterlo leggere",
            "the key file {0} has mode {1:04o}: only its owner may be able to read it", path, mode),
        say("chmod 600 {0}; se altri hanno potuto leggerlo, raccordo keys add {0}",
            "chmod 600 {0}; if others could read it, raccordo keys add {0}", path));
  return done();
}

Result<SecretBytes> content_of(const std::string& path) {
  // Without waiting for a writer, should it be a pipe.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.number() < 0) return unread(path, errno);
  struct stat about {};
  if (::fstat(file.number(), &about) != 0) return unread(path, errno);
  RACCORDO_CHECK(check_owner(about, path));
  SecretBytes content(kMostKeyFile + 1);
  std::size_t size = 0;
  while (size < content.size()) {
    const auto part = ::read(file.number(), content.data() + size, content.size() - size);
    if (part < 0 && errno == EINTR) continue;
    if (part < 0) return unread(path, errno);
    if (part == 0) break;
    size += static_cast<std::size_t>(part);
  }
  if (size > kMostKeyFile)
    return error(ErrorCode::kInvalid,
                 say("{} è troppo grande per un file di chiavi", "{} is too large for a key file", path));
  content.shorten(size);
  return content;
}

Status write_whole(int file, std::string_view text, const std::string& path) {
  while (!text.empty()) {
    const auto part = ::write(file, text.data(), text.size());
    if (part < 0 && errno == EINTR) continue;
    if (part < 0) return unwritten(path, errno);
    text.remove_prefix(static_cast<std::size_t>(part));
  }
  return ::fchmod(file, 0600) == 0 && ::fsync(file) == 0 ? done() : unwritten(path, errno);
}

std::string folder_of(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

Status keep_name(const std::string& path) {
  const Descriptor folder(::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return folder.number() >= 0 && ::fsync(folder.number()) == 0 ? done() : unwritten(path, errno);
}

Status check_expiry(const std::string& expires, WallTime now) {
  if (expires.empty() || (is_date(expires) && expires >= day_of(now))) return done();
  return error(ErrorCode::kInvalid, say("«{}» non è una data a venire", "\"{}\" is no date to come", expires),
               say("scriverla come 2030-12-31", "write it as 2030-12-31"));
}

// Beside it first, so that there is never half a file under its name.
Status write_in_place(const KeyRing& ring, const std::string& path) {
  auto aside = path + ".XXXXXX";
  const Descriptor file(::mkostemp(aside.data(), O_CLOEXEC));
  if (file.number() < 0) return unwritten(path, errno);
  auto written = write_whole(file.number(), text_of(ring).text(), path);
  if (written.ok() && ::rename(aside.c_str(), path.c_str()) != 0) written = unwritten(path, errno);
  if (!written.ok()) ::unlink(aside.c_str());
  RACCORDO_CHECK(std::move(written));
  return keep_name(path);
}

}  // namespace

std::string day_of(WallTime time) {
  return day_of(std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count());
}

Result<KeyRing> read_key_file(const std::string& path) {
  RACCORDO_TRY(const auto content, content_of(path));
  return read_ring(content.text(), path);
}

Result<KeyRing> make_key_file(const std::string& path, const std::string& expires, WallTime now) {
  RACCORDO_CHECK(check_expiry(expires, now));
  auto ring = new_ring();
  add_key(ring, day_of(now), expires);
  {
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (file.number() < 0) return unwritten(path, errno);
    if (auto written = write_whole(file.number(), text_of(ring).text(), path); !written.ok()) {
      ::unlink(path.c_str());
      return std::move(written).error();
    }
  }
  RACCORDO_CHECK(keep_name(path));
  return ring;
}

Result<KeyRing> add_key_to_file(const std::string& path, const std::string& expires, WallTime now) {
  RACCORDO_CHECK(check_expiry(expires, now));
  RACCORDO_TRY(auto ring, read_key_file(path));
  if (ring.keys.size() == kMostKeys)
    return error(ErrorCode::kTooLarge, say("{} ha già {} chiavi", "{} has {} keys already", path, kMostKeys));
  add_key(ring, day_of(now), expires);
  RACCORDO_CHECK(write_in_place(ring, path));
  return ring;
}

Error expired(const std::string& path, const KeyRing& ring) {
  return error(ErrorCode::kDenied,
               say("tutte le chiavi in {} sono scadute, l'ultima il {}",
                   "all keys in {} have expired, the last one on {}", path, ring.keys.back().expires),
               say("raccordo keys add {}", "raccordo keys add {}", path));
}

Diagnosis examine_key_file(const std::string& path, WallTime now) {
  constexpr auto kMonth = std::chrono::hours(24 * 30);
  const auto ring = read_key_file(path);
  if (!ring.ok()) return bad(ring.error());
  const auto* const sealing = ring->sealing_on(day_of(now));
  if (sealing == nullptr) return bad(expired(path, *ring));
  if (ring->sealing_on(day_of(now + kMonth)) == nullptr)
    return {Health::kDoubtful,
            say("{}: la chiave {} scade il {}", "{}: the key {} expires on {}", path, sealing->kid,
                sealing->expires),
            say("raccordo keys add {}", "raccordo keys add {}", path)};
  return {Health::kGood, say("{}: sigilla la chiave {}", "{}: the key {} seals", path, sealing->kid), {}};
}

}  // namespace raccordo::sodium
