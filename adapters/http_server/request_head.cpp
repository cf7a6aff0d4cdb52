// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/request_head.hpp"

#include <array>
#include <charconv>

#include "adapters/http_server/letters.hpp"

namespace raccordo {
namespace {

using http::is_field;
using http::is_token;
using http::same;
using http::trimmed;

using Checked = std::optional<HeadRefusal>;  // none: nothing against it

HeadRefusal refuse(std::string_view it, std::string_view en, int status = 400) {
  return {status, {std::string(it), std::string(en)}};
}

// Takes a line off the front, without its CRLF. A bare CR or LF inside stays, and is refused as a control
// character.
std::string_view take_line(std::string_view& rest) {
  const auto end = std::min(rest.find("\r\n"), rest.size());
  const auto line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 2, rest.size()));
  return line;
}

bool has_bare_line_break(std::string_view head) {
  for (auto at = head.find_first_of("\r\n"); at != head.npos; at = head.find_first_of("\r\n", at + 2))
    if (head.substr(at, 2) != "\r\n") return true;
  return false;
}

bool valid_target(std::string_view target) {
  for (std::size_t at = 0; at < target.size(); ++at) {
    const auto byte = static_cast<unsigned char>(target[at]);
    if (byte <= 0x20 || byte >= 0x7f || byte == '#' || byte == '\\') return false;
    if (byte != '%') continue;
    const auto code = target.substr(at + 1, 2);
    if (code.size() < 2 || !http::is_hex(code[0]) || !http::is_hex(code[1]) || code == "00") return false;
  }
  return true;
}

// absolute-form, as a proxy gets it: what Host says does not matter then (RFC 9112 section 3.2.2).
std::string_view origin_form(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!same(target.substr(0, scheme.size()), scheme)) continue;
    const auto authority = target.substr(scheme.size());
    const auto path = authority.find_first_of("/?");
    if (path == 0) return {};
    if (path == authority.npos) return "/";
    return authority[path] == '/' ? authority.substr(path) : std::string_view();
  }
  return target;
}

Checked read_target(std::string_view target, HttpRequest& request) {
  if (target.size() > 4'096) return refuse("indirizzo oltre 4096 byte", "a target beyond 4096 bytes", 414);
  if (!valid_target(target))
    return refuse("caratteri non ammessi nell'indirizzo", "characters in the target that may not be there");
  const auto origin = origin_form(target);
  if (origin.empty() || origin.front() != '/')
    return refuse("l'indirizzo deve iniziare con /", "the target must start with /");
  const auto question = std::min(origin.find('?'), origin.size());
  request.path = origin.substr(0, question);
  request.query = origin.substr(std::min(question + 1, origin.size()));
  return {};
}

Checked read_request_line(std::string_view line, RequestHead& head) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == line.npos || first == last || line.find(' ', first + 1) != last)
    return refuse("la prima riga non è «metodo indirizzo versione»",
                  "the first line is not \"method target version\"");
  const auto method = line.substr(0, first);
  const auto version = line.substr(last + 1);
  if (!is_token(method) || method.size() > 32) return refuse("metodo non valido", "no valid method");
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    if (version.substr(0, 5) != "HTTP/")
      return refuse("versione di HTTP non valida", "no valid version of HTTP");
    return refuse("solo HTTP/1.1 e HTTP/1.0", "HTTP/1.1 and HTTP/1.0 only", 505);
  }
  head.http_1_0 = version == "HTTP/1.0";
  head.request.method = method;
  return read_target(line.substr(first + 1, last - first - 1), head.request);
}

Checked read_field(std::string_view line, HttpRequest& request) {
  if (line.front() == ' ' || line.front() == '\t')
    return refuse("intestazione su più righe", "a header folded over several lines");
  const auto colon = line.find(':');
  if (colon == line.npos || !is_token(line.substr(0, colon)))
    return refuse("nome di un'intestazione non valido", "no valid name of a header");
  const auto value = trimmed(line.substr(colon + 1));
  if (!is_field(value))
    return refuse("caratteri di controllo in un'intestazione", "control characters in a header");
  if (request.headers.size() == kMostHeaders)
    return refuse("più di 100 intestazioni", "more than 100 headers", 431);
  request.headers.push_back({std::string(line.substr(0, colon)), std::string(value)});
  return {};
}

