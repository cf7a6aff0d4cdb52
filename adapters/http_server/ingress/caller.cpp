// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/ingress/caller.hpp"

#include <openssl/rand.h>

#include "adapters/http_server/letters.hpp"

namespace raccordo {
namespace {

using Answer = std::variant<Authenticated, Text>;

std::string_view bearer_of(const HttpRequest& request) {
  constexpr std::string_view kScheme = "Bearer ";
  const auto value = request.header("authorization");
  return http::same(value.substr(0, kScheme.size()), kScheme) ? http::trimmed(value.substr(kScheme.size()))
                                                              : std::string_view();
}

// All of them are compared: how long it takes says nothing of which it was.
Answer check(const BearerRule& rule, const HttpRequest& request, WallTime /*now*/) {
  const auto token = bearer_of(request);
  if (token.empty()) return say("manca Authorization: Bearer", "there is no Authorization: Bearer");
  bool fits = false;
  for (const auto& known : rule.tokens) fits = same_secret(known, token) || fits;
  if (!fits) return say("il token non corrisponde", "the token does not fit");
  return Authenticated{};
}

Answer check(const SignatureRule& rule, const HttpRequest& request, WallTime now) {
  auto checked = check_signature(request, rule, now);
  if (auto* why = std::get_if<Text>(&checked)) return std::move(*why);
  return Authenticated{std::get<Digest>(checked)};
}

Answer check(const PinnedCertificate& pinned, const HttpRequest& request, WallTime now) {
  if (auto why = pinned.against(request, now)) return std::move(*why);
  return Authenticated{};
}

}  // namespace

Caller nobody() {
  std::string key(32, '\0');
  RAND_bytes(reinterpret_cast<unsigned char*>(key.data()), static_cast<int>(key.size()));
  return {"", SignatureRule{.keys = {std::move(key)}}};
}

std::variant<Authenticated, Text> authenticate(const HttpRequest& request, const Caller& caller,
                                               WallTime now) {
  // What stands in front of us may have looked at another of them.
  const auto names_caller = [](const HttpHeader& header) { return http::same(header.name, "authorization"); };
  if (std::ranges::count_if(request.headers, names_caller) > 1)
    return say("più intestazioni Authorization", "more than one header Authorization");
  return std::visit([&](const auto& rule) { return check(rule, request, now); }, caller.auth);
}

}  // namespace raccordo
