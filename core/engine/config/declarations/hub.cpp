// SPDX-License-Identifier: EUPL-1.2
// The hub itself: where it keeps what it knows, its secrets, plugins and ports.
#include "core/engine/config/declared.hpp"
#include "core/ports/network.hpp"

namespace raccordo {
namespace {

bool is_loopback(std::string_view address) {
  auto host = address.substr(0, address.rfind(':'));
  if (host == "localhost") return true;
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  const auto parsed = parse_address(host);
  return parsed && (Network::parse("127.0.0.0/8")->holds(*parsed) || Network::parse("::1")->holds(*parsed));
}

// Whoever stands between would read tokens and what people ask for.
void check_ingress(void* owner, const YamlNode& node, Reading& reading) {
  const auto& http = *static_cast<const HttpConfiguration*>(owner);
  if (!http.ingress.empty() && !http.tls && !is_loopback(http.ingress))
    reading.find(
        node,
        say("{}.ingress: {} non è di questa macchina soltanto, e manca tls",
            "{}.ingress: {} is not of this machine only, and tls is missing", reading.path(), http.ingress),
        say("aggiungere tls: {{certificate: ..., key: ...}}, o ascoltare su 127.0.0.1 dietro un altro server",
            "add tls: {{certificate: ..., key: ...}}, or listen on 127.0.0.1 behind another server"));
  if (http.ingress.empty() && http.tls)
    reading.find(node, say("{}.tls senza ingress", "{}.tls without ingress", reading.path()),
                 say("aggiungere ingress: 0.0.0.0:8443", "add ingress: 0.0.0.0:8443"));
}

}  // namespace

template <>
const Section& section_of<LogConfiguration>() {
  using C = LogConfiguration;
  static const Section section{
      {"Il diario dell'hub, sull'uscita degli errori.", "The hub's log, on standard error."},
      {option(&C::level,
              {.name = "level",
               .type = ValueType::kChoice,
               .choices = {{kLogLevels[0],
                            {"Anche perché un record è stato escluso, e ciò che i plugin scrivono dei "
                             "contenuti: per cercare un errore.",
                             "Also why a record was filtered, and what plugins write of its content: for "
                             "looking for a mistake."}},
                           {kLogLevels[1], {"Anche ciò che l'hub fa.", "Also what the hub does."}},
                           {kLogLevels[2], {"Ciò che richiede attenzione.", "What should be looked at."}},
                           {kLogLevels[3], {"Soltanto gli errori.", "Only errors."}}},
               .help = {"Che cosa si scrive nel diario; senza, info, e con run --once warning. Cambia con un "
                        "ricaricamento; run --log-level prevale.",
                        "What the log holds; without it info, and warning with run --once. A reload takes it "
                        "up; run --log-level comes first."},
               .example = "debug"})}};
  return section;
}

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
               .example = "var"}),
       option(
           &C::instance,
           {.name = "instance",
            .type = ValueType::kName,
            .max = 63,
            .help =
                {"Il nome di questo hub tra più d'uno che si dividono il lavoro: la stessa configurazione, "
                 "la "
                 "stessa base di dati, gli stessi broker, una cartella dei dati per ciascuno. Serve store: "
                 "postgresql e backbone: kafka. Senza, l'hub è solo.",
                 "This daemon's name among several that share the work: the same configuration, the same "
                 "database, the same brokers, a data folder each. Needs store: postgresql and backbone: "
                 "kafka. Without it the daemon is alone."},
            .example = "${HOSTNAME}"}),
       option(&C::lease,
              {.name = "lease",
               .type = ValueType::kDuration,
               .min = 1,
               .max = 600,
               .help =
                   {"Con instance: dopo quanto gli altri prendono il lavoro di un hub che non risponde.",
                    "With instance: after how long the others take over from a daemon that does not answer."},
               .example = "15s"}),
       option(&C::log, {.name = "log", .help = {"Il diario.", "The log."}})}};
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
            .example = "[plugins]"}),
       option(
           &PluginsConfiguration::idle,
           {.name = "idle",
            .type = ValueType::kDuration,
            .min = 1,
            .help = {"Un plugin si avvia quando c'è qualcosa per lui, e finisce dopo tanto tempo senza: chi "
                     "ha molti connettori tiene così in memoria solo quelli al lavoro. Senza, ogni plugin "
                     "resta dall'inizio alla fine.",
                     "A plugin starts when there is something for it, and ends after so long without: of "
                     "many connectors, only those at work are in memory. Without it each plugin stays from "
                     "start to end."},
            .example = "10m"})}};
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
      {option(&C::admin,
              {.name = "admin",
               .type = ValueType::kAddress,
               .help = {"Dove rispondono /healthz, /readyz e /metrics; senza, non rispondono. Cambia "
                        "solo con un riavvio.",
                        "Where /healthz, /readyz and /metrics answer; without it they do not. "
                        "Changes only with a restart."},
               .example = "127.0.0.1:8080"}),
       option(&C::ingress,
              {.name = "ingress",
               .type = ValueType::kAddress,
               .help =
                   {"Dove chiamano i sistemi dei partner (from: {webhook: ...}). Cambia solo con un riavvio.",
                    "Where partners' systems call (from: {webhook: ...}). Changes only with a restart."},
               .example = "0.0.0.0:8443"}),
       option(&C::tls,
              {.name = "tls",
               .help =
                   {"Come l'ingresso si mostra; senza, ingress può stare solo su questa macchina, dietro un "
                    "altro server.",
                    "What the ingress shows; without it, ingress can only be on this machine, behind another "
                    "server."}}),
       option(&C::client_rate, {.name = "client_rate",
                                .type = ValueType::kRate,
                                .help = {"Quante richieste all'ingresso da un solo indirizzo, chiunque dica "
                                         "di essere. Dietro un altro server "
                                         "tutte vengono dal suo.",
                                         "How many requests to the ingress from one address, whoever it says "
                                         "it is. Behind another server "
                                         "all come from that one's."},
                                .example = "200/s"}),
       option(&C::proxy,
              {.name = "proxy",
               .help = {"Il proxy per le chiamate ai partner.", "The proxy for calls to partners."}})},
      check_ingress};
  return section;
}

}  // namespace raccordo
