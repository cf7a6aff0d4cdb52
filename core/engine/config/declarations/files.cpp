// SPDX-License-Identifier: EUPL-1.2
// Where a connector reads files and writes them.
#include <algorithm>

#include "core/engine/config/declarations/snapshot.hpp"

namespace raccordo {
namespace {

void check_one_origin(FromConfiguration& from, const YamlNode& node, Reading& reading) {
  if (from.files.has_value() != from.http.has_value()) return;
  reading.find(node,
               from.files
                   ? say("{}: files e http insieme: un connettore legge da un posto solo",
                         "{}: files and http together: a connector reads from one place", reading.path())
                   : say("{} è vuoto", "{} is empty", reading.path()),
               say("scrivere files: oppure http:", "write files: or http:"));
  if (!from.files) from.files.emplace();  // whoever looks at what is wrong finds something
}

void needs_files(const ToConfiguration& to, const YamlNode& node, Reading& reading) {
  if (!to.files)
    reading.find(node, say("{} è vuoto", "{} is empty", reading.path()),
                 say("scrivere files:", "write files:"));
}

// Places in a file's name that the hub fills in.
void check_name_template(const FilesSinkConfiguration& files, const YamlNode& node, Reading& reading) {
  if (files.name.find('/') != std::string::npos)
    reading.find(
        node,
        say("to.files.name: «{}» contiene una barra", "to.files.name: \"{}\" contains a slash", files.name),
        say("la cartella si scrive in folder", "the folder is written in folder"));
  std::string_view rest = files.name;
  while (true) {
    const auto open = rest.find('{');
    if (open == std::string_view::npos) return;
    rest.remove_prefix(open);
    const auto place =
        rest.substr(0, rest.find('}') == std::string_view::npos ? rest.size() : rest.find('}') + 1);
    if (place != "{date}" && place != "{time}" && place != "{file}" && place != "{seq}")
      return reading.find(node,
                          say("to.files.name: {} non si conosce", "to.files.name: {} is not known", place),
                          say("si conoscono: {{date}}, {{time}}, {{file}}, {{seq}}",
                              "known: {{date}}, {{time}}, {{file}}, {{seq}}"));
    rest.remove_prefix(place.size());
  }
}

}  // namespace

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
              {.name = "http", .help = {"Documenti su un server web.", "Documents on a web server."}})},
      [](void* owner, const YamlNode& node, Reading& reading) {
        check_one_origin(*static_cast<FromConfiguration*>(owner), node, reading);
      }};
  return section;
}

template <>
const Section& section_of<FilesSinkConfiguration>() {
  using C = FilesSinkConfiguration;
  static const Section section{
      {"File per un partner, scritti in una cartella.", "Files for a partner, written to a folder."},
      {option(&C::folder, {.name = "folder",
                           .type = ValueType::kPath,
                           .required = true,
                           .help = {"La cartella. Un file vi compare quando è completo.",
                                    "The folder. A file appears there once it is complete."},
                           .example = "out"}),
       option(
           &C::name,
           {.name = "name",
            .max = 200,
            .help = {"Il nome dei file: {date} {time} {file} {seq} sono sostituiti. Niente è sovrascritto.",
                     "The files' name: {date} {time} {file} {seq} are replaced. Nothing is overwritten."},
            .example = "\"offerte-{date}.csv\""}),
       option(&C::roll, {.name = "roll",
                         .type = ValueType::kChoiceOrDuration,
                         .min = 1,
                         .choices = {{"snapshot",
                                      {"alla fine di ogni lettura di una fonte",
                                       "at the end of each reading of a source"}},
                                     {"each", {"un file per ogni modifica", "one file for each change"}}},
                         .help = {"Quando un file è completo; con una durata, quando è passata.",
                                  "When a file is complete; with a duration, once that has passed."},
                         .example = "1h"})},
      [](void* owner, const YamlNode& node, Reading& reading) {
        check_name_template(*static_cast<FilesSinkConfiguration*>(owner), node, reading);
      }};
  return section;
}

template <>
const Section& section_of<ToConfiguration>() {
  static const Section section{
      {"Dove il connettore scrive.", "Where the connector writes to."},
      {option(&ToConfiguration::files,
              {.name = "files", .help = {"File in una cartella.", "Files in a folder."}}),
       later("http", {"Le chiamate al sistema di un partner.", "Calls to a partner's system."},
             {"manca l'adattatore per le chiamate; scrivere files:",
              "it has no adapter for calls; write files:"})},
      [](void* owner, const YamlNode& node, Reading& reading) {
        const auto is_http = std::any_of(node.entries.begin(), node.entries.end(),
                                         [](const auto& entry) { return entry.key.text == "http"; });
        if (!is_http) needs_files(*static_cast<ToConfiguration*>(owner), node, reading);
      }};
  return section;
}

}  // namespace raccordo
