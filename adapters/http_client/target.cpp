// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_client/target.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "adapters/http_client/failure.hpp"
#include "adapters/http_client/url.hpp"

namespace raccordo::http_client {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kLargestHead = 64u << 10;  // address and headers

// WebDAV's two questions (RFC 4918, RFC 3253) beside the methods of RFC 9110 and RFC 5789.
constexpr std::array kMethods{"GET"sv, "POST"sv, "PUT"sv, "PATCH"sv, "DELETE"sv, "PROPFIND"sv, "REPORT"sv};

// Who we are, which server we speak to, and how the message is framed.
constexpr std::array kOurs{"authorization"sv,    "connection"sv,
                           "content-length"sv,   "cookie"sv,
                           "expect"sv,           "host"sv,
                           "keep-alive"sv,       "proxy-authorization"sv,
                           "proxy-connection"sv, "te"sv,
                           "trailer"sv,          "transfer-encoding"sv,
                           "upgrade"sv,          "accept-encoding"sv};
constexpr std::array kHidden{"authentication-info"sv,
                             "authorization"sv,
                             "connection"sv,
                             "content-encoding"sv,
                             "content-length"sv,
                             "keep-alive"sv,
                             "proxy-authenticate"sv,
                             "proxy-authentication-info"sv,
                             "proxy-authorization"sv,
                             "set-cookie"sv,
                             "set-cookie2"sv,
                             "te"sv,
                             "trailer"sv,
                             "transfer-encoding"sv,
                             "upgrade"sv,
                             "www-authenticate"sv};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

Error not_to_be_made(const std::string& base_url, const Text& why) {
  return error(ErrorCode::kInvalid,
               {fmt::format("{}: il plugin ha chiesto {}", shown(base_url), why.it),
                fmt::format("{}: the plugin asked for {}", shown(base_url), why.en)},
               say("avvisare chi ha scritto il plugin", "tell who wrote the plugin"));
}

// RFC 3986: everything else is escaped. A fragment never goes to a server.
bool fits_an_address(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c > ' ' && c < '\x7f' && c != '#' && c != '\\' && c != '"'; });
}

void put(std::string& text, std::string_view what, char in_its_place) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at))
    text.replace(at, what.size(), 1, in_its_place);
}

// "..", also in disguise, leads out of the base address at some servers: escaped, behind an escaped slash,
// with parameters of its own ("..;v=1").
bool climbs(std::string path) {
  path = lower(path);
  put(path, "%2e", '.');
  put(path, "%3b", ';');
  put(path, "%2f", '/');
  put(path, "%5c", '/');
  std::string_view rest = path;
  while (!rest.empty()) {
    const auto slash = std::min(rest.find('/'), rest.size());
    const auto segment = rest.substr(0, slash);
    const auto name = segment.substr(0, segment.find(';'));
    if (name == "." || name == "..") return true;
    rest.remove_prefix(std::min(slash + 1, rest.size()));
  }
  return false;
}

// RFC 9110, section 5.6.2. What is none may become another header on its way.
bool is_header_name(std::string_view name) {
  const auto fits = [](unsigned char c) {
    return std::isalnum(c) != 0 || "!#$%&'*+-.^_`|~"sv.find(static_cast<char>(c)) != std::string_view::npos;
  };
  return !name.empty() && std::ranges::all_of(name, fits);
}

bool breaks_a_line(std::string_view value) {
  return std::ranges::any_of(value, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

std::size_t size_of_head(const WebRequest& request) {
  std::size_t size = request.path.size() + request.query.size();
  for (const auto& header : request.headers)
    size += header.name.size() + header.value.size() + ": \r\n"sv.size();
  return size;
}

bool is_whole(std::string_view path) {
  const auto start = lower(path.substr(0, 8));
  return start.starts_with("http://") || start.starts_with("https://");
}

Result<Target> whole_target(const WebRequest& request, const UrlParts& base,
                            const std::vector<std::string>& hosts) {
  const auto parts = parts_of(request.path);
  if (!parts) return not_a_url(request.path);
  if (parts->same_server(base)) return Target{request.path, true};
  const bool downgraded = base.scheme == "https" && parts->scheme != "https";
  if (downgraded || !among_hosts(parts->host, hosts)) return host_not_allowed(request.path, parts->host);
  return Target{request.path, false};
}

std::string behind(const std::string& base_url, const std::string& path) {
  const auto base = base_url.ends_with('/') ? base_url.substr(0, base_url.size() - 1) : base_url;
  return path.empty() || path.starts_with('/') ? base + path : base + '/' + path;
}

}  // namespace

Result<Target> target_of(const WebRequest& request, const std::string& base_url,
                         const std::vector<std::string>& hosts) {
  if (!fits_an_address(request.path) || !fits_an_address(request.query))
    return not_to_be_made(base_url, say("un indirizzo con caratteri che vanno codificati",
                                        "an address with characters that have to be escaped"));
  const auto base = parts_of(base_url);
  if (!base) return not_a_url(base_url);
  Target target{behind(base_url, request.path), true};
  if (is_whole(request.path)) {
    RACCORDO_TRY(target, whole_target(request, *base, hosts));
  } else if (request.path.find('?') != std::string::npos || request.path.find("://") != std::string::npos ||
             climbs(request.path)) {
    return not_to_be_made(base_url, say("il percorso «{}»", "the path \"{}\"", request.path));
  }
  if (!request.query.empty())
    target.url += (target.url.find('?') == std::string::npos ? '?' : '&') + request.query;
  return target;
}

Status may_be_made(const WebRequest& request, const std::string& base_url) {
  if (std::ranges::find(kMethods, request.method) == kMethods.end() ||
      (request.method == "GET" && !request.body.empty()))
    return not_to_be_made(base_url, request.method == "GET"
                                        ? say("un GET con un corpo", "a GET with a body")
                                        : say("un metodo che non si usa", "a method that is not used"));
  if (size_of_head(request) > kLargestHead)
    return not_to_be_made(base_url, say("un indirizzo e intestazioni che superano {} byte",
                                        "an address and headers of more than {} bytes", kLargestHead));
  for (const auto& [name, value] : request.headers) {
    if (!is_header_name(name))
      return not_to_be_made(base_url, say("un'intestazione il cui nome contiene caratteri non ammessi",
                                          "a header whose name holds characters that no name has"));
    const auto shown_name = name.substr(0, 64);
    if (std::ranges::find(kOurs, lower(name)) != kOurs.end())
      return not_to_be_made(base_url, say("l'intestazione «{}», che non è sua",
                                          "the header \"{}\", which is not its own", shown_name));
    if (breaks_a_line(value))
      return not_to_be_made(base_url, say("l'intestazione «{}» con un carattere di controllo",
                                          "the header \"{}\" with a control character", shown_name));
  }
  return done();
}

bool shows(std::string_view name) { return std::ranges::find(kHidden, name) == kHidden.end(); }

}  // namespace raccordo::http_client
