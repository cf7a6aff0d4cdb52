// SPDX-License-Identifier: EUPL-1.2
// The store: a file in the data folder, or PostgreSQL.
#include <algorithm>

#include "core/engine/config/declared.hpp"
#include "core/engine/config/yaml_document.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kLongestSchema = 63;  // PostgreSQL cuts longer names without a word
constexpr double kLongestTimeout = 3'600;

bool is_named(const YamlNode& node, std::string_view name) {
  return std::ranges::any_of(node.entries, [&](const YamlEntry& entry) { return entry.key.text == name; });
}

void check_one_store(void*, const YamlNode& node, Reading& reading) {
  if (!is_named(node, "postgresql") || !is_named(node, "sqlite")) return;
  reading.find(node,
               say("{}: sqlite e postgresql insieme: il registro è uno solo",
                   "{}: sqlite and postgresql together: there is one store", reading.path()),
               say("togliere sqlite o postgresql", "remove sqlite or postgresql"));
}

// What stands between "://" and the first "/", and whether the rest is a database's name.
struct DatabaseUrl {
  std::string_view user;
  std::string_view host;
  bool has_password = false;
  bool whole = false;

  explicit DatabaseUrl(std::string_view url) {
    for (const std::string_view scheme : {"postgresql://", "postgres://"})
      if (url.starts_with(scheme)) parse(url.substr(scheme.size()));
  }
  [[nodiscard]] bool is_local() const {
    return host == "localhost" || host.starts_with("127.") || host == "[::1]" || host.starts_with("%2F") ||
           host.starts_with("%2f");
  }

 private:
  void parse(std::string_view rest) {
    const auto at = rest.rfind('@');
    if (at == std::string_view::npos) return;
    user = rest.substr(0, at);
    rest.remove_prefix(at + 1);
    has_password =
        user.find(':') != std::string_view::npos || rest.find("password=") != std::string_view::npos;
    const auto slash = rest.find('/');
    host = rest.substr(0, slash);
    if (const auto port = host.rfind(':'); port != std::string_view::npos && host.back() != ']')
      host = host.substr(0, port);
    const auto database = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
    whole = !user.empty() && !host.empty() && !database.empty() &&
            rest.find_first_of("?#, \t\r\n") == std::string_view::npos &&
            database.find('/') == std::string_view::npos;
  }
};

void check_database(void* owner, const YamlNode& node, Reading& reading) {
  const auto& database = *static_cast<const PostgresqlStoreConfiguration*>(owner);
  const DatabaseUrl url(database.url);
  if (url.has_password)
    return reading.find(node,
                        say("{}.url: la password non si scrive nell'indirizzo",
                            "{}.url: a password is not written in the address", reading.path()),
                        say("toglierla, e usare password: {{secret: nome}}",
                            "take it out, and use password: {{secret: name}}"));
  if (!database.url.empty() && !url.whole)
    return reading.find(node,
                        say("{}.url: «{}» non è un indirizzo di PostgreSQL",
                            "{}.url: \"{}\" is no address of PostgreSQL", reading.path(), database.url),
                        say("scrivere per esempio postgresql://raccordo@db.example:5432/raccordo",
                            "write for example postgresql://raccordo@db.example:5432/raccordo"));
  if (!database.tls && !database.url.empty() && !url.is_local())
    reading.find(node,
                 say("{}: senza tls password e dati vanno in chiaro fino a {}",
                     "{}: without tls password and data go in the clear to {}", reading.path(), url.host),
                 say("aggiungere tls: {{}}", "add tls: {{}}"));
}

}  // namespace

template <>
const Section& section_of<SqliteStoreConfiguration>() {
  static const Section section{{"Il registro compreso nel programma.", "The store inside the program."}, {}};
  return section;
}

template <>
const Section& section_of<PostgresqlStoreConfiguration>() {
  using C = PostgresqlStoreConfiguration;
  static const Section section{
      {"Uno schema di una base di dati PostgreSQL, versione 14 o successiva.",
       "A schema of a PostgreSQL database, version 14 or later."},
      {option(&C::url, {.name = "url",
                        .required = true,
                        .help = {"Utente, server e base di dati; la password si scrive a parte.",
                                 "User, server and database; the password is written apart."},
                        .example = "postgresql://raccordo@db.example:5432/raccordo"}),
       option(&C::password, {.name = "password",
                             .type = ValueType::kSecret,
                             .help = {"La password.", "The password."},
                             .example = "{secret: pg}"}),
       option(&C::tls, {.name = "tls",
                        .help = {"Cifratura (TLS); ne fa a meno solo un server su questa macchina.",
                                 "Encryption (TLS); only a server on this machine does without."}}),
       option(&C::schema,
              {.name = "schema",
               .type = ValueType::kName,
               .max = kLongestSchema,
               .help = {"Lo schema di questo hub, che lo crea se manca; ogni hub ha il suo.",
                        "This hub's schema, which it makes if it is missing; each hub has its own."},
               .example = "raccordo"}),
       option(&C::timeout, {.name = "timeout",
                            .type = ValueType::kDuration,
                            .min = 1,
                            .max = kLongestTimeout,
                            .help = {"Quanto si attende una risposta.", "How long an answer is waited for."},
                            .example = "30s"})},
      check_database};
  return section;
}

template <>
const Section& section_of<StoreConfiguration>() {
  using C = StoreConfiguration;
  static const Section section{
      {"Dove l'hub ricorda cursori, conti e record accantonati.",
       "Where the hub remembers cursors, counts and parked records."},
      {option(&C::sqlite, {.name = "sqlite",
                           .help = {"Un file nella cartella dei dati (predefinito).",
                                    "A file in the data folder (the default)."}}),
       option(
           &C::postgresql,
           {.name = "postgresql",
            .help =
                {"Una base di dati PostgreSQL. Ciò che sta nel file non vi passa: le fonti si rileggono.",
                 "A PostgreSQL database. What is in the file does not move there: sources are read anew."}})},
      check_one_store};
  return section;
}

}  // namespace raccordo
