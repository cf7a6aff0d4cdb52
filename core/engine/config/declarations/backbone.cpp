// SPDX-License-Identifier: EUPL-1.2
// The backbone: inside the program, or Kafka.
#include <algorithm>

#include "core/engine/config/declared.hpp"
#include "core/engine/config/yaml_document.hpp"

namespace raccordo {
namespace {

constexpr double kMostPartitions = 1'000;
constexpr double kMostReplicas = 15;

bool names(const YamlNode& node, std::string_view name) {
  return std::ranges::any_of(node.entries, [&](const YamlEntry& entry) { return entry.key.text == name; });
}

void check_one_backbone(void*, const YamlNode& node, Reading& reading) {
  if (!names(node, "kafka") || !names(node, "embedded")) return;
  reading.find(node,
               say("{}: embedded e kafka insieme: la dorsale è una sola",
                   "{}: embedded and kafka together: there is one backbone", reading.path()),
               say("togliere embedded o kafka", "remove embedded or kafka"));
}

void check_login(const KafkaSecurityConfiguration& security, const YamlNode& node, Reading& reading) {
  if (security.sasl && security.oauth2)
    reading.find(node,
                 say("{}: sasl e oauth2 insieme: si accede in un modo solo",
                     "{}: sasl and oauth2 together: there is one way to log in", reading.path()),
                 say("togliere sasl o oauth2", "remove sasl or oauth2"));
  if (security.sasl && security.sasl->mechanism == SaslMechanism::kPlain && !security.tls)
    reading.find(node,
                 say("{}: plain manda la password in chiaro", "{}: plain sends the password in the clear",
                     reading.path()),
                 say("aggiungere tls: {{}}, o usare scram-sha-512", "add tls: {{}}, or use scram-sha-512"));
  if (security.oauth2 && !security.tls)
    reading.find(
        node,
        say("{}: oauth2 manda il token in chiaro", "{}: oauth2 sends the token in the clear", reading.path()),
        say("aggiungere tls: {{}}", "add tls: {{}}"));
  if (security.oauth2 && security.oauth2->token_url.starts_with("http:"))
    reading.find(node,
                 say("{}: manda un segreto in chiaro a {}", "{}: sends a secret in the clear to {}",
                     reading.path(), security.oauth2->token_url),
                 say("usare https", "use https"));
}

void check_own_certificate(void* owner, const YamlNode& node, Reading& reading) {
  const auto& tls = *static_cast<const TlsConfiguration*>(owner);
  if (tls.certificate.empty() == tls.key.empty()) return;
  reading.find(
      node, say("{}: certificate e key vanno insieme", "{}: certificate and key go together", reading.path()),
      say("indicare entrambi i file, o nessuno", "name both files, or none"));
}

}  // namespace

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
const Section& section_of<TlsConfiguration>() {
  using C = TlsConfiguration;
  static const Section section{
      {"La cifratura del collegamento (TLS). Il nome nel certificato dell'altra parte si controlla sempre.",
       "Encryption of the connection (TLS). The name in the other side's certificate is always checked."},
      {option(&C::ca, {.name = "ca",
                       .type = ValueType::kPath,
                       .help = {"I certificati di chi firma, in formato PEM; senza, quelli del sistema.",
                                "The signers' certificates, as PEM; without it the system's."},
                       .example = "tls/ca.pem"}),
       option(&C::certificate, {.name = "certificate",
                                .type = ValueType::kPath,
                                .help = {"Il nostro certificato, dove l'altra parte lo chiede (PEM).",
                                         "Our own certificate, where the other side asks for it (PEM)."},
                                .example = "tls/hub.pem"}),
       option(&C::key, {.name = "key",
                        .type = ValueType::kPath,
                        .help = {"La sua chiave privata (PEM).", "Its private key (PEM)."},
                        .example = "tls/hub.key"}),
       option(&C::key_password, {.name = "key_password",
                                 .type = ValueType::kSecret,
                                 .help = {"La parola che apre la chiave.", "The word that opens the key."},
                                 .example = "{secret: hub-key}"})},
      check_own_certificate};
  return section;
}

template <>
const Section& section_of<SaslConfiguration>() {
  using C = SaslConfiguration;
  static const Section section{
      {"Con quale utente si accede (SASL).", "Which user logs in (SASL)."},
      {option(&C::mechanism,
              {.name = "mechanism",
               .type = ValueType::kChoice,
               .choices = {{"scram-sha-512",
                            {"Prova la password senza mandarla.", "Proves the password without sending it."}},
                           {"scram-sha-256", {"Come sopra, con SHA-256.", "The same with SHA-256."}},
                           {"plain",
                            {"Manda la password: soltanto con tls.", "Sends the password: only with tls."}}},
               .help = {"Come si prova chi si è.", "How the user proves who it is."}}),
       option(&C::user, {.name = "user",
                         .required = true,
                         .help = {"Il nome utente.", "The user's name."},
                         .example = "raccordo"}),
       option(&C::password, {.name = "password",
                             .type = ValueType::kSecret,
                             .required = true,
                             .help = {"La password.", "The password."},
                             .example = "{secret: kafka}"})}};
  return section;
}

template <>
const Section& section_of<KafkaSecurityConfiguration>() {
  using C = KafkaSecurityConfiguration;
  static const Section section{
      {"Come ci si collega ai broker; senza, in chiaro e senza utente.",
       "How the brokers are connected to; without it in the clear and without a user."},
      {option(&C::tls, {.name = "tls", .help = {"Cifratura (TLS).", "Encryption (TLS)."}}),
       option(&C::sasl, {.name = "sasl",
                         .help = {"Accesso con una password (SASL).", "Login with a password (SASL)."}}),
       option(&C::oauth2,
              {.name = "oauth2",
               .help = {"Accesso con un token che scade (SASL OAUTHBEARER); i firmatari di tls.ca "
                        "valgono anche per token_url.",
                        "Login with a token that ends (SASL OAUTHBEARER); the signers of tls.ca "
                        "count for token_url, too."}})},
      [](void* owner, const YamlNode& node, Reading& reading) {
        check_login(*static_cast<const KafkaSecurityConfiguration*>(owner), node, reading);
      }};
  return section;
}

template <>
const Section& section_of<KafkaBackboneConfiguration>() {
  using C = KafkaBackboneConfiguration;
  static const Section section{
      {"Una dorsale Kafka, per più hub.", "A Kafka backbone, for several hubs."},
      {option(&C::brokers, {.name = "brokers",
                            .type = ValueType::kAddress,
                            .required = true,
                            .help = {"A chi ci si rivolge per primo; gli altri si trovano da soli.",
                                     "Who is asked first; the others are found by themselves."},
                            .example = "kafka-1.example:9092"}),
       option(&C::topic_prefix, {.name = "topic_prefix",
                                 .max = 100,
                                 .help = {"Davanti al nome di ogni argomento: PREFISSO + welfare.services.",
                                          "Before the name of each topic: PREFIX + welfare.services."},
                                 .example = "test."}),
       option(&C::partitions,
              {.name = "partitions",
               .type = ValueType::kInteger,
               .min = 1,
               .max = kMostPartitions,
               .help = {"In quante parti si dividono gli argomenti che l'hub crea; poi non si cambia.",
                        "Into how many parts topics that the hub makes are split; it never changes."}}),
       option(&C::replication,
              {.name = "replication",
               .type = ValueType::kInteger,
               .min = 0,
               .max = kMostReplicas,
               .help = {"Quante copie hanno gli argomenti che l'hub crea; 0: quante dicono i broker.",
                        "How many copies topics that the hub makes have; 0: as the brokers say."}}),
       option(&C::keep_deleted,
              {.name = "keep_deleted",
               .type = ValueType::kDuration,
               .min = 3'600,
               .help = {"Per quanto tempo una cancellazione resta leggibile a chi era assente.",
                        "How long a deletion stays readable for those who were away."},
               .example = "7d"}),
       option(&C::security, {.name = "security", .help = {"Cifratura e accesso.", "Encryption and login."}})},
      [](void* owner, const YamlNode& node, Reading& reading) {
        static_cast<C*>(owner)->at = reading.at(node);
      }};
  return section;
}

template <>
const Section& section_of<BackboneConfiguration>() {
  using C = BackboneConfiguration;
  static const Section section{
      {"La dorsale: il registro durevole degli eventi.", "The backbone: the durable log of events."},
      {option(&C::embedded, {.name = "embedded",
                             .help = {"La dorsale compresa nel programma (predefinita).",
                                      "The backbone inside the program (the default)."}}),
       option(&C::kafka,
              {.name = "kafka",
               .help = {"Una dorsale Kafka, per più hub.", "A Kafka backbone, for several hubs."}})},
      check_one_backbone};
  return section;
}

}  // namespace raccordo
