// SPDX-License-Identifier: EUPL-1.2
// Where a connector reads and writes files on a partner's SFTP server.
#include <algorithm>

#include "core/engine/config/declarations/networks.hpp"
#include "core/engine/config/declarations/roll.hpp"
#include "core/engine/config/declarations/snapshot.hpp"
#include "core/ports/glob.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kFingerprintDigits = 43;  // of SHA-256 in base64, without padding

bool is_fingerprint(std::string_view text) {
  constexpr std::string_view kStart = "SHA256:";
  const auto digit = [](unsigned char c) { return std::isalnum(c) != 0 || c == '+' || c == '/'; };
  return text.starts_with(kStart) && text.size() == kStart.size() + kFingerprintDigits &&
         std::all_of(text.begin() + kStart.size(), text.end(), digit);
}

// A name or an address, and nothing that would lead elsewhere.
bool is_host(std::string_view text) {
  const auto part = [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '.' || c == '-' || c == '_' || c == ':' || c >= 0x80;
  };
  const bool is_v6 = text.find(':') != std::string_view::npos;
  return !text.empty() && std::all_of(text.begin(), text.end(), part) &&
         (!is_v6 || parse_address(text).has_value());
}

void check_server(const SftpServerConfiguration& sftp, const YamlNode& node, Reading& reading) {
  if (!sftp.host.empty() && !is_host(sftp.host))
    reading.find(
        node,
        say("{}.host: «{}» non è il nome né l'indirizzo di un server",
            "{}.host: \"{}\" is neither the name nor the address of a server", reading.path(), sftp.host),
        say("scrivere ad esempio sftp.partner.example; la porta si scrive in port",
            "write for example sftp.partner.example; the port is written in port"));
  check_networks(sftp.networks, node, reading);
}

// Somebody who answers in the partner's stead would be handed the password, and could hand us any catalogue.
void check_host_key(const SftpServerConfiguration& sftp, const YamlNode& node, Reading& reading) {
  for (const auto& key : sftp.host_key)
    if (!is_fingerprint(key))
      reading.find(node,
                   say("{}.host_key: «{}» non è un'impronta", "{}.host_key: \"{}\" is no fingerprint",
                       reading.path(), key),
                   say("scriverla come la stampa ssh-keygen -l: SHA256: e 43 caratteri",
                       "write it as ssh-keygen -l prints it: SHA256: and 43 characters"));
  if (!sftp.host_key.empty() || !sftp.known_hosts.empty()) return;
  reading.find(
      node,
      say("{}: non dice come si riconosce il server", "{}: does not say how the server is recognised",
          reading.path()),
      say("aggiungere host_key con l'impronta che dà il partner (ssh-keyscan {0} | ssh-keygen -l -f - mostra "
          "quella da confrontare), oppure known_hosts",
          "add host_key with the fingerprint that the partner gives (ssh-keyscan {0} | ssh-keygen -l -f - "
          "shows the one to compare), or known_hosts",
          sftp.port == 22 ? sftp.host : fmt::format("-p {} {}", sftp.port, sftp.host)));
}

void check_login(const SftpServerConfiguration& sftp, const YamlNode& node, Reading& reading) {
  if (sftp.password.has_value() == !sftp.key.empty())
    reading.find(node,
                 sftp.password
                     ? say("{}: password e key insieme", "{}: password and key together", reading.path())
                     : say("{}: mancano password e key", "{}: password and key are missing", reading.path()),
                 say("scriverne una", "write one of them"));
  if (sftp.key_password && sftp.key.empty())
    reading.find(node, say("{}: key_password senza key", "{}: key_password without key", reading.path()),
                 say("aggiungere key", "add key"));
}

void check_all(const SftpServerConfiguration& sftp, const YamlNode& node, Reading& reading) {
  check_server(sftp, node, reading);
  check_host_key(sftp, node, reading);
  check_login(sftp, node, reading);
}

void check_paths(const SftpSourceConfiguration& sftp, const YamlNode& node, Reading& reading) {
  for (const auto& path : sftp.path) {
    const auto slash = path.rfind('/');
    if (slash != std::string::npos && has_wildcard(std::string_view(path).substr(0, slash)))
      reading.find(
          node,
          say("{}.path: «{}»: * e ? possono stare soltanto nel nome, non in una cartella",
              "{}.path: \"{}\": * and ? can stand in the name only, not in a folder", reading.path(), path),
          say("scrivere le cartelle una per una", "write the folders one by one"));
  }
}

// An option of the server that source and delivery both have.
template <typename C, typename Member>
Option of_server(Member SftpServerConfiguration::*member, Option declared) {
  return option(static_cast<Member C::*>(member), std::move(declared));
}

template <typename C>
void add_login_options(std::vector<Option>& options) {
  using S = SftpServerConfiguration;
  options.push_back(of_server<C>(
      &S::user, {.name = "user",
                 .required = true,
                 .max = 200,
                 .help = {"L'utente che il partner ci ha dato.", "The user that the partner gave us."},
                 .example = "raccordo"}));
  options.push_back(of_server<C>(&S::password, {.name = "password",
                                                .type = ValueType::kSecret,
                                                .help = {"La sua password.", "Its password."},
                                                .example = "{secret: comune-sftp}"}));
  options.push_back(
      of_server<C>(&S::key, {.name = "key",
                             .type = ValueType::kPath,
                             .help = {"La nostra chiave privata (OpenSSH o PEM, meglio "
                                      "Ed25519), al posto della password.",
                                      "Our private key (OpenSSH or PEM, Ed25519 is best), instead "
                                      "of the password."},
                             .example = "secrets/comune_ed25519"}));
  options.push_back(of_server<C>(&S::key_password, {.name = "key_password",
                                                    .type = ValueType::kSecret,
                                                    .help = {"La password della chiave, se è cifrata.",
                                                             "The key's password, if it is encrypted."},
                                                    .example = "{secret: comune-chiave}"}));
}

