// SPDX-License-Identifier: EUPL-1.2
// A connector whose partner calls: how it is known, and how much it may send.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "adapters/http_server/ingress/client_certificate.hpp"
#include "adapters/http_server/ingress/signature.hpp"
#include "core/engine/delivery/rate.hpp"

namespace raccordo {

// Authorization: Bearer, with any of these: two while the partner changes its own.
struct BearerRule {
  std::vector<std::string> tokens;
};

struct Caller {
  std::string connector;
  std::variant<BearerRule, SignatureRule, PinnedCertificate> auth;
  std::size_t body_bytes = 256u << 10;
  Rate rate{100, std::chrono::seconds(1)};  // of all its requests together
};

// Somebody that nobody can be: who calls a connector that is not there is examined like everybody else.
[[nodiscard]] Caller nobody();

struct Authenticated {
  std::optional<Digest> signature;  // of what was signed
};

// Or, for the operator, why it is not the caller.
[[nodiscard]] std::variant<Authenticated, Text> authenticate(const HttpRequest& request, const Caller& caller,
                                                             WallTime now);

}  // namespace raccordo
