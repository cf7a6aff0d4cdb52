// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string_view>

namespace raccordo {

// Safe methods (RFC 9110, section 9.2.1), those of WebDAV among them (RFC 4918, RFC 3253): asked twice, nothing
// has changed. [any]
[[nodiscard]] inline bool is_question(std::string_view method) {
  return method == "GET" || method == "PROPFIND" || method == "REPORT";
}

}  // namespace raccordo
