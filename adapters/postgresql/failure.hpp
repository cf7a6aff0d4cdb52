// SPDX-License-Identifier: EUPL-1.2
// Codes of PostgreSQL (SQLSTATE) in the words of the one who runs the hub.
#pragma once

#include <string>
#include <string_view>

#include "raccordo/model/result.hpp"

namespace raccordo::postgresql {

// `server` names it; `words` are its own, or its client library's; an empty state: the connection failed.
[[nodiscard]] Error failure_of(const std::string& server, std::string_view state, std::string_view words);

// The state within the words of a login that failed ("FATAL:  28P01: password ..."); empty: there is none.
[[nodiscard]] std::string_view state_within(std::string_view words);

// Nobody's fault, and worth another try at once: others changed the same rows at the same time.
[[nodiscard]] inline bool is_collision(std::string_view state) {
  return state == "40001" || state == "40P01" || state == "23505";
}

}  // namespace raccordo::postgresql
