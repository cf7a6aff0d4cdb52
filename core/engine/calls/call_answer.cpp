// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/calls/call_answer.hpp"

#include <nlohmann/json.hpp>

namespace raccordo {
namespace {

constexpr int kAccepted = 202;
constexpr int kBadRequest = 400;
constexpr int kConflict = 409;

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
  const nlohmann::json more{
      {"code", outcome.code}, {"detail", outcome.reason.in(language)}, {"legal_now", outcome.legal_now}};
  return problem(kConflict, {"Passo non possibile", "Step that is not possible"}, more, language);
}

}  // namespace raccordo
