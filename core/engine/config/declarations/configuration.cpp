// SPDX-License-Identifier: EUPL-1.2
// The whole configuration, and the files that it includes.
#include "core/engine/config/declared.hpp"
#include "core/engine/config/yaml_document.hpp"

namespace raccordo {
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

// What daemons share must lie where each of them reaches it.
void check_shared(void* owner, const YamlNode& node, Reading& reading) {
  const auto& configuration = *static_cast<const Configuration*>(owner);
  if (configuration.hub.instance.empty()) return;
  if (!configuration.store.postgresql || !configuration.backbone.kafka)
    reading.find(
        node,
        say("hub.instance: più hub si dividono il lavoro solo con store: postgresql e backbone: kafka",
            "hub.instance: several daemons share their work only with store: postgresql and backbone: kafka"),
        say("togliere hub.instance, o aggiungere ciò che manca",
            "remove hub.instance, or add what is missing"));
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
       option(&C::people, {.name = "people", .help = {"I dati delle persone.", "People's data."}}),
       option(&C::wallets, {.name = "wallets", .help = {"I borsellini.", "Wallets."}}),
       option(&C::plugins, {.name = "plugins", .help = {"I plugin.", "Plugins."}}),
       option(&C::http, {.name = "http", .help = {"Le porte dell'hub.", "The hub's ports."}}),
       include_option<C>(), connectors_option<C>()},
      check_shared};
  return section;
}

const Section& configuration_section() { return section_of<Configuration>(); }
const Section& included_section() { return section_of<IncludedConfiguration>(); }
const Section& connector_section() { return section_of<ConnectorConfiguration>(); }

}  // namespace raccordo
