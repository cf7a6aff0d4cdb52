// SPDX-License-Identifier: EUPL-1.2
#include "adapters/control/data_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <ctime>
#include <optional>

#include "core/ports/system_words.hpp"

namespace raccordo {
namespace {

struct Holder {
  std::string pid;
  std::string since;
};

Error failed(const std::filesystem::path& path, int number) {
  const auto why = system_words(number);
  auto text = say("{0}: {1}", "{0}: {2}", path.string(), why.it, why.en);
  switch (number) {
    case ENOSPC:
    case EDQUOT:
      return error(ErrorCode::kFull, std::move(text),
                   say("liberare spazio su quel disco", "free some space on that disk"));
    case ENOLCK:
    case EOPNOTSUPP:
      return error(ErrorCode::kUnavailable, std::move(text),
                   say("la cartella dei dati deve stare su un disco locale, che conosce i lucchetti (flock)",
                       "the data folder must be on a local disk, which knows locks (flock)"));
    case ENOTDIR:
    case EEXIST:
    case ELOOP:
      return error(ErrorCode::kInvalid, std::move(text),
                   say("indicare in hub.data una cartella", "hub.data must name a folder"));
    default:
      return error(ErrorCode::kDenied, std::move(text),
                   say("l'utente che esegue Raccordo deve poter scrivere in questa cartella (hub.data)",
                       "the user that runs Raccordo must be able to write in this folder (hub.data)"));
  }
}

Status make(const std::filesystem::path& folder) {
  std::error_code problem;
  if (const auto parent = folder.parent_path(); !parent.empty())
    std::filesystem::create_directories(parent, problem);
  if (problem) return failed(folder.parent_path(), problem.value());
  if (::mkdir(folder.c_str(), 0750) != 0 && errno != EEXIST) return failed(folder, errno);
  struct stat what {};
  if (::stat(folder.c_str(), &what) != 0) return failed(folder, errno);
  if (!S_ISDIR(what.st_mode)) return failed(folder, ENOTDIR);
  return done();
}

std::string utc(WallTime time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(
      std::chrono::time_point_cast<std::chrono::system_clock::duration>(time));
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  char text[32];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

// Who wrote its name into the lock: "4711 2026-11-22T17:08:46Z". It may be writing it just now.
std::optional<Holder> holder(int lock) {
  char text[64];
  const auto size = ::pread(lock, text, sizeof text, 0);
  if (size <= 0) return std::nullopt;
  const std::string_view line(text, static_cast<std::size_t>(size));
  const auto space = line.find(' ');
  const auto end = line.find('\n');
  if (space == line.npos || end == line.npos || end < space) return std::nullopt;
  if (line.substr(0, space).find_first_not_of("0123456789") != line.npos) return std::nullopt;
  return Holder{std::string(line.substr(0, space)), std::string(line.substr(space + 1, end - space - 1))};
}

Error held(const std::filesystem::path& folder, const std::optional<Holder>& by) {
  auto hint = say("fermare quel processo, o dare a questa configurazione un'altra cartella (hub.data)",
                  "stop that process, or give this configuration another folder (hub.data)");
  if (!by)
    return error(ErrorCode::kConflict,
                 say("la cartella {} è in uso da un altro processo di Raccordo",
                     "the folder {} is in use by another Raccordo process", folder.string()),
                 std::move(hint));
  return error(ErrorCode::kConflict,
               say("la cartella {} è in uso dal processo {}, avviato il {}",
                   "the folder {} is in use by process {}, started {}", folder.string(), by->pid, by->since),
               std::move(hint));
}

// Only for messages: a disk too full for it stops nobody from working.
void sign(int lock, const Clock& clock) {
  const auto line = fmt::format("{} {}\n", ::getpid(), utc(clock.now()));
  if (::ftruncate(lock, 0) == 0) (void)!::pwrite(lock, line.data(), line.size(), 0);
}

}  // namespace

Result<DataFolder> DataFolder::take(const std::filesystem::path& folder, const Clock& clock) {
  RACCORDO_CHECK(make(folder));
  const auto file = folder / "lock";
  Descriptor lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640));
  if (!lock.open()) return failed(file, errno);
  if (::flock(lock.number(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return failed(file, errno);
    return held(folder, holder(lock.number()));
  }
  sign(lock.number(), clock);
  return DataFolder(folder, std::move(lock));
}

DataFolder::~DataFolder() {
  // The file stays: removing it would let two processes lock two files of the same name.
  if (lock_.open()) (void)!::ftruncate(lock_.number(), 0);
}

std::filesystem::path DataFolder::control_socket() const { return control_socket_of(path_); }

std::filesystem::path control_socket_of(const std::filesystem::path& folder) {
  return folder / "control.sock";
}

}  // namespace raccordo
