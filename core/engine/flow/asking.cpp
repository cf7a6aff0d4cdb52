// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/asking.hpp"

#include <algorithm>

namespace raccordo {
namespace {

bool passes(int status) { return status == 408 || status == 425 || status == 429 || status >= 500; }
// To a REPORT 403 says, too, that something else did not hold: a token that is too old (RFC 3253, section
// 1.6; RFC 6578, section 3.2).
bool is_about_keys(const WebRequest& request, int status) {
  return status == 401 || status == 407 || (status == 403 && request.method != "REPORT");
}

Text what_of(const WebResponse& response) {
  return say("{}: ha risposto {}", "{}: it answered {}", response.address, response.status);
}

Error not_now(const WebResponse& response) {
  if (!response.wait)
    return error(ErrorCode::kUnavailable, what_of(response),
                 say("si riprova più tardi", "it is tried again later"));
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(*response.wait).count();
  return error(ErrorCode::kUnavailable, what_of(response),
               say("chiede di riprovare fra {} secondi", "it asks to be tried again in {} seconds", seconds));
}

Error not_let_in(const WebResponse& response) {
  return error(
      ErrorCode::kDenied, what_of(response),
      say("controllare auth e il suo segreto con il partner", "check auth and its secret with the partner"));
}

}  // namespace

Asking::Asking(HttpClient& partner, AskingLimits limits, FlowParts parts, const FlowFacts& facts)
    : partner_(partner), limits_(limits), parts_(parts), facts_(facts) {}

std::optional<Error> Asking::resting() const {
  return rests_because_ && parts_.clock.monotonic() < rests_until_ ? rests_because_ : std::nullopt;
}

Result<WebResponse> Asking::answered(const WebRequest& request, Duration until, Counts& counts,
                                     const std::stop_token& stop) {
  ++counts.requests;
  rests_because_.reset();
  Duration pause = limits_.first_wait;
  for (int tried = 1;; ++tried, pause *= 2) {
    ++counts.attempts;
    std::optional<Duration> told;
    auto response = once(request, told, stop);
    if (response.ok() || !response.error().retryable() || stop.stop_requested()) return response;
    const auto wait = std::max(told.value_or(pause), Duration::zero());
    const auto now = parts_.clock.monotonic();
    if (tried >= limits_.tries || wait > limits_.longest_wait || now + wait > until) {
      if (told) rests_because_ = response.error();
      rests_until_ = now + wait;
      return response;
    }
    parts_.log.write(LogLevel::kWarning, {facts_.connector, {}, {}}, response.error().in(facts_.language));
    if (!parts_.clock.wait(wait, stop)) return response;
  }
}

Result<WebResponse> Asking::once(const WebRequest& request, std::optional<Duration>& wait,
                                 const std::stop_token& stop) {
  if (asked_at_) {
    const auto rest = *asked_at_ + limits_.pause - parts_.clock.monotonic();
    if (rest > Duration::zero()) (void)parts_.clock.wait(rest, stop);
  }
  asked_at_ = parts_.clock.monotonic();
  RACCORDO_TRY(auto response, partner_.ask(request, stop));
  if (is_about_keys(request, response.status)) return not_let_in(response);
  if (!passes(response.status)) return response;
  wait = response.wait;
  return not_now(response);
}

}  // namespace raccordo
