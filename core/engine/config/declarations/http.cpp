// SPDX-License-Identifier: EUPL-1.2
// Where a connector reads from a partner's web server, and how the partner knows us.
#include <algorithm>

#include "core/engine/config/declarations/http_access.hpp"
#include "core/engine/config/declarations/snapshot.hpp"

namespace raccordo {
namespace {

void check_one_way(void* owner, const YamlNode& node, Reading& reading) {
  const auto& auth = *static_cast<const AuthConfiguration*>(owner);
  const int ways = static_cast<int>(auth.bearer.has_value()) + static_cast<int>(auth.header.has_value()) +
                   static_cast<int>(auth.query.has_value()) + static_cast<int>(auth.basic.has_value()) +
                   static_cast<int>(auth.oauth2.has_value());
  if (ways == 1) return;
  reading.find(node,
               ways == 0 ? say("{} è vuoto", "{} is empty", reading.path())
                         : say("{}: più modi insieme: il partner ne vuole uno",
                               "{}: several ways together: the partner wants one", reading.path()),
               say("scrivere uno fra bearer, header, query, basic e oauth2",
                   "write one of bearer, header, query, basic and oauth2"));
}

// Documents are files and say together what they are; of a site's pages the plugin says it.
void check_what_is_read(const HttpSourceConfiguration& http, const YamlNode& node, Reading& reading) {
  if (http.url.empty() != http.base_url.empty()) {
    const bool snapshot = std::any_of(node.entries.begin(), node.entries.end(),
                                      [](const YamlEntry& entry) { return entry.key.text == "snapshot"; });
    if (http.is_asked() && snapshot)
      reading.find(node,
                   say("{}: snapshot non si scrive con base_url", "{}: snapshot is not written with base_url",
                       reading.path()),
                   say("lo dice il plugin, pagina per pagina: toglierlo",
                       "the plugin says it, page by page: remove it"));
    if (http.base_url.find_first_of("?#") != std::string::npos)
      reading.find(
          node,
          say("{}: base_url contiene una domanda (?)", "{}: base_url holds a query (?)", reading.path()),
          say("le domande le fa il plugin; una chiave si scrive in auth.query",
              "the plugin asks; a key is written in auth.query"));
    return;
  }
  reading.find(node,
               http.is_asked()
                   ? say("{}: url e base_url insieme", "{}: url and base_url together", reading.path())
                   : say("{}: manca l'indirizzo", "{}: the address is missing", reading.path()),
               say("scrivere url per dei documenti, base_url per un sito che il plugin interroga",
                   "write url for documents, base_url for a site that the plugin asks"));
}

}  // namespace

template <>
const Section& section_of<KeyConfiguration>() {
  using C = KeyConfiguration;
  static const Section section{
      {"Una chiave con il nome che il partner le dà.", "A key under the name that the partner gives it."},
      {option(&C::name, {.name = "name",
                         .required = true,
                         .max = 100,
                         .help = {"Il nome.", "The name."},
                         .example = "X-Api-Key"}),
       option(&C::value, {.name = "value",
                          .type = ValueType::kSecret,
                          .required = true,
                          .help = {"La chiave.", "The key."},
                          .example = "{secret: albo-key}"})}};
  return section;
}

template <>
const Section& section_of<LoginConfiguration>() {
  using C = LoginConfiguration;
  static const Section section{{"Un utente e la sua password.", "A user and its password."},
                               {option(&C::user, {.name = "user",
                                                  .required = true,
                                                  .help = {"Il nome utente.", "The user's name."},
                                                  .example = "raccordo"}),
                                option(&C::password, {.name = "password",
                                                      .type = ValueType::kSecret,
                                                      .required = true,
                                                      .help = {"La password.", "The password."},
                                                      .example = "{secret: albo}"})}};
  return section;
}

template <>
const Section& section_of<Oauth2Configuration>() {
  using C = Oauth2Configuration;
  static const Section section{
      {"Un token chiesto con le credenziali del client (OAuth 2, RFC 6749 §4.4).",
       "A token asked for with client credentials (OAuth 2, RFC 6749 section 4.4)."},
      {option(&C::token_url, {.name = "token_url",
                              .type = ValueType::kUrl,
                              .required = true,
                              .help = {"Dove si chiede il token.", "Where the token is asked for."},
                              .example = "https://partner.example/oauth2/token"}),
       option(&C::client_id, {.name = "client_id",
                              .required = true,
                              .help = {"Il nome del client.", "The client's name."},
                              .example = "raccordo"}),
       option(&C::client_secret, {.name = "client_secret",
                                  .type = ValueType::kSecret,
                                  .required = true,
                                  .help = {"Il suo segreto.", "Its secret."},
                                  .example = "{secret: albo-client}"}),
       option(&C::scope, {.name = "scope",
                          .help = {"Che cosa si chiede di poter fare, separato da spazi.",
                                   "What is asked to be allowed, separated by spaces."},
                          .example = "catalogo:leggi"})}};
  return section;
}

template <>
const Section& section_of<AuthConfiguration>() {
  using C = AuthConfiguration;
  static const Section section{
      {"Come il partner sa che siamo noi: uno di questi modi.",
       "How the partner knows that it is us: one of these ways."},
      {option(&C::bearer, {.name = "bearer",
                           .type = ValueType::kSecret,
                           .help = {"Un token fisso.", "A token that stays."},
                           .example = "{secret: albo-token}"}),
       option(&C::header,
              {.name = "header", .help = {"Una chiave in un'intestazione.", "A key in a header."}}),
       option(&C::query, {.name = "query", .help = {"Una chiave nell'indirizzo.", "A key in the address."}}),
       option(&C::basic, {.name = "basic", .help = {"Utente e password.", "A user and a password."}}),
       option(&C::oauth2,
              {.name = "oauth2", .help = {"Un token che scade (OAuth 2).", "A token that ends (OAuth 2)."}})},
      check_one_way};
  return section;
}

template <>
const Section& section_of<HttpSourceConfiguration>() {
  using C = HttpSourceConfiguration;
  static const Section section = [] {
    Section made{
        {"Un server web del partner: documenti, chiesti di nuovo soltanto se sono cambiati (url), o un sito "
         "che "
         "il plugin interroga pagina per pagina (base_url).",
         "A partner's web server: documents, asked for again only if they changed (url), or a site that the "
         "plugin asks page by page (base_url)."},
        with_snapshot_options<C>(
            option(&C::url, {.name = "url",
                             .type = ValueType::kUrl,
                             .help = {"Gli indirizzi dei documenti.", "The documents' addresses."},
                             .example = "https://partner.example/albo.csv"}),
            {"Ogni quanto chiedere. Se il partner chiede di attendere (Retry-After), si attende.",
             "How often to ask. If the partner asks to wait (Retry-After), it is waited."},
            "5m"),
        [](void* owner, const YamlNode& node, Reading& reading) {
          const auto& http = *static_cast<const C*>(owner);
          check_what_is_read(http, node, reading);
          auto addresses = http.url;
          if (http.is_asked()) addresses.push_back(http.base_url);
          check_http_access(http, std::move(addresses), node, reading);
        }};
    const auto add = [&](Option declared) { made.options.push_back(std::move(declared)); };
    made.options.insert(made.options.begin() + 1,
                        option(&C::base_url, {.name = "base_url",
                                              .type = ValueType::kUrl,
                                              .help = {"L'indirizzo dietro cui il plugin chiede; solo per "
                                                       "plugin che leggono così (tick, response).",
                                                       "The address behind which the plugin asks; only for "
                                                       "plugins that read so (tick, response)."},
                                              .example = "https://partner.example/hsds/v3"}));
    add_http_access_options(made.options);
    add(option(&C::hosts,
               {.name = "hosts",
                .help = {"Altri server a cui una risposta può rimandare. Le chiavi non li seguono.",
                         "Other servers that an answer may lead to. Keys do not go there."},
                .example = "[files.partner.example]"}));
    add(option(&C::timeout, {.name = "timeout",
                             .type = ValueType::kDuration,
                             .min = 1,
                             .max = 86'400,
                             .help = {"Il tempo per un documento intero, o per una richiesta del plugin.",
                                      "The time for a whole document, or for one request of the plugin."},
                             .example = "10m"}));
    add(option(
        &C::max_size,
        {.name = "max_size",
         .type = ValueType::kSize,
         .min = 1'024,
         .help = {"Il documento più grande, decompresso. Una risposta al plugin al più limits.document_size.",
                  "The largest document, unpacked. A response to the plugin at most limits.document_size."},
         .example = "1GiB"}));
    add(option(&C::pause, {.name = "pause",
                           .type = ValueType::kDuration,
                           .min = 0,
                           .max = 3'600,
                           .help = {"Con base_url: il tempo minimo fra due richieste.",
                                    "With base_url: the least time between two requests."},
                           .example = "100ms"}));
    add(option(&C::max_requests,
               {.name = "max_requests",
                .type = ValueType::kInteger,
                .min = 1,
                .max = 1'000'000,
                .help = {"Con base_url: quante richieste in una lettura; il resto attende la prossima.",
                         "With base_url: how many requests in one reading; the rest waits for the next."},
                .example = "10000"}));
    add(option(&C::max_bytes,
               {.name = "max_bytes",
                .type = ValueType::kSize,
                .min = 1'024,
                .help = {"Con base_url: quanto si riceve in una lettura; il resto attende la prossima.",
                         "With base_url: how much is received in one reading; the rest waits for the next."},
                .example = "1GiB"}));
    add(option(&C::max_time,
               {.name = "max_time",
                .type = ValueType::kDuration,
                .min = 1,
                .max = 86'400,
                .help = {"Con base_url: quanto può durare una lettura; il resto attende la prossima.",
                         "With base_url: how long one reading may take; the rest waits for the next."},
                .example = "1h"}));
    return made;
  }();
  return section;
}

}  // namespace raccordo
