// SPDX-License-Identifier: EUPL-1.2
// Every option of a configuration, once.
#include "core/engine/config/declared.hpp"

namespace raccordo {
namespace {

constexpr Label kNotHere{"usare quello compreso nel programma",
                         "use the one that the program brings with it"};

Text either_is_missing(std::string_view a, std::string_view b) {
  return say("scrivere {0}: per leggere, {1}: per ricevere", "write {0}: to read, {1}: to receive", a, b);
}

// What makes a connector a source or a sink, and one of them only.
void check_direction(const ConnectorConfiguration& connector, const YamlNode& node, Reading& reading) {
  if (connector.from && (connector.subscribe || connector.to))
    reading.find(node,
                 say("il connettore {} legge (from) e riceve (subscribe, to) insieme",
                     "connector {} both reads (from) and receives (subscribe, to)", connector.id),
                 say("farne due connettori", "make two connectors of it"));
  if (!connector.from && !connector.subscribe && !connector.to)
    reading.find(node,
                 say("il connettore {} non legge e non riceve niente",
                     "connector {} neither reads nor receives", connector.id),
                 either_is_missing("from", "subscribe"));
  if (connector.subscribe && !connector.to)
    reading.find(node,
                 say("il connettore {} non dice dove scrivere", "connector {} does not say where to write",
                     connector.id),
                 say("aggiungere to:", "add to:"));
  if (!connector.subscribe && connector.to && !connector.from)
    reading.find(
        node,
        say("il connettore {} non dice che cosa ricevere", "connector {} does not say what to receive",
            connector.id),
        say("aggiungere subscribe: {{topics: [services]}}", "add subscribe: {{topics: [services]}}"));
}

template <typename T>
void needs_files(const T& where, const YamlNode& node, Reading& reading) {
  if (!where.files)
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
const Section& section_of<HubConfiguration>() {
  using C = HubConfiguration;
  static const Section section{
      {"Questo hub.", "This hub."},
      {option(&C::id,
              {.name = "id",
               .type = ValueType::kName,
               .required = true,
               .max = 63,
               .help = {"Il nome permanente dell'hub: entra in ogni identificativo e non si cambia più.",
                        "The hub's permanent name: it is part of every id and never changes."},
               .example = "valle-demo"}),
       option(&C::data,
              {.name = "data",
               .type = ValueType::kPath,
               .help = {"La cartella di ciò che l'hub ricorda: eventi, registro, blocco, presa dei comandi.",
                        "The folder of what the hub remembers: events, store, lock, control socket."},
               .example = "var"})}};
  return section;
}

template <>
const Section& section_of<EmbeddedBackboneConfiguration>() {
  using C = EmbeddedBackboneConfiguration;
  static const Section section{
      {"La dorsale compresa nel programma: niente da installare.",
       "The backbone inside the program: nothing to install."},
      {option(&C::keep_deleted,
              {.name = "keep_deleted",
               .type = ValueType::kDuration,
               .min = 3'600,
               .help = {"Per quanto tempo una cancellazione resta leggibile a chi era assente.",
                        "How long a deletion stays readable for those who were away."},
               .example = "7d"})}};
  return section;
}

template <>
const Section& section_of<BackboneConfiguration>() {
  static const Section section{
      {"La dorsale: il registro durevole degli eventi.", "The backbone: the durable log of events."},
      {option(&BackboneConfiguration::embedded, {.name = "embedded",
                                                 .help = {"La dorsale compresa nel programma (predefinita).",
                                                          "The backbone inside the program (the default)."}}),
       later("kafka", {"Una dorsale Kafka, per più hub.", "A Kafka backbone, for several hubs."},
             {"manca l'adattatore per Kafka; scrivere embedded: {}",
              "it has no Kafka adapter; write embedded: {}"})}};
  return section;
}

template <>
const Section& section_of<SqliteStoreConfiguration>() {
  static const Section section{{"Il registro compreso nel programma.", "The store inside the program."}, {}};
  return section;
}

template <>
const Section& section_of<StoreConfiguration>() {
  static const Section section{
      {"Dove l'hub ricorda cursori, conti e record accantonati.",
       "Where the hub remembers cursors, counts and parked records."},
      {option(&StoreConfiguration::sqlite, {.name = "sqlite",
                                            .help = {"Un file nella cartella dei dati (predefinito).",
                                                     "A file in the data folder (the default)."}}),
       later("postgresql",
             {"Una base di dati PostgreSQL, per più hub.", "A PostgreSQL database, for several hubs."},
             {"manca l'adattatore per PostgreSQL; scrivere sqlite: {}",
              "it has no PostgreSQL adapter; write sqlite: {}"})}};
  return section;
}

template <>
const Section& section_of<SecretsConfiguration>() {
  static const Section section{
      {"I segreti, chiamati per nome: {secret: nome}.", "Secrets, referred to by name: {secret: name}."},
      {option(
          &SecretsConfiguration::folder,
          {.name = "folder",
           .type = ValueType::kPath,
           .help = {"Una cartella con un file per segreto, che gli altri utenti non leggono. La variabile "
                    "RACCORDO_SECRET_<NOME> prevale.",
                    "A folder with one file for each secret, not readable by other users. The variable "
                    "RACCORDO_SECRET_<NAME> comes first."},
           .example = "secrets"})}};
  return section;
}

template <>
const Section& section_of<PluginsConfiguration>() {
  static const Section section{
      {"I plugin.", "Plugins."},
      {option(
          &PluginsConfiguration::folders,
          {.name = "folders",
           .type = ValueType::kPath,
           .help =
               {"Cartelle di plugin, oltre a quelli installati con il programma. Il file si chiami come il "
                "plugin (NOME.so): gli altri si guardano solo se nessuno si chiama così.",
                "Folders of plugins, besides those installed with the program. The file is best called as "
                "the plugin (NAME.so): others are looked at only when none is called so."},
           .example = "[plugins]"})}};
  return section;
}

template <>
const Section& section_of<ProxyConfiguration>() {
  using C = ProxyConfiguration;
  static const Section section{
      {"Il proxy per le chiamate ai partner.", "The proxy for calls to partners."},
      {option(&C::url, {.name = "url",
                        .type = ValueType::kUrl,
                        .help = {"Il suo indirizzo.", "Its address."},
                        .example = "http://proxy.example:3128"}),
       option(&C::user,
              {.name = "user", .help = {"Il nome utente.", "The user's name."}, .example = "raccordo"}),
       option(&C::password, {.name = "password",
                             .type = ValueType::kSecret,
                             .help = {"La password.", "The password."},
                             .example = "{secret: proxy}"}),
       option(&C::no_proxy, {.name = "no_proxy",
                             .help = {"Server da chiamare direttamente.", "Servers to call directly."},
                             .example = "[localhost]"})}};
  return section;
}

template <>
const Section& section_of<HttpConfiguration>() {
  using C = HttpConfiguration;
  static const Section section{
      {"Le porte dell'hub.", "The hub's ports."},
      {option(&C::admin, {.name = "admin",
                          .type = ValueType::kAddress,
                          .help = {"Dove rispondono /healthz, /readyz e /metrics; senza, non rispondono.",
                                   "Where /healthz, /readyz and /metrics answer; without it they do not."},
                          .example = "127.0.0.1:8080"}),
       option(&C::ingress, {.name = "ingress",
                            .type = ValueType::kAddress,
                            .help = {"Dove chiamano i sistemi dei partner.", "Where partners' systems call."},
                            .example = "127.0.0.1:8443"}),
       option(&C::proxy,
              {.name = "proxy",
               .help = {"Il proxy per le chiamate ai partner.", "The proxy for calls to partners."}})}};
  return section;
}

template <>
const Section& section_of<FilesSourceConfiguration>() {
  using C = FilesSourceConfiguration;
  static const Section section{
      {"File di un partner, letti da una cartella.", "A partner's files, read from a folder."},
      {option(&C::path, {.name = "path",
                         .type = ValueType::kPattern,
                         .required = true,
                         .help = {"I file: * e ? stanno per qualunque carattere del nome.",
                                  "The files: * and ? stand for any characters of the name."},
                         .example = "\"in/albo-*.csv\""}),
       option(&C::snapshot,
              {.name = "snapshot",
               .type = ValueType::kChoice,
               .choices = {{"partial", {"i file aggiungono e cambiano", "the files add and change"}},
                           {"complete",
                            {"i file sono tutto ciò che il partner ha: ciò che manca è cancellato",
                             "the files are all that the partner has: what is missing is deleted"}}},
               .help = {"Che cosa dicono i file, insieme.", "What the files say, together."},
               .example = "complete"}),
       option(&C::poll, {.name = "poll",
                         .type = ValueType::kDuration,
                         .min = 0.1,
                         .max = 7 * 86'400,
                         .help = {"Ogni quanto guardare la cartella.", "How often to look at the folder."},
                         .example = "30s"}),
       option(&C::max_deletions,
              {.name = "max_deletions",
               .type = ValueType::kPercentage,
               .help = {"Quanta parte di ciò che si conosceva può sparire in una volta; oltre, le "
                        "cancellazioni attendono.",
                        "What part of what was known may disappear at once; beyond it, deletions are held."},
               .example = "10%"})}};
  return section;
}

template <>
const Section& section_of<FromConfiguration>() {
  static const Section section{
      {"Da dove il connettore legge.", "Where the connector reads from."},
      {option(&FromConfiguration::files,
              {.name = "files", .help = {"File in una cartella.", "Files in a folder."}})},
      [](void* owner, const YamlNode& node, Reading& reading) {
        needs_files(*static_cast<FromConfiguration*>(owner), node, reading);
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

template <>
const Section& section_of<SubscribeConfiguration>() {
  static const Section section{
      {"Che cosa il connettore riceve.", "What the connector receives."},
      {option(&SubscribeConfiguration::topics,
              {.name = "topics",
               .type = ValueType::kChoice,
               .required = true,
               .choices = {{"organizations", {"organizzazioni", "organizations"}},
                           {"services", {"servizi", "services"}},
                           {"offers", {"modalità di accesso e posti", "offers and capacities"}}},
               .help = {"Gli argomenti della dorsale.", "Topics of the backbone."},
               .example = "[services, organizations]"})}};
  return section;
}

template <>
const Section& section_of<LimitsConfiguration>() {
  using C = LimitsConfiguration;
  constexpr double kMebibyte = 1 << 20;
  static const Section section{
      {"Quanto il plugin può usare.", "How much the plugin may use."},
      {option(&C::start, {.name = "start",
                          .type = ValueType::kDuration,
                          .min = 0.1,
                          .max = 600,
                          .help = {"Il tempo per avviarsi.", "The time to start."},
                          .example = "10s"}),
       option(&C::record, {.name = "record",
                           .type = ValueType::kDuration,
                           .min = 0.01,
                           .max = 600,
                           .help = {"Il tempo per un record; passato quello, il record è accantonato.",
                                    "The time for one record; after that the record is parked."},
                           .example = "5s"}),
       option(&C::memory,
              {.name = "memory",
               .type = ValueType::kSize,
               .min = 32 * kMebibyte,
               .help = {"La memoria del processo del plugin.", "The memory of the plugin's process."},
               .example = "512MiB"}),
       option(&C::output,
              {.name = "output",
               .type = ValueType::kSize,
               .min = 65'536,
               .max = 256 * kMebibyte,
               .help = {"Quanto può rispondere a un record.", "How much it may answer to one record."},
               .example = "16MiB"}),
       option(&C::record_size, {.name = "record_size",
                                .type = ValueType::kSize,
                                .min = 1'024,
                                .max = 256 * kMebibyte,
                                .help = {"Il record più grande; quelli oltre sono accantonati.",
                                         "The largest record; larger ones are parked."},
                                .example = "1MiB"}),
       option(&C::document_size, {.name = "document_size",
                                  .type = ValueType::kSize,
                                  .min = 1'024,
                                  .max = 1'024 * kMebibyte,
                                  .help = {"Il file più grande, dove il file intero è un record.",
                                           "The largest file, where a whole file is one record."},
                                  .example = "16MiB"})}};
  return section;
}

template <>
const Section& section_of<ConnectorConfiguration>() {
  using C = ConnectorConfiguration;
  static const Section section{
      {"Un connettore: un plugin, configurato per un partner.",
       "A connector: a plugin, configured for one partner."},
      {option(
           &C::id,
           {.name = "id",
            .type = ValueType::kName,
            .required = true,
            .max = 63,
            .help =
                {"Il nome che tutti vedono. Un altro nome è un'altra fonte, salvo was.",
                 "The name that everyone sees. Another name is another source, unless was says otherwise."},
            .example = "rsa-lombardia"}),
       option(&C::plugin, {.name = "plugin",
                           .required = true,
                           .help = {"Il plugin (raccordo plugins ne mostra l'elenco).",
                                    "The plugin (raccordo plugins lists them)."},
                           .example = "mapping"}),
       option(&C::was,
              {.name = "was",
               .type = ValueType::kName,
               .max = 63,
               .help = {"Il nome di prima, se è stato cambiato.", "Its name before, if it was changed."},
               .example = "rsa"}),
       option(&C::isolation, {.name = "isolation",
                              .type = ValueType::kChoice,
                              .choices = {{"worker",
                                           {"in un processo suo: un guasto non tocca nessun altro",
                                            "in a process of its own: a failure touches nobody else"}},
                                          {"in_process",
                                           {"nel processo dell'hub: per prove e macchine piccole",
                                            "in the hub's process: for debugging and small machines"}}},
                              .help = {"Dove gira il plugin.", "Where the plugin runs."},
                              .example = "worker"}),
       option(
           &C::options,
           {.name = "options",
            .type = ValueType::kFreeForm,
            .help = {"Le opzioni del plugin (raccordo plugins NOME le mostra). Un segreto: {secret: nome}.",
                     "The plugin's options (raccordo plugins NAME shows them). A secret: {secret: name}."},
            .example = "{mapping: maps/rsa.yaml}"}),
       option(&C::from, {.name = "from",
                         .help = {"Da dove legge: il connettore è una fonte.",
                                  "Where it reads from: the connector is a source."}}),
       option(&C::subscribe, {.name = "subscribe",
                              .help = {"Che cosa riceve: il connettore scrive per un partner.",
                                       "What it receives: the connector writes for a partner."}}),
       option(&C::to, {.name = "to", .help = {"Dove scrive.", "Where it writes to."}}),
       option(&C::limits,
              {.name = "limits", .help = {"Quanto il plugin può usare.", "How much the plugin may use."}})},
      [](void* owner, const YamlNode& node, Reading& reading) {
        auto& connector = *static_cast<C*>(owner);
        connector.at = connector.plugin_at = reading.at(node);
        connector.folder = reading.folder();
        for (const auto& [key, value] : node.entries) {
          if (key.text == "id") connector.at = reading.at(value);
          if (key.text == "plugin") connector.plugin_at = reading.at(value);
        }
        check_direction(connector, node, reading);
      }};
  return section;
}

namespace {

template <typename Owner>
Option version_option(bool required) {
  return option(&Owner::config,
                {.name = "config",
                 .type = ValueType::kInteger,
                 .required = required,
                 .min = 1,
                 .max = 1,
                 .help = {"La versione di questo formato: 1.", "The version of this format: 1."},
                 .example = "1"});
}

template <typename Owner>
Option include_option() {
  return option(&Owner::include, {.name = "include",
                                  .type = ValueType::kPattern,
                                  .help = {"Altri file: ognuno un connettore, o un elenco sotto connectors.",
                                           "More files: each one connector, or a list under connectors."},
                                  .example = "connectors.d/*.yaml"});
}

template <typename Owner>
Option connectors_option() {
  return option(&Owner::connectors, {.name = "connectors", .help = {"I connettori.", "The connectors."}});
}

}  // namespace

template <>
const Section& section_of<IncludedConfiguration>() {
  using C = IncludedConfiguration;
  static const Section section{{"Un file incluso.", "An included file."},
                               {version_option<C>(false), include_option<C>(), connectors_option<C>()}};
  return section;
}

template <>
const Section& section_of<Configuration>() {
  using C = Configuration;
  static const Section section{
      {"La configurazione di un hub.", "The configuration of a hub."},
      {version_option<C>(true),
       option(&C::hub, {.name = "hub",
                        .required = true,
                        .help = {"Questo hub.", "This hub."},
                        .example = "{id: valle-demo}"}),
       option(&C::backbone,
              {.name = "backbone", .help = {"La dorsale degli eventi.", "The backbone of events."}}),
       option(&C::store, {.name = "store", .help = {"Il registro dell'hub.", "The hub's store."}}),
       option(&C::secrets, {.name = "secrets", .help = {"I segreti.", "Secrets."}}),
       option(&C::plugins, {.name = "plugins", .help = {"I plugin.", "Plugins."}}),
       option(&C::http, {.name = "http", .help = {"Le porte dell'hub.", "The hub's ports."}}),
       include_option<C>(), connectors_option<C>()}};
  return section;
}

const Section& configuration_section() { return section_of<Configuration>(); }
const Section& included_section() { return section_of<IncludedConfiguration>(); }
const Section& connector_section() { return section_of<ConnectorConfiguration>(); }

}  // namespace raccordo
