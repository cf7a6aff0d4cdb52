// SPDX-License-Identifier: EUPL-1.2
#include "adapters/files/failure.hpp"

#include <cerrno>
#include <cstring>

namespace raccordo::files {
namespace {

bool is_missing(int reason) { return reason == ENOENT || reason == ENOTDIR; }
bool is_denied(int reason) { return reason == EACCES || reason == EPERM || reason == EROFS; }
bool is_full(int reason) { return reason == ENOSPC || reason == EDQUOT; }

Error full(const std::string& path) {
  return error(ErrorCode::kFull, say("{}: il disco è pieno", "{}: the disk is full", path),
               say("liberare spazio: il lavoro riprende da dove si era fermato",
                   "free some space: work goes on from where it stopped"));
}

Error away(const std::string& path, int reason) {
  return error(ErrorCode::kUnavailable,
               say("{}: non risponde ({})", "{}: does not answer ({})", path, std::strerror(reason)),
               say("guardare il disco o la condivisione di rete; si riprova da soli",
                   "look at the disk or the network share; it is tried again by itself"));
}

}  // namespace

Error folder_failure(const std::string& path, int reason) {
  if (is_full(reason)) return full(path);
  if (is_missing(reason))
    return error(ErrorCode::kNotFound,
                 say("{}: la cartella non esiste", "{}: the folder does not exist", path),
                 say("creare la cartella, montare la condivisione di rete, o correggere la configurazione",
                     "make the folder, mount the network share, or correct the configuration"));
  if (is_denied(reason))
    return error(ErrorCode::kDenied,
                 say("{}: manca il permesso sulla cartella ({})", "{}: no permission on the folder ({})",
                     path, std::strerror(reason)),
                 say("dare all'utente dell'hub il permesso di leggere e, per i file in uscita, di scrivere",
                     "let the hub's user read it and, for outgoing files, write it"));
  return away(path, reason);
}

Error file_failure(const std::string& path, int reason) {
  if (is_full(reason)) return full(path);
  if (is_missing(reason))
    return error(ErrorCode::kNotFound, say("{}: il file non c'è più", "{}: the file is gone", path));
  if (is_denied(reason))
    return error(ErrorCode::kDenied,
                 say("{}: manca il permesso sul file ({})", "{}: no permission on the file ({})", path,
                     std::strerror(reason)),
                 say("dare all'utente dell'hub il permesso di leggerlo", "let the hub's user read it"));
  return away(path, reason);
}

}  // namespace raccordo::files