std::size_t times(const HttpRequest& request, std::string_view name) {
  return static_cast<std::size_t>(std::ranges::count_if(
      request.headers, [&](const HttpHeader& header) { return same(header.name, name); }));
}

Checked read_length(RequestHead& head) {
  const auto lengths = times(head.request, "content-length");
  const auto codings = times(head.request, "transfer-encoding");
  if (lengths + codings > 1)
    return refuse("la lunghezza del corpo è dichiarata più volte (Content-Length, Transfer-Encoding)",
                  "the length of the body is stated more than once (Content-Length, Transfer-Encoding)");
  if (codings == 1) {
    if (head.http_1_0)
      return refuse("HTTP/1.0 non conosce Transfer-Encoding", "HTTP/1.0 knows no Transfer-Encoding");
    if (!same(head.request.header("transfer-encoding"), "chunked"))
      return refuse("Transfer-Encoding: solo chunked", "Transfer-Encoding: chunked only", 501);
    head.chunked = true;
  }
  if (lengths == 0) return {};
  const auto digits = head.request.header("content-length");
  const auto* end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, head.content_length);
  if (digits.empty() || !http::is_digit(digits.front()) || read.ptr != end || read.ec != std::errc())
    return refuse("Content-Length non è un numero", "Content-Length is not a number");
  return {};
}

Checked read_host(const RequestHead& head) {
  const auto hosts = times(head.request, "host");
  if (hosts > 1 || (hosts == 0 && !head.http_1_0))
    return refuse("serve un'intestazione Host, e una sola", "one header Host is needed, and only one");
  const auto host = head.request.header("host");
  if (host.find_first_of(" \t/?#@\\,") != host.npos) return refuse("Host non valido", "no valid Host");
  return {};
}

bool lists(std::string_view value, std::string_view word) {
  while (!value.empty()) {
    const auto comma = std::min(value.find(','), value.size());
    if (same(trimmed(value.substr(0, comma)), word)) return true;
    value.remove_prefix(std::min(comma + 1, value.size()));
  }
  return false;
}

Checked read_connection(RequestHead& head) {
  bool closes = false;
  bool keeps = false;
  for (const auto& [name, value] : head.request.headers) {
    if (!same(name, "connection")) continue;
    closes = closes || lists(value, "close");
    keeps = keeps || lists(value, "keep-alive");
  }
  head.keep_alive = !closes && (!head.http_1_0 || keeps);
  const auto expected = head.request.header("expect");
  if (expected.empty()) return {};
  if (!same(expected, "100-continue"))
    return refuse("Expect: solo 100-continue", "Expect: 100-continue only", 417);
  head.expects_continue = !head.http_1_0;
  return {};
}

}  // namespace

std::optional<std::size_t> head_size(std::string_view received) {
  for (auto at = received.find('\n'); at != received.npos; at = received.find('\n', at + 1)) {
    if (at == 0 || received[at - 1] != '\r') return at + 1;
    if (received.substr(at + 1, 2) == "\r\n") return at + 3;
  }
  return std::nullopt;
}

bool may_become_request(std::string_view received) { return received.empty() || is_token(received.front()); }

std::variant<RequestHead, HeadRefusal> parse_head(std::string_view head) {
  if (has_bare_line_break(head)) return refuse("le righe devono finire con CRLF", "lines must end with CRLF");
  RequestHead parsed;
  auto rest = head;
  if (auto against = read_request_line(take_line(rest), parsed)) return *against;
  for (auto line = take_line(rest); !line.empty(); line = take_line(rest))
    if (auto against = read_field(line, parsed.request)) return *against;
  for (const auto check : {read_length, read_connection})
    if (auto against = check(parsed)) return *against;
  if (auto against = read_host(parsed)) return *against;
  return parsed;
}

}  // namespace raccordo
