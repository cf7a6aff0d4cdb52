// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sftp/failure.hpp"

#include <libssh2_sftp.h>

namespace raccordo::sftp {
namespace {

constexpr std::size_t kLongestName = 120;

Text try_again() { return say("si riprova più tardi", "it is tried again later"); }

Error about(ErrorCode code, const std::string& where, const Text& what, Text hint = {}) {
  return error(code, {where + ": " + what.it, where + ": " + what.en}, std::move(hint));
}

Error about(ErrorCode code, const Server& server, const Text& what, Text hint = {}) {
  return about(code, shown(server), what, std::move(hint));
}

Error about(ErrorCode code, const Server& server, const std::string& path, const Text& what, Text hint = {}) {
  return about(code, shown(server) + (path.starts_with('/') ? "" : "/") + path, what, std::move(hint));
}

bool is_missing(unsigned long status) {
  return status == LIBSSH2_FX_NO_SUCH_FILE || status == LIBSSH2_FX_NO_SUCH_PATH ||
         status == LIBSSH2_FX_NOT_A_DIRECTORY;
}
bool is_denied(unsigned long status) {
  return status == LIBSSH2_FX_PERMISSION_DENIED || status == LIBSSH2_FX_WRITE_PROTECT;
}
bool is_full(unsigned long status) {
  return status == LIBSSH2_FX_NO_SPACE_ON_FILESYSTEM || status == LIBSSH2_FX_QUOTA_EXCEEDED;
}

Error refused(const Server& server, const std::string& path, unsigned long status) {
  return about(ErrorCode::kUnavailable, server, path,
               say("il server ha rifiutato senza dire perché (stato SFTP {})",
                   "the server refused and did not say why (SFTP status {})", status),
               say("guardare il registro del server; si riprova da soli",
                   "look at the server's log; it is tried again by itself"));
}

Text names_of_keys() {
  return say(
      "chiedere l'impronta al partner per un'altra via (la stampa ssh-keygen -l -f "
      "/etc/ssh/ssh_host_ed25519_key.pub) e confrontarla: solo se è la stessa, scriverla in host_key. Se la "
      "chiave di prima era un'altra, qualcuno potrebbe stare in mezzo",
      "ask the partner for the fingerprint by another way (ssh-keygen -l -f "
      "/etc/ssh/ssh_host_ed25519_key.pub prints it) and compare: only if it is the same, write it in "
      "host_key. If the key was another one before, somebody may stand between");
}

}  // namespace

std::string shown(const Server& server) {
  const bool is_v6 = server.host.find(':') != std::string::npos;
  return fmt::format("sftp://{}{}{}:{}", is_v6 ? "[" : "", server.host, is_v6 ? "]" : "", server.port);
}

std::string harmless_name(std::string_view name) {
  std::string out;
  for (const char c : name.substr(0, kLongestName)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte >= 0x7f)
      out += fmt::format("\\x{:02x}", byte);
    else
      out += c;
  }
  return name.size() > kLongestName ? out + "..." : out;
}

Error not_connected(const Server& server, CURLcode reason) {
  if (reason == CURLE_COULDNT_RESOLVE_HOST)
    return about(ErrorCode::kUnavailable, server, say("il nome non si trova", "the name is not found"),
                 say("controllare il nome e il DNS", "check the name and the DNS"));
  if (reason == CURLE_OPERATION_TIMEDOUT) return timed_out(server);
  if (reason == CURLE_COULDNT_CONNECT)
    return about(ErrorCode::kUnavailable, server, say("non risponde", "does not answer"), try_again());
  return about(ErrorCode::kUnavailable, server, as_is(curl_easy_strerror(reason)), try_again());
}

Error address_not_allowed(const Server& server, const std::string& address) {
  return about(ErrorCode::kDenied, server,
               say("il nome porta a {}, che non è un indirizzo pubblico",
                   "the name leads to {}, which is not a public address", address),
               say("se è giusto, aggiungere {} a networks", "if that is right, add {} to networks", address));
}

Error stopped(const Server& server) {
  return about(ErrorCode::kUnavailable, server, say("interrotto", "stopped"));
}

Error timed_out(const Server& server) {
  return about(ErrorCode::kTimeout, server, say("il tempo è passato", "the time has passed"), try_again());
}

Error lost(const Server& server, std::string_view words) {
  return about(ErrorCode::kUnavailable, server,
               say("il collegamento è caduto ({})", "the connection was lost ({})", harmless_name(words)),
               try_again());
}

Error no_common_ground(const Server& server, std::string_view words) {
  const auto why = words.empty() ? std::string() : fmt::format(" ({})", harmless_name(words));
  return about(ErrorCode::kUnavailable, server,
               say("la cifratura non si accorda{}", "encryption is not agreed upon{}", why),
               say("controllare che alla porta risponda un server SSH con una chiave Ed25519 o ECDSA",
                   "check that an SSH server with an Ed25519 or ECDSA key answers at that port"));
}

Error unexpected_key(const Server& server, const std::string& shown_keys) {
  return about(ErrorCode::kDenied, server,
               say("la chiave del server non è quella attesa: ha mostrato {}",
                   "the server's key is not the one that is expected: it showed {}", shown_keys),
               names_of_keys());
}

