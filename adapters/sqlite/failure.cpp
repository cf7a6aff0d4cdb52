// SPDX-License-Identifier: EUPL-1.2
// Codes of SQLite in the words of the one who runs the hub.
#include <sqlite3.h>

#include <cerrno>

#include "core/ports/system_words.hpp"

#include "adapters/sqlite/database.hpp"

namespace raccordo::sqlite {
namespace {

Error full(const std::string& path) {
  return error(ErrorCode::kFull, say("{}: il disco è pieno", "{}: the disk is full", path),
               say("liberare spazio: il lavoro riprende da dove si era fermato",
                   "free some space: work goes on from where it stopped"));
}

Error corrupt(const std::string& path, const Text& words) {
  return error(
      ErrorCode::kCorrupt,
      say("{0}: il file è danneggiato ({1})", "{0}: the file is damaged ({2})", path, words.it, words.en),
      say("fermare l'hub, conservare una copia del file e rimettere al suo posto l'ultima copia di riserva",
          "stop the hub, keep a copy of the file and put the last backup in its place"));
}

Error denied(const std::string& path, const Text& words) {
  return error(ErrorCode::kDenied,
               say("{0}: non si può leggere o scrivere ({1})", "{0}: cannot be read or written ({2})", path,
                   words.it, words.en),
               say("dare all'utente dell'hub il permesso di scrivere il file e la sua cartella",
                   "let the hub's user write the file and its folder"));
}

Error missing(const std::string& path) {
  return error(ErrorCode::kNotFound, say("{}: la cartella non esiste", "{}: the folder does not exist", path),
               say("creare la cartella, o correggere hub.data", "make the folder, or correct hub.data"));
}

Error cannot_open(const std::string& path, int reason) {
  if (reason == ENOENT || reason == ENOTDIR) return missing(path);
  if (reason == EACCES || reason == EPERM || reason == EROFS || reason == EISDIR)
    return denied(path, system_words(reason));
  const auto why = reason == 0 ? as_is("SQLITE_CANTOPEN") : system_words(reason);
  return error(ErrorCode::kUnavailable,
               say("{0}: non si apre ({1})", "{0}: does not open ({2})", path, why.it, why.en));
}

Error unavailable(const std::string& path, const Text& words) {
  return error(ErrorCode::kUnavailable, say("{0}: {1}", "{0}: {2}", path, words.it, words.en),
               say("guardare il disco e il registro del sistema; si riprova da soli",
                   "look at the disk and the system's log; it is tried again by itself"));
}

// A second synchronising may succeed without what the first one lost: nothing is tried again behind the
// caller's back, the flow starts anew from what is known to be kept.
Error not_kept(const std::string& path, const Text& words) {
  return error(
      ErrorCode::kDenied,
      say("{0}: il disco non ha conservato ciò che è stato scritto ({1})",
          "{0}: the disk did not keep what was written ({2})", path, words.it, words.en),
      say("guardare il disco e il registro del sistema; ciò che non è stato conservato non è contato e "
          "si rifà alla prossima esecuzione",
          "look at the disk and the system's log; what was not kept is not counted, and is done again by "
          "the next run"));
}

bool is_writing(int code) {
  return code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC || code == SQLITE_IOERR_WRITE ||
         code == SQLITE_IOERR_TRUNCATE;
}

Error held(const std::string& path) {
  return error(
      ErrorCode::kUnavailable,
      say("{}: un altro programma tiene il file", "{}: another program holds the file", path),
      say("chiudere ogni altro programma che lo ha aperto", "close any other program that has it open"));
}

}  // namespace

Error Database::failure(int code) const {
  const int reason = handle_ ? sqlite3_system_errno(handle_.get()) : 0;
  const auto words = as_is(sqlite3_errstr(code));
  switch (code & 0xff) {
    case SQLITE_FULL:
      return full(path_);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return corrupt(path_, words);
    case SQLITE_CANTOPEN:
      return reason == ENOSPC ? full(path_) : cannot_open(path_, reason);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return denied(path_, words);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return held(path_);
    case SQLITE_IOERR:
      if (reason == ENOSPC || reason == EDQUOT) return full(path_);
      if (is_writing(code)) return not_kept(path_, reason != 0 ? system_words(reason) : words);
      return unavailable(path_, reason != 0 ? system_words(reason) : words);
    case SQLITE_NOMEM:
      return unavailable(path_, words);
    case SQLITE_TOOBIG:
      return error(ErrorCode::kTooLarge,
                   say("{}: un valore è troppo grande", "{}: a value is too large", path_));
    default:
      break;
  }
  const char* const detail = handle_ ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code);
  return error(ErrorCode::kBug, say("{}: SQLite risponde: {}", "{}: SQLite says: {}", path_, detail));
}

}  // namespace raccordo::sqlite
