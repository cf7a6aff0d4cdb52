// SPDX-License-Identifier: EUPL-1.2
// How a partner that calls is known, and how much it may send.
#include <algorithm>
#include <cctype>

#include "core/engine/config/declared.hpp"

namespace raccordo {
namespace {

void check_one_way_to_know(void* owner, const YamlNode& node, Reading& reading) {
  const auto& auth = *static_cast<const WebhookAuthConfiguration*>(owner);
  const int ways = static_cast<int>(!auth.bearer.empty()) + static_cast<int>(auth.hmac.has_value()) +
                   static_cast<int>(auth.certificate.has_value());
  if (ways == 1) return;
  reading.find(
      node,
      ways == 0 ? say("{} è vuoto", "{} is empty", reading.path())
                : say("{}: più modi insieme: un partner si riconosce in un modo solo",
                      "{}: several ways together: a partner is known in one way", reading.path()),
      say("scrivere uno fra bearer, hmac e certificate", "write one of bearer, hmac and certificate"));
}

void check_signature_header(const std::string& name, std::string_view option, const YamlNode& node,
                            Reading& reading) {
  const auto fits = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; };
  if (std::ranges::all_of(name, fits)) return;
  reading.find(node,
               say("{}.{}: «{}» non è il nome di un'intestazione",
                   "{}.{}: \"{}\" is not the name of a header", reading.path(), option, name),
               say("scrivere ad esempio X-Signature", "write for example X-Signature"));
}

bool is_certificate_fingerprint(std::string_view text) {
  if (text.starts_with("SHA256:")) text.remove_prefix(7);
  const auto digit = [](unsigned char c) { return std::isxdigit(c) != 0; };
  const auto colons = std::ranges::count(text, ':');
  return std::ranges::count_if(text, digit) == 64 && text.size() == 64 + static_cast<std::size_t>(colons);
}

// Anybody can write a subject or a name into a certificate: only who signed it says that it is true.
void check_client_certificate(void* owner, const YamlNode& node, Reading& reading) {
  const auto& certificate = *static_cast<const ClientCertificateConfiguration*>(owner);
  for (const auto& text : certificate.fingerprint)
    if (!is_certificate_fingerprint(text))
      reading.find(node,
                   say("{}.fingerprint: «{}» non è un'impronta", "{}.fingerprint: \"{}\" is no fingerprint",
                       reading.path(), text),
                   say("scriverla come openssl x509 -noout -fingerprint -sha256: 64 cifre esadecimali",
                       "write it as openssl x509 -noout -fingerprint -sha256 prints it: 64 hex digits"));
  const bool named = !certificate.subject.empty() || !certificate.name.empty();
  if (named && certificate.ca.empty())
    reading.find(
        node,
        say("{}: subject e name senza ca: chiunque può scriverli in un certificato",
            "{}: subject and name without ca: anybody can write them into a certificate", reading.path()),
        say("aggiungere ca, i certificati di chi firma quelli del partner",
            "add ca, the certificates of those who sign the partner's"));
  if (!named && certificate.fingerprint.empty())
    reading.find(node,
                 say("{}: non dice quale certificato", "{}: does not say which certificate", reading.path()),
                 say("scrivere fingerprint, oppure ca con subject o name",
                     "write fingerprint, or ca with subject or name"));
}

}  // namespace

template <>
const Section& section_of<ServerTlsConfiguration>() {
  using C = ServerTlsConfiguration;
  static const Section section{
      {"Il certificato dell'hub. Quando i file cambiano, il nuovo è in uso entro pochi secondi.",
       "The hub's certificate. When the files change, the new one is in use within seconds."},
      {option(&C::certificate, {.name = "certificate",
                                .type = ValueType::kPath,
                                .required = true,
                                .help = {"Il certificato con quelli intermedi (PEM).",
                                         "The certificate with its intermediate ones (PEM)."},
                                .example = "tls/hub.pem"}),
       option(&C::key,
              {.name = "key",
               .type = ValueType::kPath,
               .required = true,
               .help = {"La sua chiave, senza password (PEM).", "Its key, without a password (PEM)."},
               .example = "tls/hub.key"})}};
  return section;
}

