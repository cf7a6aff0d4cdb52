// SPDX-License-Identifier: EUPL-1.2
#include "plugins/welfare_portal/problem.hpp"

#include <fmt/format.h>

#include "raccordo/model/decode.hpp"
#include "raccordo/model/entity.hpp"

namespace welfare_portal {
namespace {

using namespace raccordo;

// One of several mistakes.
struct MistakeBody {
  std::string code;
  std::string detail;
  std::optional<std::string> field;

  static constexpr auto describe() {
    using M = MistakeBody;
    return part("mistake", {"Errore", "Mistake"}, raccordo::field("code", &M::code, "Codice", "Code"),
                raccordo::field("detail", &M::detail, "Spiegazione", "Explanation"),
                raccordo::field("field", &M::field, "Campo", "Field"));
  }
};

// As the hub says it.
struct WrongField {
  std::string code, en, field, it;

  static constexpr auto describe() {
    using W = WrongField;
    return part("wrong_field", {"Campo errato", "Wrong field"},
                raccordo::field("code", &W::code, "Codice", "Code"),
                raccordo::field("en", &W::en, "In inglese", "In English"),
                raccordo::field("field", &W::field, "Campo", "Field"),
                raccordo::field("it", &W::it, "In italiano", "In Italian"));
  }
};

struct WrongFields {
  std::vector<WrongField> errors;

  static constexpr auto describe() {
    return part("wrong_fields", {"Campi errati", "Wrong fields"},
                raccordo::field("errors", &WrongFields::errors, "Errori", "Mistakes"));
  }
};

struct ProblemBody {
  std::string code;
  std::string detail;
  std::vector<MistakeBody> errors;
  std::optional<std::string> field;
  std::vector<std::string> legal_now;
  std::int64_t status = 0;
  std::string title;
  std::string type = "about:blank";

  static constexpr auto describe() {
    using P = ProblemBody;
    return part(
        "problem", {"Problema", "Problem"}, raccordo::field("code", &P::code, "Codice", "Code"),
        raccordo::field("detail", &P::detail, "Spiegazione", "Explanation"),
        raccordo::field("errors", &P::errors, "Errori", "Mistakes"),
        raccordo::field("field", &P::field, "Campo", "Field"),
        raccordo::field("legal_now", &P::legal_now, "Passi possibili ora", "Steps that are legal now"),
        raccordo::field("status", &P::status, "Stato HTTP", "HTTP status"),
        raccordo::field("title", &P::title, "Titolo", "Title"),
        raccordo::field("type", &P::type, "Tipo", "Type"));
  }
};

struct Title {
  std::uint32_t status;
  Label words;
};

constexpr Title kTitles[] = {
    {400, {"Richiesta non comprensibile", "Request that cannot be understood"}},
    {404, {"Non c'è", "Not there"}},
    {405, {"Metodo non ammesso", "Method not allowed"}},
    {409, {"Passo non possibile", "Step that is not possible"}},
    {413, {"Richiesta troppo grande", "Request too large"}},
    {422, {"Dati non validi", "Invalid data"}},
};

std::string both(const Text& text) {
  std::string out;
  append_both(text, out);
  return out;
}

std::string title_of(std::uint32_t status) {
  for (const auto& title : kTitles)
    if (title.status == status) return both({std::string(title.words.it), std::string(title.words.en)});
  return {};
}

std::optional<std::string> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

std::string body_of(const Problem& problem) {
  const auto& first = problem.mistakes.front();
  ProblemBody body{.code = first.code,
                   .detail = both(first.text),
                   .errors = {},
                   .field = unless_empty(first.field),
                   .legal_now = problem.legal_now,
                   .status = problem.status,
                   .title = title_of(problem.status)};
  if (problem.mistakes.size() > 1)
    for (const auto& each : problem.mistakes)
      body.errors.push_back({each.code, both(each.text), unless_empty(each.field)});
  return encode(body);
}

}  // namespace

Problem problem(std::uint32_t status, std::string code, std::string field, Text text) {
  return {status, {{std::move(code), std::move(field), std::move(text)}}, {}, 0};
}

std::vector<Mistake> mistakes_in(std::string_view data) {
  const auto canonical = json::canonical(data);
  if (!canonical) return {};
  const auto wrong = decode<WrongFields>(*canonical);
  if (!wrong) return {};
  std::vector<Mistake> mistakes;
  for (const auto& each : wrong->errors) mistakes.push_back({each.code, each.field, {each.it, each.en}});
  return mistakes;
}

void respond(const Problem& problem, Effects& effects) {
  const auto revision = fmt::format("\"{}\"", problem.revision);
  std::vector<Header> headers{{"Content-Type", "application/problem+json"}};
  if (problem.status == 405) headers.push_back({"Allow", "POST"});
  if (problem.revision != 0) headers.push_back({"ETag", revision});
  effects.respond(problem.status, headers, body_of(problem));
}

void refuse(const Problem& problem, Effects& effects) {
  for (const auto& each : problem.mistakes) effects.finding(each.code, each.field, each.text);
  respond(problem, effects);
}

}  // namespace welfare_portal
