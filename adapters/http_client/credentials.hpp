// SPDX-License-Identifier: EUPL-1.2
// How a partner knows that it is us who ask.
#pragma once

#include <string>

#include "adapters/http_client/exchange.hpp"

namespace raccordo::http_client {

enum class CredentialKind { kNone, kBearer, kHeader, kQuery, kBasic, kOauth2 };

// Values of secrets: never shown.
struct Credentials {
  CredentialKind kind = CredentialKind::kNone;
  std::string name;       // of the header or of the value in the query; the user; the client's id
  std::string secret;     // the token, the key, the password, the client's secret
  std::string token_url;  // of kOauth2 (RFC 6749, section 4.4: client credentials)
  std::string scope;      // of kOauth2, or empty
};

// A partner's web server: what goes to it with every request, and the guards of the way.
struct Access {
  std::vector<Header> headers;
  std::vector<std::string> secrets;  // of the headers; those of the credentials are known
  Credentials credentials;
  Guards guards;
};

struct Token {
  std::string value;
  Duration life{};  // from now on
};

// Asks for a token anew. `credentials` are of kOauth2; `clock` tells how long an answer asks to be left
// alone. Errors: those of Partner::ask; kDenied when none is given, kInvalid when the answer is none. [any]
[[nodiscard]] Result<Token> fetch_token(const Credentials& credentials, const Guards& guards,
                                        const Clock& clock, const std::stop_token& stop);

// Adds to each request what the partner asks for. One thread at a time.
class Authorizer {
 public:
  // `clock` is borrowed. Tokens are fetched under the same guards as everything else.
  Authorizer(Credentials credentials, const Guards& guards, const Clock& clock);

  // Errors: those of Partner::ask; kDenied when no token is given, kInvalid when its answer is none.
  [[nodiscard]] Status sign(Request& request, const std::stop_token& stop);

  // The partner answered 401: whether a token fetched anew may help.
  [[nodiscard]] bool refused() { return refused(std::string(token_)); }
  // The same of a request that was signed with this one: one that was fetched since is kept.
  [[nodiscard]] bool refused(const std::string& token);

  // That requests are signed with; empty where there is none.
  [[nodiscard]] const std::string& token() const { return token_; }

  // What a request that was signed carries of them, in every form: never shown.
  [[nodiscard]] std::vector<std::string> secrets() const;

 private:
  [[nodiscard]] Status renew_token(const std::stop_token& stop);

  Credentials credentials_;
  Partner issuer_;
  const Clock& clock_;
  std::string token_;
  Duration good_until_{};  // on the monotonic clock
};

}  // namespace raccordo::http_client
