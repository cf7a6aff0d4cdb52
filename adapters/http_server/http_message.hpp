// SPDX-License-Identifier: EUPL-1.2
// What a handler sees of HTTP, free of any library.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "raccordo/model/text.hpp"

namespace raccordo {

struct HttpHeader {
  std::string name;
  std::string value;
};

struct HttpRequest {
  std::string method;
  std::string path;   // as it was sent: percent-encoded, starts with '/'
  std::string query;  // behind the '?', as it was sent
  std::vector<HttpHeader> headers;
  std::string body;
  std::string client;  // the numeric address at the other end
  // That the client showed, its own first, each in DER; none: it has none, or the connection is plain. It
  // holds the key of the first; who signed it was not looked at.
  std::shared_ptr<const std::vector<std::string>> certificates{};

  // The first value of that name, whatever its case; empty when there is none.
  [[nodiscard]] std::string_view header(std::string_view name) const;
  // What the sender prefers to read, by Accept-Language; Italian when it does not say.
  [[nodiscard]] Language language() const;
};

struct HttpResponse {
  int status = 200;
  std::string content_type;  // empty: no body
  std::string body;
  std::vector<HttpHeader> headers;  // Content-Length, Date and Connection are the server's
};

struct HttpProblem {
  int status = 500;
  std::string_view type = "about:blank";  // a URI: what a program tells it by
  Text detail;
  Text hint = {};  // what to do, or empty
};

// RFC 9457, in the reader's language.
[[nodiscard]] HttpResponse problem(const HttpProblem& problem, Language language);
[[nodiscard]] HttpResponse problem(int status, const Text& detail, Language language);

// The standard phrase of a status.
[[nodiscard]] std::string_view reason_of(int status);

// The bytes of an answer, with its body unless the question was HEAD. A header that would break out of its
// line (a handler passed on what a partner sent) makes it a problem 500 instead. `date` as RFC 9110 has it.
[[nodiscard]] std::string answer_bytes(const HttpResponse& response, bool keep_alive, bool head,
                                       std::string_view date);

// "Sun, 22 Nov 2026 17:00:00 GMT"
[[nodiscard]] std::string http_date(std::int64_t unix_seconds);

}  // namespace raccordo
