// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/http_message.hpp"

#include <array>
#include <charconv>
#include <ctime>
#include <iterator>
#include <optional>

#include "adapters/http_server/letters.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo {
namespace {

struct Phrase {
  int status;
  std::string_view english;
  std::string_view italian;
};

constexpr std::array kPhrases{
    Phrase{200, "OK", "OK"},
    Phrase{201, "Created", "Creata"},
    Phrase{202, "Accepted", "Accettata"},
    Phrase{204, "No Content", "Nessun contenuto"},
    Phrase{400, "Bad Request", "Richiesta malformata"},
    Phrase{401, "Unauthorized", "Non autenticata"},
    Phrase{403, "Forbidden", "Vietata"},
    Phrase{404, "Not Found", "Indirizzo inesistente"},
    Phrase{405, "Method Not Allowed", "Metodo non ammesso"},
    Phrase{409, "Conflict", "Conflitto"},
    Phrase{412, "Precondition Failed", "Condizione non soddisfatta"},
    Phrase{413, "Content Too Large", "Contenuto troppo grande"},
    Phrase{414, "URI Too Long", "Indirizzo troppo lungo"},
    Phrase{417, "Expectation Failed", "Attesa non soddisfatta"},
    Phrase{422, "Unprocessable Content", "Contenuto non accettabile"},
    Phrase{429, "Too Many Requests", "Troppe richieste"},
    Phrase{431, "Request Header Fields Too Large", "Intestazioni troppo grandi"},
    Phrase{500, "Internal Server Error", "Errore interno"},
    Phrase{501, "Not Implemented", "Non realizzato"},
    Phrase{503, "Service Unavailable", "Servizio non disponibile"},
    Phrase{505, "HTTP Version Not Supported", "Versione di HTTP non ammessa"},
};

const Phrase& phrase_of(int status) {
  for (const auto& phrase : kPhrases)
    if (phrase.status == status) return phrase;
  static constexpr Phrase kOther{0, "Status", "Stato"};
  return kOther;
}

// The weight of a range in Accept-Language in thousandths: RFC 9110 section 12.4.2.
int weight_of(std::string_view parameters) {
  const auto q = parameters.find("q=");
  if (q == parameters.npos) return 1000;
  auto value = parameters.substr(q + 2);
  if (value.empty() || value.front() == '1') return 1000;
  int weight = 0;
  int place = 100;
  for (const char c : value.substr(std::min<std::size_t>(2, value.size()))) {
    if (!http::is_digit(c) || place == 0) break;
    weight += (c - '0') * place;
    place /= 10;
  }
  return weight;
}

bool breaks_out(const HttpResponse& response) {
  if (response.status < 200 || response.status > 599 || !http::is_field(response.content_type)) return true;
  return std::ranges::any_of(response.headers, [](const HttpHeader& header) {
    return !http::is_token(header.name) || !http::is_field(header.value);
  });
}

}  // namespace

std::string_view HttpRequest::header(std::string_view name) const {
  for (const auto& header : headers)
    if (http::same(header.name, name)) return header.value;
  return {};
}

Language HttpRequest::language() const {
  int italian = 0;
  int english = 0;
  auto rest = header("accept-language");
  if (rest.empty()) return Language::kItalian;
  while (!rest.empty()) {
    const auto comma = std::min(rest.find(','), rest.size());
    const auto range = http::trimmed(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    const auto language = range.substr(0, 2);
    const int weight = weight_of(range.substr(std::min(range.find(';'), range.size())));
    if (http::same(language, "it")) italian = std::max(italian, weight);
    if (http::same(language, "en")) english = std::max(english, weight);
  }
  if (italian == 0 && english == 0) return Language::kEnglish;  // reads something else
  return english > italian ? Language::kEnglish : Language::kItalian;
}

std::string_view reason_of(int status) { return phrase_of(status).english; }

HttpResponse problem(int status, const Text& detail, Language language) {
  return problem({.status = status, .detail = detail}, language);
}

HttpResponse problem(const HttpProblem& problem, Language language) {
  const auto& phrase = phrase_of(problem.status);
  std::string body = R"({"type":)";
  json::append_string(problem.type, body);
  json::append_string(language == Language::kItalian ? phrase.italian : phrase.english,
                      body += R"(,"title":)");
  fmt::format_to(std::back_inserter(body), R"(,"status":{},"detail":)", problem.status);
  json::append_string(problem.detail.in(language), body);
  if (!problem.hint.empty()) json::append_string(problem.hint.in(language), body += R"(,"hint":)");
  body += "}\n";
  return {problem.status,
          "application/problem+json",
          std::move(body),
          {{"Content-Language", language == Language::kItalian ? "it" : "en"}, {"Vary", "Accept-Language"}}};
}

std::string answer_bytes(const HttpResponse& response, bool keep_alive, bool head, std::string_view date) {
  if (breaks_out(response))
    return answer_bytes(problem(500, say("risposta non valida", "invalid answer"), Language::kEnglish), false,
                        head, date);
  std::string out;
  out.reserve(256 + response.body.size());
  auto at = std::back_inserter(out);
  fmt::format_to(at, "HTTP/1.1 {} {}\r\nDate: {}\r\n", response.status, reason_of(response.status), date);
  if (!response.content_type.empty()) fmt::format_to(at, "Content-Type: {}\r\n", response.content_type);
  if (response.status != 204) fmt::format_to(at, "Content-Length: {}\r\n", response.body.size());
  for (const auto& header : response.headers) fmt::format_to(at, "{}: {}\r\n", header.name, header.value);
  out += "X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n";
  out += keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
  if (!head && response.status != 204) out += response.body;
  return out;
}

std::string http_date(std::int64_t unix_seconds) {
  static constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto time = static_cast<std::time_t>(unix_seconds);
  std::tm parts{};
  ::gmtime_r(&time, &parts);
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", kDays[static_cast<std::size_t>(parts.tm_wday)],
                     parts.tm_mday, kMonths[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900,
                     parts.tm_hour, parts.tm_min, parts.tm_sec);
}

}  // namespace raccordo
