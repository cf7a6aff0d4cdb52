// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/calls/call_answer.hpp"

#include <nlohmann/json.hpp>

namespace raccordo {
namespace {

constexpr int kAccepted = 202;
constexpr int kBadRequest = 400;
constexpr int kConflict = 409;
constexpr int kUnprocessable = 422;

// What a partner said may be repeated in the words, and need not be text.
std::string text_of(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

InboundAnswer problem(int status, const Label& title, const nlohmann::json& more, Language language) {
  nlohmann::json body = more;
  body["type"] = "about:blank";
  body["title"] = title.in(language);
  body["status"] = status;
  return {status, {{"Content-Type", "application/problem+json"}}, text_of(body)};
}

// Each field that is not as the model has it.
InboundAnswer wrong_fields(const CaseOutcome& outcome, Language language) {
  nlohmann::json more{{"code", outcome.code}, {"detail", outcome.reason.in(language)}};
  const auto data = nlohmann::json::parse(outcome.data, nullptr, false);
  if (data.is_object() && data.contains("errors"))
    for (const auto& each : data["errors"])
      more["errors"].push_back({{"code", each["code"]},
                                {"detail", each[language == Language::kItalian ? "it" : "en"]},
                                {"field", each["field"]}});
  if (more.contains("errors")) more["field"] = more["errors"][0]["field"];
  return problem(kUnprocessable, {"Dati non validi", "Invalid data"}, more, language);
}

}  // namespace

Language language_for(const InboundRequest& request, Language ours) {
  for (const auto& header : request.headers) {
    if (header.name != "accept-language") continue;
    if (header.value.starts_with("it")) return Language::kItalian;
    if (header.value.starts_with("en")) return Language::kEnglish;
  }
  return ours;
}

InboundAnswer answer_of(const ParkReason& why, Language language) {
  nlohmann::json more{{"code", why.reason}, {"detail", why.text.in(language)}};
  if (!why.field.empty()) more["field"] = why.field;
  return problem(kBadRequest, {"Richiesta non comprensibile", "Request that cannot be understood"}, more,
                 language);
}

InboundAnswer answer_of(const CaseOutcome& outcome, Language language) {
  if (outcome.accepted)
    return {kAccepted, {{"Content-Type", "application/json"}}, outcome.data.empty() ? "{}" : outcome.data};
  if (outcome.code == kInvalidCommand) return wrong_fields(outcome, language);
  const nlohmann::json more{
      {"code", outcome.code}, {"detail", outcome.reason.in(language)}, {"legal_now", outcome.legal_now}};
  return problem(kConflict, {"Passo non possibile", "Step that is not possible"}, more, language);
}

}  // namespace raccordo
