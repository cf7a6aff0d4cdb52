// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_client/answers.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>

namespace raccordo::http_client {
namespace {

constexpr std::chrono::seconds kLongest = std::chrono::hours(24);

Text what_of(const Answer& answer, const std::string& url) {
  return say("{}: ha risposto {}", "{}: it answered {}", shown(url), answer.status);
}

bool passes(int status) { return status == 408 || status == 425 || status == 429 || status >= 500; }

}  // namespace

Error refusal(const Answer& answer, const std::string& url, const Clock& clock) {
  const int status = answer.status;
  if (passes(status)) {
    const auto wait = retry_after(answer, clock);
    if (!wait)
      return error(ErrorCode::kUnavailable, what_of(answer, url),
                   say("si riprova più tardi", "it is tried again later"));
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(*wait).count();
    return error(
        ErrorCode::kUnavailable, what_of(answer, url),
        say("chiede di riprovare fra {} secondi", "it asks to be tried again in {} seconds", seconds));
  }
  if (status == 401 || status == 403 || status == 407)
    return error(ErrorCode::kDenied, what_of(answer, url),
                 say("controllare auth e il suo segreto con il partner",
                     "check auth and its secret with the partner"));
  if (status == 404 || status == 410)
    return error(
        ErrorCode::kNotFound, what_of(answer, url),
        say("controllare l'indirizzo; niente è cancellato", "check the address; nothing is deleted"));
  return error(ErrorCode::kInvalid, what_of(answer, url), say("chiedere al partner", "ask the partner"));
}

std::optional<Duration> retry_after(const Answer& answer, const Clock& clock) {
  const std::string text(answer.header("retry-after"));
  if (text.empty()) return std::nullopt;
  std::int64_t seconds = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (read.ec == std::errc::result_out_of_range && read.ptr == text.data() + text.size())
    return text.front() == '-' ? Duration::zero() : Duration(kLongest);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) {
    const auto date = curl_getdate(text.c_str(), nullptr);
    if (date < 0) return std::nullopt;
    seconds = date - std::chrono::duration_cast<std::chrono::seconds>(clock.now().time_since_epoch()).count();
  }
  return std::chrono::seconds(std::clamp<std::int64_t>(seconds, 0, kLongest.count()));
}

}  // namespace raccordo::http_client
