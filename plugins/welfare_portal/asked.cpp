// SPDX-License-Identifier: EUPL-1.2
#include "plugins/welfare_portal/asked.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "raccordo/model/field_checks.hpp"
#include "raccordo/model/json.hpp"
#include "raccordo/model/pieces.hpp"
#include "raccordo/model/validate.hpp"

namespace welfare_portal {
namespace {

using namespace raccordo;

constexpr std::string_view kKinds[] = {"slot", "series", "enrolment"};

bool names(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const auto end = std::min(words.find(' '), words.size());
    if (words.substr(0, end) == word) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

Problem invalid(std::string code, std::string field, Text text) {
  return problem(422, std::move(code), std::move(field), std::move(text));
}

// A name that the portal made up may be that of a person.
bool may_be_told(std::string_view path) {
  return path.size() <= 128 && is_pseudonym(path) && std::ranges::all_of(path, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '[' ||
                  c == ']';
         });
}

Mistake mistake(std::string_view code, const std::string& path, const Text& text) {
  if (code == "unknown_field" && !may_be_told(path))
    return {
        "unknown_field", "",
        say("c'è un campo che questo contratto non ha", "there is a field that this contract does not have")};
  return {std::string(code), path, text};
}

Mistake unknown_member(const std::string& name) {
  return mistake("unknown_field", name,
                 say("qui questo contratto non ha il campo {}", "here this contract has no field {}", name));
}

Mistake with_tax_code(std::string field) {
  return {"not_a_pseudonym", std::move(field),
          say("vi sta un codice fiscale o un indirizzo di posta elettronica",
              "a tax code or an e-mail address stands in it")};
}

Problem wrong_id(std::string field = "id") {
  return invalid(
      "invalid_id", std::move(field),
      say("attesi da 1 a {} caratteri tra lettere, cifre, - . _ ~, senza codice fiscale",
          "expected 1 to {} characters: letters, digits, - . _ ~, no tax code among them", kMostIdBytes));
}

// If-Match: the one revision that was shown last, as it was shown. 0: none is asked for; nothing: unreadable.
std::optional<std::int64_t> revision_of(std::string_view if_match) {
  if (if_match.empty() || if_match == "*") return 0;
  if (if_match.size() < 3 || if_match.front() != '"' || if_match.back() != '"') return std::nullopt;
  if_match = if_match.substr(1, if_match.size() - 2);
  std::int64_t revision = 0;
  const auto read = std::from_chars(if_match.data(), if_match.data() + if_match.size(), revision);
  if (read.ec != std::errc{} || read.ptr != if_match.data() + if_match.size() || revision < 1)
    return std::nullopt;
  return revision;
}

// A step's body, with the case that the path names and the revision that a header names.
std::variant<std::string, Problem> step_of(const Place& place, const Request& request,
                                           std::string_view body) {
  if (!is_own_id(place.id)) return wrong_id();
  const auto revision = revision_of(request.headers["if-match"]);
  if (!revision)
    return problem(400, "invalid_if_match", "If-Match",
                   say("attesa una sola revisione, come la dice ETag: \"3\"",
                       "expected one revision, as ETag says it: \"3\""));
  std::string json = fmt::format(R"({{"id":"{}")", place.id);
  if (*revision != 0) json += fmt::format(R"(,"revision":{})", *revision);
  Problem unknown{422, {}, {}, 0};
  json::Pieces members(body);
  while (members.next()) {
    const std::string name(members.key());
    if (!names(place.route->takes, name)) unknown.mistakes.push_back(unknown_member(name));
  }
  if (!unknown.mistakes.empty()) return unknown;
  if (body != "{}") json += ',';
  return json.append(body.substr(1));
}

// What the model cannot say of a text: that it names nobody.
std::vector<Mistake> tax_codes_in(std::string_view json) {
  std::vector<Mistake> mistakes;
  const auto look = [&](std::string_view value, const char* field) {
    if (const auto text = json::text_of(value); text && !is_pseudonym(*text))
      mistakes.push_back(with_tax_code(field));
  };
  const auto reason = json::member(json, "reason");
  if (reason.empty()) return mistakes;
  look(json::member(reason, "code"), "reason.code");
  look(json::member(reason, "text"), "reason.text");
  return mistakes;
}

std::optional<Problem> against_kind(std::string_view booking, std::string field) {
  const auto kind = json::text_of(json::member(booking, "kind")).value_or("");
  if (std::ranges::find(kKinds, std::string_view(kind)) != std::end(kKinds)) return std::nullopt;
  return invalid("not_in_code_list", std::move(field),
                 say("atteso slot, series o enrolment", "expected slot, series or enrolment"));
}

// The booking that an enquiry is turned into: its id will stand in addresses, too.
std::optional<Problem> against_request(std::string_view json) {
  const auto request = json::member(json, "request");
  if (request.empty())
    return invalid("missing", "request", say("manca: quale prenotazione?", "missing: which booking?"));
  const auto id = json::text_of(json::member(request, "id"));
  if (id && !is_own_id(*id)) return wrong_id("request.id");
  return against_kind(request, "request.kind");
}

std::optional<Problem> against(const Route& route, std::string_view json) {
  if (auto mistakes = tax_codes_in(json); !mistakes.empty()) return Problem{422, std::move(mistakes), {}, 0};
  std::size_t count = 0;
  if (const auto sessions = json::member(json, "sessions"); !sessions.empty())
    for (json::Pieces each(sessions); each.next();) ++count;
  if (count > kMostSessions)
    return invalid("too_many", "sessions", say("più di {} incontri", "more than {} sessions", kMostSessions));
  if (route.step == "reschedule" && json::member(json, "start").empty() && count == 0)
    return invalid("missing", "start",
                   say("manca quando: start o sessions", "when is missing: start or sessions"));
  if (route.command == "booking.request.v1") return against_kind(json, "kind");
  return route.command == "enquiry.convert.v1" ? against_request(json) : std::nullopt;
}

// Everything that is wrong, at once.
std::variant<std::string, Problem> checked(const Route& route, std::string_view json) {
  Validator validator;
  std::string out;
  std::vector<DroppedField> dropped;
  if (!validator.validate_case(schema_of_command(route.command)->kind, json, out, dropped)) {
    const auto& refusal = validator.refusal();
    return Problem{422, {mistake(refusal.code, refusal.path, refusal.text)}, {}, 0};
  }
  Problem wrong{422, {}, {}, 0};
  for (const auto& field : dropped) wrong.mistakes.push_back(mistake(field.code, field.path, field.text));
  if (!wrong.mistakes.empty()) return wrong;
  if (auto more = against(route, out)) return *std::move(more);
  return out;
}

std::variant<std::string, Problem> body_of(const Route& route, std::string_view bytes) {
  if (bytes.size() > kMostBodyBytes)
    return problem(413, "too_large", "", say("più di {} byte", "more than {} bytes", kMostBodyBytes));
  auto canonical = json::canonical(bytes.empty() && !route.begins() ? "{}" : bytes);
  if (!canonical)
    return problem(400, "invalid_json", "",
                   say("il corpo non è JSON valido (RFC 8259, chiavi non ripetute)",
                       "the body is no valid JSON (RFC 8259, no key twice)"));
  if (!canonical->starts_with('{'))
    return invalid("wrong_type", "", say("atteso un oggetto", "expected an object"));
  return *std::move(canonical);
}

}  // namespace

bool is_own_id(std::string_view id) {
  const auto stays = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
  };
  return !id.empty() && id.size() <= kMostIdBytes && id != "." && id != ".." &&
         std::ranges::all_of(id, stays) && is_pseudonym(id);
}

std::variant<Asked, Problem> asked_of(const Place& place, const Request& request) {
  const auto& route = *place.route;
  auto json = body_of(route, request.body);
  if (auto* body = std::get_if<std::string>(&json); body != nullptr && !route.begins())
    json = step_of(place, request, *body);
  if (auto* wrong = std::get_if<Problem>(&json)) return std::move(*wrong);
  json = checked(route, std::get<std::string>(json));
  if (auto* wrong = std::get_if<Problem>(&json)) return std::move(*wrong);
  Asked asked{{}, std::get<std::string>(std::move(json))};
  if (route.folder == "quotes") return asked;
  asked.id = json::text_of(json::member(asked.json, "id")).value_or("");
  if (!is_own_id(asked.id)) return wrong_id();
  return asked;
}

}  // namespace welfare_portal
