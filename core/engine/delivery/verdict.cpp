// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/delivery/verdict.hpp"

#include <fmt/format.h>

#include <array>

#include "raccordo/model/json.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kShown = 300;  // bytes of an answer that people see
constexpr int kConflicts = 5;        // tries behind which a conflict is the request's own

bool passes(int status) { return status == 408 || status == 425 || status == 429 || status >= 500; }
bool redirects(int status) { return status >= 300 && status < 400; }

constexpr int kLongestCharacter = 4;  // bytes, in UTF-8

// One line of valid UTF-8; what is neither ASCII nor UTF-8 is shown as question marks.
std::string start_of(std::string_view body) {
  std::string line;
  for (const char c : body.substr(0, kShown))
    line += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
  auto whole = line;
  for (int cut = 0; cut < kLongestCharacter && !json::is_utf8(whole) && !whole.empty(); ++cut)
    whole.pop_back();
  if (json::is_utf8(whole)) return whole;
  for (char& c : line)
    if (static_cast<unsigned char>(c) > 0x7e) c = '?';
  return line;
}

Text told_of(const std::string& what, const WebAnswer& answer) {
  if (redirects(answer.status))
    return say("{}: il partner rimanda altrove ({}): indicare l'indirizzo giusto in to.http.base_url",
               "{}: the partner leads elsewhere ({}): name the right address in to.http.base_url", what,
               answer.status);
  if (answer.status < 300 && answer.end == BodyEnd::kCut)
    return say("{}: la risposta del partner ({}) si è interrotta", "{}: the partner's answer ({}) broke off",
               what, answer.status);
  return say("{}: il partner ha risposto {}", "{}: the partner answered {}", what, answer.status);
}

}  // namespace

Verdict verdict_of(const WebRequest& request, const WebAnswer& answer, int attempt) {
  const int status = answer.status;
  if (status >= 200 && status < 300) return Verdict::kAccepted;
  if (request.method == "DELETE" && (status == 404 || status == 410)) return Verdict::kAccepted;
  if (passes(status) || (status == 409 && attempt > 1 && attempt <= kConflicts)) return Verdict::kTryAgain;
  if (status == 401 || status == 407) return Verdict::kNotLetIn;
  return Verdict::kRefused;
}

Verdict verdict_of(const Error& no_answer) {
  if (no_answer.retryable()) return Verdict::kTryAgain;
  return no_answer.code == ErrorCode::kDenied ? Verdict::kNotLetIn : Verdict::kRefused;
}

std::string_view status_class(int status) {
  constexpr std::array<std::string_view, 5> kClasses{"1xx", "2xx", "3xx", "4xx", "5xx"};
  return status >= 100 && status < 600 ? kClasses[static_cast<std::size_t>(status / 100 - 1)] : "other";
}

Text told_briefly(const WebRequest& request, const WebAnswer& answer) {
  return told_of(request.method, answer);
}

Text told(const WebRequest& request, const WebAnswer& answer) {
  auto text = told_of(request.method + " " + request.path, answer);
  const auto start = redirects(answer.status) ? std::string() : start_of(answer.body);
  if (start.empty()) return text;
  return {text.it + ": " + start, text.en + ": " + start};
}

}  // namespace raccordo
