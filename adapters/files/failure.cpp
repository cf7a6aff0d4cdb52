// SPDX-License-Identifier: EUPL-1.2
#include "adapters/files/failure.hpp"

#include <cerrno>

#include "core/ports/system_words.hpp"

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
  const auto why = system_words(reason);
  return error(ErrorCode::kUnavailable,
               say("{0}: non risponde ({1})", "{0}: does not answer ({2})", path, why.it, why.en),
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
  const auto why = system_words(reason);
  if (is_denied(reason))
    return error(ErrorCode::kDenied,
                 say("{0}: manca il permesso sulla cartella ({1})", "{0}: no permission on the folder ({2})",
                     path, why.it, why.en),
                 say("dare all'utente dell'hub il permesso di leggere e, per i file in uscita, di scrivere",
                     "let the hub's user read it and, for outgoing files, write it"));
  return away(path, reason);
}

Error file_failure(const std::string& path, int reason) {
  if (is_full(reason)) return full(path);
  if (is_missing(reason))
    return error(ErrorCode::kNotFound, say("{}: il file non c'è più", "{}: the file is gone", path));
  const auto why = system_words(reason);
  if (is_denied(reason))
    return error(ErrorCode::kDenied,
                 say("{0}: manca il permesso sul file ({1})", "{0}: no permission on the file ({2})", path,
                     why.it, why.en),
                 say("dare all'utente dell'hub il permesso di leggerlo", "let the hub's user read it"));
  return away(path, reason);
}

}  // namespace raccordo::files