Error unusable_known_hosts(const Server& server) {
  return about(
      ErrorCode::kInvalid, server.known_hosts,
      say("il file degli host conosciuti non si può usare", "the file of known hosts cannot be used"),
      say("deve esserci, ed essere come lo scrive ssh-keyscan, senza righe che cominciano con @",
          "it must be there, and be as ssh-keyscan writes it, with no lines that begin with @"));
}

Error unusable_key(const Server& server) {
  return about(ErrorCode::kInvalid, server.key,
               say("la chiave privata non si può usare", "the private key cannot be used"),
               say("controllare che l'hub possa leggerla, che sia una chiave OpenSSH o PEM e, se è cifrata, "
                   "key_password",
                   "check that the hub may read it, that it is a key of OpenSSH or PEM and, if it is "
                   "encrypted, key_password"));
}

Error not_let_in(const Server& server, std::string_view ways) {
  const auto met = harmless_name(ways);
  return about(ErrorCode::kDenied, server,
               say("l'utente {} non è ammesso (il server accetta: {})",
                   "user {} is not let in (the server accepts: {})", server.user, met.empty() ? "?" : met),
               server.key.empty()
                   ? say("controllare user e password", "check user and password")
                   : say("il partner deve avere la nostra chiave pubblica; meglio Ed25519: i server di "
                         "oggi rifiutano le firme RSA di questa libreria",
                         "the partner must have our public key; Ed25519 is best: servers of today "
                         "refuse the RSA signatures of this library"));
}

Error folder_failure(const Server& server, const std::string& path, unsigned long status) {
  if (is_full(status)) return full(server, path);
  if (is_missing(status))
    return about(
        ErrorCode::kNotFound, server, path, say("la cartella non esiste", "the folder does not exist"),
        say("correggere la configurazione o chiedere la cartella al partner; senza barra davanti, il "
            "percorso comincia dove il server mette l'utente",
            "correct the configuration or ask the partner for the folder; without a slash in front, "
            "the path starts where the server puts the user"));
  if (is_denied(status))
    return about(
        ErrorCode::kDenied, server, path,
        say("manca il permesso sulla cartella", "no permission on the folder"),
        say("chiederlo al partner per l'utente {}", "ask the partner for it, for user {}", server.user));
  return refused(server, path, status);
}

Error file_failure(const Server& server, const std::string& path, unsigned long status) {
  if (is_full(status)) return full(server, path);
  if (is_missing(status)) return gone(server, path);
  if (is_denied(status))
    return about(
        ErrorCode::kDenied, server, path, say("manca il permesso sul file", "no permission on the file"),
        say("chiederlo al partner per l'utente {}", "ask the partner for it, for user {}", server.user));
  return refused(server, path, status);
}

Error gone(const Server& server, const std::string& path) {
  return about(ErrorCode::kNotFound, server, path, say("il file non c'è più", "the file is gone"));
}

Error changed(const Server& server, const std::string& path) {
  return about(ErrorCode::kConflict, server, path,
               say("il file è cambiato da quando è stato visto", "the file changed since it was seen"),
               say("si rilegge al prossimo giro", "it is read again at the next look"));
}

Error full(const Server& server, const std::string& path) {
  return about(ErrorCode::kFull, server, path,
               say("il disco del server è pieno", "the server's disk is full"),
               say("avvisare il partner: il lavoro riprende da dove si era fermato",
                   "tell the partner: work goes on from where it stopped"));
}

Error too_large(const Server& server, const std::string& path, std::uint64_t limit) {
  return about(ErrorCode::kTooLarge, server, path,
               say("il file supera {} byte", "the file is larger than {} bytes", limit),
               say("alzare max_size, se è giusto", "raise max_size, if that is right"));
}

Error too_many(const Server& server, const std::string& folder, std::size_t limit) {
  return about(ErrorCode::kTooLarge, server, folder, say("più di {} file", "more than {} files", limit),
               say("archiviare i file già letti", "archive the files that were read"));
}

Error unusable_name(const Server& server, const std::string& folder, std::string_view name) {
  return about(ErrorCode::kInvalid, server, folder,
               say("il server elenca «{}», che non è un nome di file",
                   "the server lists \"{}\", which is no name of a file", harmless_name(name)),
               say("far rinominare il file al partner", "have the partner rename the file"));
}

Error tells_too_little(const Server& server, const std::string& path) {
  return about(ErrorCode::kUnavailable, server, path,
               say("il server non dice dimensione e ora del file",
                   "the server does not tell the file's size and time"));
}

Error taken(const Server& server, const std::string& path) {
  return about(ErrorCode::kConflict, server, path,
               say("il nome è già di un altro file", "the name is another file's already"),
               say("non si sovrascrive niente: si sceglie un altro nome",
                   "nothing is overwritten: another name is chosen"));
}

Error neither(const Server& server, const std::string& aside, const std::string& final_path) {
  return about(
      ErrorCode::kNotFound, server, aside,
      say("il file finito non c'è, né come {}", "the finished file is not there, nor is {}", final_path),
      say("se il partner l'ha già preso, creare sul server un file vuoto con quel nome: la consegna "
          "prosegue",
          "if the partner has taken it already, make an empty file of that name on the server: the "
          "delivery goes on"));
}

}  // namespace raccordo::sftp
