// SPDX-License-Identifier: EUPL-1.2
// A connector: a plugin, configured for one partner.
#include "core/engine/config/declared.hpp"

namespace raccordo {
namespace {

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

}  // namespace

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
                           {"offers", {"modalità di accesso e posti", "offers and capacities"}},
                           {"accreditations",
                            {"affidamenti, qualifiche, piani, titoli",
                             "awards, qualifications, plans, entitlements"}},
                           {"bookings", {"prenotazioni", "bookings"}},
                           {"enquiries", {"richieste di informazioni", "enquiries"}},
                           {"wallets", {"borsellini", "wallets"}}},
               .help = {"Gli argomenti della dorsale.", "Topics of the backbone."},
               .example = "[services, organizations]"})},
      [](void* owner, const YamlNode& node, Reading& reading) {
        auto& places = static_cast<SubscribeConfiguration*>(owner)->topics_at;
        for (const auto& [key, value] : node.entries) {
          if (key.text != "topics" || !places.empty()) continue;
          if (value.kind != YamlNode::Kind::kList) places.push_back(reading.at(value));
          for (const auto& item : value.items) places.push_back(reading.at(item));
        }
      }};
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
       option(&C::partner,
              {.name = "partner",
               .type = ValueType::kName,
               .max = 63,
               .help = {"Il connettore che è dello stesso partner: le pratiche sono di tutti e due.",
                        "The connector that is of the same partner: cases are of both."},
               .example = "portale"}),
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

}  // namespace raccordo