template <typename C>
void add_host_key_options(std::vector<Option>& options) {
  using S = SftpServerConfiguration;
  options.push_back(of_server<C>(
      &S::host_key,
      {.name = "host_key",
       .help =
           {"L'impronta della chiave del server, come la stampa ssh-keygen -l; più d'una mentre il partner "
            "la cambia. Un server con un'altra chiave non riceve niente.",
            "The fingerprint of the server's key, as ssh-keygen -l prints it; several while the partner "
            "changes it. A server with another key is told nothing."},
       .example = "\"SHA256:uNiVztksCsDhcc0u9e8BrrVzTRG8CqOTxTiIZzgGKNQ\""}));
  options.push_back(of_server<C>(&S::known_hosts,
                                 {.name = "known_hosts",
                                  .type = ValueType::kPath,
                                  .help = {"Un file di chiavi come quello di OpenSSH, al posto di host_key.",
                                           "A file of keys such as OpenSSH's, instead of host_key."},
                                  .example = "known_hosts"}));
}

// `first` stands behind the host, so that what is read or written is found at once.
template <typename C>
std::vector<Option> with_server_options(std::vector<Option> own) {
  using S = SftpServerConfiguration;
  std::vector<Option> options;
  options.push_back(of_server<C>(&S::host, {.name = "host",
                                            .required = true,
                                            .max = 253,
                                            .help = {"Il server.", "The server."},
                                            .example = "sftp.partner.example"}));
  options.push_back(of_server<C>(&S::port, {.name = "port",
                                            .type = ValueType::kInteger,
                                            .min = 1,
                                            .max = 65'535,
                                            .help = {"La sua porta.", "Its port."},
                                            .example = "2222"}));
  add_login_options<C>(options);
  add_host_key_options<C>(options);
  std::ranges::move(own, std::back_inserter(options));
  options.push_back(of_server<C>(
      &S::networks,
      {.name = "networks",
       .help = {"Reti non pubbliche in cui il server può trovarsi; senza, soltanto indirizzi pubblici.",
                "Networks that are not public in which the server may stand; without it public addresses "
                "only."},
       .example = "[10.20.0.0/16]"}));
  options.push_back(
      of_server<C>(&S::timeout, {.name = "timeout",
                                 .type = ValueType::kDuration,
                                 .min = 1,
                                 .max = 86'400,
                                 .help = {"Il tempo per un file intero.", "The time for a whole file."},
                                 .example = "10m"}));
  return options;
}

}  // namespace

template <>
const Section& section_of<SftpSourceConfiguration>() {
  using C = SftpSourceConfiguration;
  static const Section section = [] {
    auto own = with_snapshot_options<C>(
        option(
            &C::path,
            {.name = "path",
             .required = true,
             .max = 1'000,
             .help =
                 {"I file: * e ? stanno per qualunque carattere del nome. Senza barra davanti, il percorso "
                  "comincia dove il server mette l'utente.",
                  "The files: * and ? stand for any characters of the name. Without a slash in front, the "
                  "path starts where the server puts the user."},
             .example = "\"in/albo-*.csv\""}),
        {"Ogni quanto guardare la cartella.", "How often to look at the folder."}, "5m");
    own.push_back(option(&C::max_size, {.name = "max_size",
                                        .type = ValueType::kSize,
                                        .min = 1'024,
                                        .help = {"Il file più grande.", "The largest file."},
                                        .example = "1GiB"}));
    return Section{{"File su un server SFTP del partner. Si prendono di nuovo soltanto se sono cambiati.",
                    "Files on a partner's SFTP server. They are fetched again only if they changed."},
                   with_server_options<C>(std::move(own)),
                   [](void* owner, const YamlNode& node, Reading& reading) {
                     const auto& sftp = *static_cast<const C*>(owner);
                     check_all(sftp, node, reading);
                     check_paths(sftp, node, reading);
                   }};
  }();
  return section;
}

template <>
const Section& section_of<SftpSinkConfiguration>() {
  using C = SftpSinkConfiguration;
  static const Section section{
      {"File per un partner, su un server SFTP.", "Files for a partner, on an SFTP server."},
      with_server_options<C>(with_roll_options<C>(option(
          &C::folder,
          {.name = "folder",
           .required = true,
           .max = 1'000,
           .help =
               {"La cartella sul server; deve esserci. Un file vi compare quando è completo.",
                "The folder on the server, which must be there. A file appears there once it is complete."},
           .example = "out"}))),
      [](void* owner, const YamlNode& node, Reading& reading) {
        const auto& sftp = *static_cast<const C*>(owner);
        check_all(sftp, node, reading);
        check_name_template(sftp.name, node, reading);
      }};
  return section;
}

}  // namespace raccordo
