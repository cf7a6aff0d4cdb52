// SPDX-License-Identifier: EUPL-1.2
// Where a connector sends requests to a partner's HTTP API, and how patient it is.
#include <algorithm>
#include <array>
#include <cctype>

#include "core/engine/config/declarations/http_access.hpp"
#include "core/engine/config/declared.hpp"

namespace raccordo {
namespace {

void check_address(const HttpSinkConfiguration& http, const YamlNode& node, Reading& reading) {
  if (http.base_url.find_first_of("?#") != std::string::npos)
    reading.find(node,
                 say("{}.base_url: un indirizzo di base non ha ? né #",
                     "{}.base_url: an address that others stand behind has no ? and no #", reading.path()),
                 say("una chiave nell'indirizzo si scrive in auth: {{query: ...}}",
                     "a key in the address is written in auth: {{query: ...}}"));
}

// Every request would break on it.
void check_key_header(const HttpSinkConfiguration& http, const YamlNode& node, Reading& reading) {
  const auto fits = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; };
  if (!std::ranges::all_of(http.idempotency_header, fits))
    reading.find(node,
                 say("{}.idempotency_header: «{}» non è il nome di un'intestazione",
                     "{}.idempotency_header: \"{}\" is not the name of a header", reading.path(),
                     http.idempotency_header),
                 say("scrivere ad esempio Idempotency-Key", "write for example Idempotency-Key"));
}

std::string lower(std::string_view name) {
  std::string out(name);
  std::ranges::transform(out, out.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

// With one value for all requests a partner would do the first and take all others for its repetitions.
void check_key_header_is_free(const HttpSinkConfiguration& http, const YamlNode& node, Reading& reading) {
  using namespace std::string_view_literals;
  constexpr std::array kTaken{"authorization"sv, "connection"sv, "content-length"sv,   "content-type"sv,
                              "cookie"sv,        "host"sv,       "transfer-encoding"sv};
  const auto name = lower(http.idempotency_header);
  const bool taken =
      std::ranges::find(kTaken, name) != kTaken.end() ||
      std::ranges::any_of(http.headers, [&](const auto& header) { return lower(header.name) == name; }) ||
      (http.auth && http.auth->header && lower(http.auth->header->name) == name);
  if (taken)
    reading.find(
        node,
        say("{}.idempotency_header: «{}» porta già qualcos'altro",
            "{}.idempotency_header: \"{}\" is sent with something else", reading.path(),
            http.idempotency_header),
        say("lasciare un'intestazione alla sola chiave delle ripetizioni, ad esempio Idempotency-Key",
            "leave a header to the key of repetitions alone, for example Idempotency-Key"));
}

}  // namespace

template <>
const Section& section_of<RetryConfiguration>() {
  using C = RetryConfiguration;
  static const Section section{
      {"Quando si riprova una richiesta senza esito. Ogni attesa è il doppio della precedente.",
       "When a request that came to nothing is tried again. Each wait is twice the one before."},
      {option(&C::first, {.name = "first",
                          .type = ValueType::kDuration,
                          .min = 0.01,
                          .max = 3'600,
                          .help = {"La prima attesa, al massimo.", "The first wait, at most."},
                          .example = "1s"}),
       option(&C::longest, {.name = "longest",
                            .type = ValueType::kDuration,
                            .min = 0.01,
                            .max = 86'400,
                            .help = {"L'attesa più lunga.", "The longest wait."},
                            .example = "5m"}),
       option(&C::give_up, {.name = "give_up",
                            .type = ValueType::kDuration,
                            .min = 0,
                            .max = 30 * 86'400,
                            .help = {"Dopo quanto tempo dal primo tentativo l'evento è accantonato.",
                                     "How long after the first try the event is parked."},
                            .example = "1d"})}};
  return section;
}

template <>
const Section& section_of<BreakerConfiguration>() {
  using C = BreakerConfiguration;
  static const Section section{
      {"Quando si lascia in pace un partner che non funziona. Passato il riposo prova una richiesta sola.",
       "When a partner that does not work is left alone. Behind the rest one request tries for all."},
      {option(&C::failures,
              {.name = "failures",
               .type = ValueType::kInteger,
               .min = 1,
               .max = 1'000,
               .help = {"Dopo quanti tentativi falliti di fila.", "Behind how many failed tries in a row."},
               .example = "5"}),
       option(&C::rest, {.name = "rest",
                         .type = ValueType::kDuration,
                         .min = 0.01,
                         .max = 3'600,
                         .help = {"Il primo riposo; ogni riposo è il doppio del precedente, fino a 5 minuti.",
                                  "The first rest; each is twice the one before, up to 5 minutes."},
                         .example = "30s"})}};
  return section;
}

template <>
const Section& section_of<LaterConfiguration>() {
  using C = LaterConfiguration;
  static const Section section{
      {"Un partner che accetta subito e risponde dopo (202): si chiede all'indirizzo che indica in Location, "
       "o si aspetta "
       "che richiami.",
       "A partner that accepts at once and answers later (202): it is asked at the address that it names in "
       "Location, or "
       "is waited for until it calls."},
      {option(
           &C::callback,
           {.name = "callback",
            .type = ValueType::kDuration,
            .min = 0,
            .max = 90 * 86'400,
            .help = {"Quanto si aspetta che il partner richiami, se la 202 non indica un indirizzo; 0s: non "
                     "richiama.",
                     "How long a call of the partner is awaited where its 202 names no address; 0s: it makes "
                     "none."},
            .example = "2d"}),
       option(
           &C::give_up,
           {.name = "give_up",
            .type = ValueType::kDuration,
            .min = 1,
            .max = 90 * 86'400,
            .help = {"Dopo quanto tempo dalla 202 l'evento è accantonato, se all'indirizzo non c'è risposta.",
                     "How long after the 202 the event is parked where no answer is at the address."},
            .example = "1d"}),
       option(&C::poll, {.name = "poll",
                         .type = ValueType::kDuration,
                         .min = 1,
                         .max = 86'400,
                         .help = {"Ogni quanto si chiede, se il partner non dice Retry-After.",
                                  "How often it is asked where the partner says no Retry-After."},
                         .example = "30s"})}};
  return section;
}

template <>
const Section& section_of<HttpSinkConfiguration>() {
  using C = HttpSinkConfiguration;
  static const Section section = [] {
    Section made{
        {"Le chiamate al sistema di un partner: le richieste le scrive il plugin, dove vanno e con quale "
         "chiave si "
         "scrive qui.",
         "Calls to a partner's system: the plugin writes the requests; where they go, and with which key, is "
         "written "
         "here."},
        {option(&C::base_url, {.name = "base_url",
                               .type = ValueType::kUrl,
                               .required = true,
                               .help = {"L'indirizzo a cui seguono i percorsi del plugin.",
                                        "The address that the plugin's paths stand behind."},
                               .example = "https://partner.example/api"}),
         option(&C::timeout, {.name = "timeout",
                              .type = ValueType::kDuration,
                              .min = 0.1,
                              .max = 3'600,
                              .help = {"Il tempo per una richiesta con la sua risposta.",
                                       "The time for one request with its answer."},
                              .example = "30s"}),
         option(&C::max_answer,
                {.name = "max_answer",
                 .type = ValueType::kSize,
                 .min = 1'024,
                 .max = 64.0 * (1 << 20),
                 .help = {"La risposta più grande che si legge.", "The largest answer that is read."},
                 .example = "1MiB"}),
         option(&C::parallel,
                {.name = "parallel",
                 .type = ValueType::kInteger,
                 .min = 1,
                 .max = 64,
                 .help = {"Quante richieste insieme; quelle della stessa scheda restano in ordine.",
                          "How many requests at once; those of one entity stay in order."},
                 .example = "4"}),
         option(&C::rate,
                {.name = "rate",
                 .type = ValueType::kRate,
                 .help = {"Quante richieste al più in un tempo; senza, quante il partner ne regge.",
                          "How many requests at most in a time; without it as many as the partner bears."},
                 .example = "10/s"}),
         option(&C::idempotency_header,
                {.name = "idempotency_header",
                 .max = 100,
                 .help = {"L'intestazione in cui sta la chiave che rende una ripetizione innocua.",
                          "The header with the key that makes a repetition harmless."},
                 .example = "Idempotency-Key"}),
         option(&C::retry, {.name = "retry", .help = {"Quando si riprova.", "When to try again."}}),
         option(&C::breaker,
                {.name = "breaker",
                 .help = {"Quando si lascia in pace il partner.", "When to leave the partner alone."}}),
         option(&C::later, {.name = "later",
                            .help = {"Risposte che arrivano dopo. Senza, una 202 vale come ogni altra 2xx.",
                                     "Answers that come later. Without it a 202 is like any other 2xx."}})},
        [](void* owner, const YamlNode& node, Reading& reading) {
          const auto& http = *static_cast<const C*>(owner);
          check_address(http, node, reading);
          check_key_header(http, node, reading);
          check_key_header_is_free(http, node, reading);
          check_http_access(http, {http.base_url}, node, reading);
        }};
    std::vector<Option> access;
    add_http_access_options(access);
    made.options.insert(made.options.begin() + 1, access.begin(), access.end());
    return made;
  }();
  return section;
}

}  // namespace raccordo
