// SPDX-License-Identifier: EUPL-1.2
// One request that an event's delivery makes to the partner, as the plugin asked for it.
#pragma once

#include <string>
#include <string_view>

#include "core/ports/http_requests.hpp"
#include "core/ports/plugin_runner.hpp"

namespace raccordo {

struct Call {
  std::string number;  // of the effect: "0", "1"; of what the answer to "0" led to: "0.0"
  WebRequest request;
  std::string context;  // handed back with the answer
  bool wants_answer = false;
  std::string key;  // the partner does the same key once
  int attempts = 0;
  bool may_be_repetition = false;  // it may have been sent before a crash
  Duration first_try{};            // on the monotonic clock
  Duration last_try{};
};

// The request that a kSend effect asks for. What of it may go out is the adapter's to say.
[[nodiscard]] WebRequest request_of(const Effect& send);

// The same event, the same effect, the same destination: the same key, at every try and after every crash.
[[nodiscard]] std::string idempotency_key(std::string_view destination, std::string_view event,
                                          std::string_view number);

// Gives a request its key, in the header of that name; one that a plugin wrote there itself goes.
void put_key(Call& call, const std::string& header, std::string key);

// Requests that change nothing need no key (RFC 9110, section 9.2.1); nor are they kept as accepted: their
// answers are a partner's own, and may be asked for again.
[[nodiscard]] bool changes_something(std::string_view method);

}  // namespace raccordo
