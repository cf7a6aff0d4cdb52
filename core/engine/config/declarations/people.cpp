// SPDX-License-Identifier: EUPL-1.2
// How what is said about people is kept.
#include "core/engine/config/declared.hpp"

namespace raccordo {

template <>
const Section& section_of<PeopleConfiguration>() {
  using C = PeopleConfiguration;
  static const Section section{
      {"I dati delle persone, sigillati.", "People's data, sealed."},
      {option(&C::keys,
              {.name = "keys",
               .type = ValueType::kPath,
               .required = true,
               .help = {"Il file con cui i dati delle persone sono sigillati; lo fa raccordo keys new, con "
                        "permessi 0600. Senza, nulla è sigillato. Cambia solo con un riavvio.",
                        "The file that people's data is sealed with; raccordo keys new makes it, mode 0600. "
                        "Without it nothing is sealed. Changes only with a restart."},
               .example = "secrets/people.key"})},
      [](void* owner, const YamlNode& node, Reading& reading) {
        auto& people = *static_cast<C*>(owner);
        people.at = reading.at(node);
        for (const auto& [key, value] : node.entries)
          if (key.text == "keys") people.at = reading.at(value);
      }};
  return section;
}

}  // namespace raccordo
