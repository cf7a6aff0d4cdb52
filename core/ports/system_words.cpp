// SPDX-License-Identifier: EUPL-1.2
#include "core/ports/system_words.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

namespace raccordo {
namespace {

struct InItalian {
  int number;
  std::string_view words;
};

constexpr std::array kInItalian{
    InItalian{EPERM, "operazione non permessa"},
    InItalian{ENOENT, "file o cartella inesistente"},
    InItalian{EINTR, "chiamata interrotta"},
    InItalian{EIO, "errore di lettura o scrittura"},
    InItalian{ENXIO, "dispositivo o indirizzo inesistente"},
    InItalian{EAGAIN, "risorsa momentaneamente non disponibile"},
    InItalian{ENOMEM, "memoria insufficiente"},
    InItalian{EACCES, "permesso negato"},
    InItalian{EBUSY, "dispositivo o risorsa occupati"},
    InItalian{EEXIST, "il file esiste già"},
    InItalian{EXDEV, "il file è su un altro disco"},
    InItalian{ENODEV, "dispositivo inesistente"},
    InItalian{ENOTDIR, "non è una cartella"},
    InItalian{EISDIR, "è una cartella"},
    InItalian{EINVAL, "argomento non valido"},
    InItalian{ENFILE, "troppi file aperti nel sistema"},
    InItalian{EMFILE, "troppi file aperti"},
    InItalian{EFBIG, "file troppo grande"},
    InItalian{ENOSPC, "spazio esaurito sul disco"},
    InItalian{EROFS, "disco in sola lettura"},
    InItalian{EPIPE, "chi leggeva ha chiuso"},
    InItalian{ENAMETOOLONG, "nome di file troppo lungo"},
    InItalian{ENOLCK, "lucchetti non disponibili"},
    InItalian{ENOSYS, "funzione assente in questo sistema"},
    InItalian{ELOOP, "troppi collegamenti simbolici"},
    InItalian{EOPNOTSUPP, "operazione non prevista"},
    InItalian{EADDRINUSE, "indirizzo già in uso"},
    InItalian{EADDRNOTAVAIL, "indirizzo non di questa macchina"},
    InItalian{ENETUNREACH, "rete non raggiungibile"},
    InItalian{ECONNABORTED, "connessione abbandonata"},
    InItalian{ECONNRESET, "connessione chiusa dall'altra parte"},
    InItalian{ETIMEDOUT, "tempo scaduto"},
    InItalian{ECONNREFUSED, "connessione rifiutata"},
    InItalian{EHOSTDOWN, "macchina spenta"},
    InItalian{EHOSTUNREACH, "macchina non raggiungibile"},
    InItalian{ESTALE, "il file di rete non è più quello"},
    InItalian{EDQUOT, "quota del disco superata"},
};

}  // namespace

Text system_words(int number) {
  auto english = std::generic_category().message(number);
  const auto* const found =
      std::ranges::find_if(kInItalian, [&](const auto& one) { return one.number == number; });
  return {found == kInItalian.end() ? english : std::string(found->words), std::move(english)};
}

}  // namespace raccordo
