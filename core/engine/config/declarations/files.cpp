// SPDX-License-Identifier: EUPL-1.2
// Where a connector reads files and writes them.
#include <algorithm>
#include <filesystem>

#include "core/engine/config/declarations/roll.hpp"
#include "core/engine/config/declarations/snapshot.hpp"

namespace raccordo {
namespace {

void check_one_origin(FromConfiguration& from, const YamlNode& node, Reading& reading) {
  const int places = static_cast<int>(from.files.has_value()) + static_cast<int>(from.http.has_value()) +
                     static_cast<int>(from.sftp.has_value()) + static_cast<int>(from.webhook.has_value());
  if (places == 1) return;
  reading.find(
      node,
      places > 1 ? say("{}: più posti insieme: un connettore legge da un posto solo",
                       "{}: several places together: a connector reads from one place", reading.path())
                 : say("{} è vuoto", "{} is empty", reading.path()),
      say("scrivere files:, http:, sftp: oppure webhook:", "write files:, http:, sftp: or webhook:"));
  if (!from.files) from.files.emplace();  // whoever looks at what is wrong finds something
}

// A receipt that is read as an answer would have a receipt.
void check_receipts(const FromConfiguration& from, const YamlNode& node, Reading& reading) {
  if (from.receipts.empty()) return;
  if (from.webhook || (from.http && from.http->is_asked()))
    reading.find(node, say("{}.receipts: una ricevuta è per un file che si legge",
                           "{}.receipts: a receipt is for a file that is read", reading.path()));
  const auto is_read = [&](const std::string& path) {
    return std::filesystem::path(path).parent_path() == std::filesystem::path(from.receipts);
  };
  if (from.files && std::ranges::any_of(from.files->path, is_read))
    reading.find(node,
                 say("{}.receipts: è la cartella da cui si legge", "{}.receipts: is the folder that is read",
                     reading.path()),
                 say("indicare un'altra cartella", "name another folder"));
}

void check_one_place(ToConfiguration& to, const YamlNode& node, Reading& reading) {
  const int places = static_cast<int>(to.files.has_value()) + static_cast<int>(to.sftp.has_value()) +
                     static_cast<int>(to.http.has_value());
  if (places == 1) return;
  reading.find(node,
               places > 1
                   ? say("{}: più posti insieme: un connettore scrive in un posto solo",
                         "{}: several places together: a connector writes to one place", reading.path())
                   : say("{} è vuoto", "{} is empty", reading.path()),
               say("scrivere files:, sftp: oppure http:", "write files:, sftp: or http:"));
  if (!to.files) to.files.emplace();  // whoever looks at what is wrong finds something
}

}  // namespace

void check_name_template(const std::string& name, const YamlNode& node, Reading& reading) {
  const auto path = reading.path() + ".name";
  if (name.find('/') != std::string::npos)
    reading.find(node, say("{}: «{}» contiene una barra", "{}: \"{}\" contains a slash", path, name),
                 say("la cartella si scrive in folder", "the folder is written in folder"));
  std::string_view rest = name;
  while (true) {
    const auto open = rest.find('{');
    if (open == std::string_view::npos) return;
    rest.remove_prefix(open);
    const auto place =
        rest.substr(0, rest.find('}') == std::string_view::npos ? rest.size() : rest.find('}') + 1);
    if (place != "{date}" && place != "{time}" && place != "{file}" && place != "{seq}")
      return reading.find(node, say("{}: {} non si conosce", "{}: {} is not known", path, place),
                          say("si conoscono: {{date}}, {{time}}, {{file}}, {{seq}}",
                              "known: {{date}}, {{time}}, {{file}}, {{seq}}"));
    rest.remove_prefix(place.size());
  }
}

template <>
const Section& section_of<FilesSourceConfiguration>() {
  using C = FilesSourceConfiguration;
  static const Section section{
      {"File di un partner, letti da una cartella.", "A partner's files, read from a folder."},
      with_snapshot_options<C>(
          option(&C::path, {.name = "path",
                            .type = ValueType::kPattern,
                            .required = true,
                            .help = {"I file: * e ? stanno per qualunque carattere del nome.",
                                     "The files: * and ? stand for any characters of the name."},
                            .example = "\"in/albo-*.csv\""}),
          {"Ogni quanto guardare la cartella.", "How often to look at the folder."}, "30s")};
  return section;
}

template <>
const Section& section_of<FromConfiguration>() {
  static const Section section{
      {"Da dove il connettore legge.", "Where the connector reads from."},
      {option(&FromConfiguration::files,
              {.name = "files", .help = {"File in una cartella.", "Files in a folder."}}),
       option(&FromConfiguration::http,
              {.name = "http",
               .help = {"Un server web: documenti, o un sito che il plugin interroga.",
                        "A web server: documents, or a site that the plugin asks."}}),
       option(
           &FromConfiguration::receipts,
           {.name = "receipts",
            .type = ValueType::kPath,
            .help =
                {"La cartella in cui, letto un file, compare la sua ricevuta: ogni riga presa o rifiutata, e "
                 "perché.",
                 "The folder in which, once a file was read, its receipt appears: each row taken or refused, "
                 "and "
                 "why."},
            .example = "ricevute"}),
       option(&FromConfiguration::sftp,
              {.name = "sftp", .help = {"File su un server SFTP.", "Files on an SFTP server."}}),
       option(&FromConfiguration::webhook, {.name = "webhook",
                                            .help = {"Le richieste di un partner che chiama l'hub.",
                                                     "The requests of a partner that calls the hub."}})},
      [](void* owner, const YamlNode& node, Reading& reading) {
        check_one_origin(*static_cast<FromConfiguration*>(owner), node, reading);
        check_receipts(*static_cast<FromConfiguration*>(owner), node, reading);
      }};
  return section;
}

template <>
const Section& section_of<FilesSinkConfiguration>() {
  using C = FilesSinkConfiguration;
  static const Section section{
      {"File per un partner, scritti in una cartella.", "Files for a partner, written to a folder."},
      with_roll_options<C>(
          option(&C::folder, {.name = "folder",
                              .type = ValueType::kPath,
                              .required = true,
                              .help = {"La cartella. Un file vi compare quando è completo.",
                                       "The folder. A file appears there once it is complete."},
                              .example = "out"})),
      [](void* owner, const YamlNode& node, Reading& reading) {
        check_name_template(static_cast<C*>(owner)->name, node, reading);
      }};
  return section;
}

template <>
const Section& section_of<ToConfiguration>() {
  static const Section section{
      {"Dove il connettore scrive.", "Where the connector writes to."},
      {option(&ToConfiguration::files,
              {.name = "files", .help = {"File in una cartella.", "Files in a folder."}}),
       option(&ToConfiguration::sftp,
              {.name = "sftp", .help = {"File su un server SFTP.", "Files on an SFTP server."}}),
       option(&ToConfiguration::http,
              {.name = "http",
               .help = {"Le chiamate al sistema di un partner.", "Calls to a partner's system."}})},
      [](void* owner, const YamlNode& node, Reading& reading) {
        check_one_place(*static_cast<ToConfiguration*>(owner), node, reading);
      }};
  return section;
}

}  // namespace raccordo