template <>
const Section& section_of<HmacConfiguration>() {
  using C = HmacConfiguration;
  static const Section section{
      {"Una firma su ora e corpo: HMAC-SHA-256 di «ora.corpo», l'ora in secondi dal 1970.",
       "A signature over time and body: HMAC-SHA-256 of \"time.body\", the time in seconds since 1970."},
      {option(&C::secret, {.name = "secret",
                           .type = ValueType::kSecret,
                           .required = true,
                           .help = {"La chiave; due mentre il partner la cambia.",
                                    "The key; two while the partner changes it."},
                           .example = "{secret: portale-hmac}"}),
       option(&C::header, {.name = "header",
                           .max = 100,
                           .help = {"L'intestazione della firma: t=ORA,v1=64 cifre esadecimali.",
                                    "The signature's header: t=TIME,v1=64 hex digits."},
                           .example = "X-Signature"}),
       option(&C::time_header, {.name = "time_header",
                                .max = 100,
                                .help = {"L'intestazione dell'ora, se sta da sola: quella della firma ha "
                                         "allora solo le cifre, anche con "
                                         "sha256= davanti.",
                                         "The header of the time, if it stands alone: that of the signature "
                                         "then has the digits only, "
                                         "with sha256= before them or not."},
                                .example = "X-Timestamp"}),
       option(&C::window, {.name = "window",
                           .type = ValueType::kDuration,
                           .min = 10,
                           .max = 3'600,
                           .help = {"Quanto l'ora della firma può essere lontana da quella dell'hub.",
                                    "How far the signature's time may be from the hub's."},
                           .example = "5m"})},
      [](void* owner, const YamlNode& node, Reading& reading) {
        const auto& hmac = *static_cast<const C*>(owner);
        check_signature_header(hmac.header, "header", node, reading);
        check_signature_header(hmac.time_header, "time_header", node, reading);
      }};
  return section;
}

template <>
const Section& section_of<ClientCertificateConfiguration>() {
  using C = ClientCertificateConfiguration;
  static const Section section{
      {"Il certificato del partner (TLS).", "The partner's certificate (TLS)."},
      {option(
           &C::fingerprint,
           {.name = "fingerprint",
            .max = 200,
            .help = {"L'impronta SHA-256, chiunque l'abbia firmato; più d'una mentre il partner lo cambia.",
                     "The SHA-256 fingerprint, whoever signed it; several while the partner changes it."},
            .example = "\"AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:"
                       "01:23:45:67:89\""}),
       option(&C::ca, {.name = "ca",
                       .type = ValueType::kPath,
                       .help = {"I certificati di chi firma quelli del partner (PEM).",
                                "The certificates of those who sign the partner's (PEM)."},
                       .example = "tls/partner-ca.pem"}),
       option(&C::subject,
              {.name = "subject",
               .max = 500,
               .help = {"Di chi è, come lo stampa openssl x509 -noout -subject -nameopt RFC2253.",
                        "Whose it is, as openssl x509 -noout -subject -nameopt RFC2253 prints it."},
               .example = "\"CN=portale,O=Comune di Esempio,C=IT\""}),
       option(&C::name, {.name = "name",
                         .max = 500,
                         .help = {"Un nome alternativo (subjectAltName): DNS, e-mail o URI; ne basta uno.",
                                  "An alternative name (subjectAltName): DNS, e-mail or URI; one is enough."},
                         .example = "portale.example"})},
      check_client_certificate};
  return section;
}

template <>
const Section& section_of<WebhookAuthConfiguration>() {
  using C = WebhookAuthConfiguration;
  static const Section section{
      {"Come si riconosce il partner: uno di questi modi.", "How the partner is known: one of these ways."},
      {option(&C::bearer, {.name = "bearer",
                           .type = ValueType::kSecret,
                           .help = {"Un token (Authorization: Bearer); due mentre il partner lo cambia.",
                                    "A token (Authorization: Bearer); two while the partner changes it."},
                           .example = "{secret: portale-token}"}),
       option(&C::hmac,
              {.name = "hmac", .help = {"Una firma su ora e corpo.", "A signature over time and body."}}),
       option(&C::certificate,
              {.name = "certificate", .help = {"Il suo certificato (TLS).", "Its certificate (TLS)."}})},
      check_one_way_to_know};
  return section;
}

template <>
const Section& section_of<WebhookSourceConfiguration>() {
  using C = WebhookSourceConfiguration;
  static const Section section{
      {"Le richieste di un partner, che chiama POST /in/CONNETTORE su http.ingress.",
       "The requests of a partner, which calls POST /in/CONNECTOR on http.ingress."},
      {option(&C::auth, {.name = "auth",
                         .required = true,
                         .help = {"Come si riconosce il partner.", "How the partner is known."},
                         .example = "{bearer: {secret: portale-token}}"}),
       option(&C::max_body,
              {.name = "max_body",
               .type = ValueType::kSize,
               .min = 1'024,
               .max = 16 << 20,
               .help = {"Il corpo più grande di una richiesta.", "The largest body of a request."},
               .example = "1MiB"}),
       option(
           &C::rate,
           {.name = "rate",
            .type = ValueType::kRate,
            .help = {"Quante richieste in tutto; oltre, il partner legge 429 e quando riprovare.",
                     "How many requests in all; beyond that the partner reads 429, and when to try again."},
            .example = "600/m"}),
       option(
           &C::translate,
           {.name = "translate",
            .type = ValueType::kDuration,
            .min = 0.01,
            .max = 8,
            .help = {"Il tempo del plugin per una richiesta; passato quello, la richiesta è accantonata e il "
                     "partner legge 400.",
                     "The plugin's time for one request; after that the request is parked, and the partner "
                     "reads 400."},
            .example = "2s"})}};
  return section;
}

}  // namespace raccordo
