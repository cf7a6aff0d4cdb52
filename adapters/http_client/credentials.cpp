// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_client/credentials.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/http_client/answers.hpp"
#include "core/ports/base64.hpp"

namespace raccordo::http_client {
namespace {

constexpr std::uint64_t kMaxTokenAnswer = 64u << 10;
constexpr std::chrono::seconds kTokenLife{300};    // where the issuer does not tell
constexpr std::chrono::seconds kBeforeItEnds{30};  // a token is not used that ends on its way
constexpr std::chrono::seconds kLongestLife = std::chrono::hours(24);
constexpr int kOk = 200;

Header basic(const std::string& user, const std::string& password) {
  return {"Authorization", "Basic " + base64(user + ":" + password)};
}

Guards for_tokens(Guards guards) {
  guards.max_body = kMaxTokenAnswer;
  guards.redirects = 0;
  return guards;
}

// RFC 6749, A.12: what is not visible could end the header that it is put into.
bool is_token(const std::string& text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

Error no_token(const std::string& url) {
  return error(ErrorCode::kInvalid,
               say("{}: la risposta non contiene un token", "{}: the answer holds no token", shown(url)),
               say("controllare oauth2.token_url", "check oauth2.token_url"));
}

// As a query or a form writes it; the place before it is thrown away.
std::string form_value(const std::string& value) {
  const auto form = with_query("http://x/", "x", value);
  return form.substr(form.find('=') + 1);
}

Request token_request(const Credentials& credentials) {
  Request request{"POST", credentials.token_url, {}, "grant_type=client_credentials"};
  if (!credentials.scope.empty()) {
    request.body += "&scope=" + form_value(credentials.scope);
  }
  request.headers = {basic(credentials.name, credentials.secret),
                     {"Content-Type", "application/x-www-form-urlencoded"},
                     {"Accept", "application/json"}};
  return request;
}

Result<Token> token_of(const std::string& body, const std::string& url) {
  const auto json = nlohmann::json::parse(body, nullptr, false);
  if (!json.is_object()) return no_token(url);
  const auto token = json.find("access_token");
  if (token == json.end() || !token->is_string() || !is_token(token->get_ref<const std::string&>()))
    return no_token(url);
  std::chrono::seconds life = kTokenLife;
  if (const auto told = json.find("expires_in"); told != json.end() && told->is_number_integer())
    life = std::chrono::seconds(std::clamp<std::int64_t>(told->get<std::int64_t>(), 0, kLongestLife.count()));
  return Token{token->get<std::string>(), life};
}

Result<Token> ask_for_token(Partner& issuer, const Credentials& credentials, const Clock& clock,
                            const std::stop_token& stop) {
  std::string body;
  const auto keep = [&body](std::string_view piece) {
    body += piece;
    return done();
  };
  const auto request = token_request(credentials);
  RACCORDO_TRY(const auto answer, issuer.ask(request, keep, stop));
  if (answer.status != kOk) return refusal(answer, request.url, clock);
  return token_of(body, request.url);
}

}  // namespace

Result<Token> fetch_token(const Credentials& credentials, const Guards& guards, const Clock& clock,
                          const std::stop_token& stop) {
  Partner issuer(for_tokens(guards));
  return ask_for_token(issuer, credentials, clock, stop);
}

Authorizer::Authorizer(Credentials credentials, const Guards& guards, const Clock& clock)
    : credentials_(std::move(credentials)), issuer_(for_tokens(guards)), clock_(clock) {}

Status Authorizer::sign(Request& request, const std::stop_token& stop) {
  const auto& [kind, name, secret, token_url, scope] = credentials_;
  switch (kind) {
    case CredentialKind::kNone:
      break;
    case CredentialKind::kBearer:
      request.headers.push_back({"Authorization", "Bearer " + secret});
      break;
    case CredentialKind::kHeader:
      request.headers.push_back({name, secret});
      break;
    case CredentialKind::kQuery:
      request.url = with_query(request.url, name, secret);
      break;
    case CredentialKind::kBasic:
      request.headers.push_back(basic(name, secret));
      break;
    case CredentialKind::kOauth2:
      if (token_.empty() || clock_.monotonic() >= good_until_) RACCORDO_CHECK(renew_token(stop));
      request.headers.push_back({"Authorization", "Bearer " + token_});
      break;
  }
  return done();
}

bool Authorizer::refused(const std::string& token) {
  if (credentials_.kind != CredentialKind::kOauth2 || token.empty()) return false;
  if (token == token_) token_.clear();
  return true;
}

std::vector<std::string> Authorizer::secrets() const {
  std::vector<std::string> all{credentials_.secret, token_};
  if (credentials_.kind == CredentialKind::kBasic)
    all.push_back(base64(credentials_.name + ":" + credentials_.secret));
  if (credentials_.kind == CredentialKind::kQuery) all.push_back(form_value(credentials_.secret));
  return all;
}

Status Authorizer::renew_token(const std::stop_token& stop) {
  token_.clear();
  RACCORDO_TRY(auto token, ask_for_token(issuer_, credentials_, clock_, stop));
  token_ = std::move(token.value);
  good_until_ = clock_.monotonic() + std::max(token.life - kBeforeItEnds, Duration::zero());
  return done();
}

}  // namespace raccordo::http_client
