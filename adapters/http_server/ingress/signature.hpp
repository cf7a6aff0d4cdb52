// SPDX-License-Identifier: EUPL-1.2
// How a partner signs what it sends: HMAC-SHA-256 over "<time>.<body>", the time in seconds since 1970.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "adapters/http_server/http_message.hpp"
#include "adapters/http_server/ingress/digest.hpp"
#include "core/ports/clock.hpp"

namespace raccordo {

struct SignatureRule {
  std::vector<std::string> keys;       // any of them: two while the partner changes its own
  std::string header = "X-Signature";  // "t=<time>,v1=<64 hex digits>", v1 more than once while keys change
  std::string time_header;  // not empty: the time stands there, and `header` holds the digits, "sha256=" or
                            // "v1=" before
  Duration window = std::chrono::minutes(5);  // between its time and ours, either way
};

// What a request says of its signature.
struct StatedSignature {
  std::string time;  // as it was sent: this is what was signed
  std::int64_t seconds = 0;
  std::vector<Digest> digests;
};

inline constexpr std::size_t kMostDigests = 5;

// none: there is no signature, or it is written otherwise.
[[nodiscard]] std::optional<StatedSignature> stated_signature(const HttpRequest& request,
                                                              const SignatureRule& rule);

// The signature that fits, as we computed it; or, for the operator, why there is none.
[[nodiscard]] std::variant<Digest, Text> check_signature(const HttpRequest& request,
                                                         const SignatureRule& rule, WallTime now);

}  // namespace raccordo
