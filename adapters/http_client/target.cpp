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

constexpr std::array kMethods{"GET"sv, "POST"sv, "PUT"sv, "PATCH"sv, "DELETE"sv};

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

// "..", also in disguise, leads out of the base address at some servers.
bool climbs(std::string path) {
  path = lower(path);
  for (auto at = path.find("%2e"); at != std::string::npos; at = path.find("%2e", at))
    path.replace(at, 3, ".");
  path = '/' + path + '/';
  return path.find("/../") != std::string::npos || path.find("/./") != std::string::npos;
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
  for (const auto& header : request.headers)
    if (header.name.empty() || std::ranges::find(kOurs, lower(header.name)) != kOurs.end())
      return not_to_be_made(
          base_url, say("l'intestazione «{}», che non è sua", "the header \"{}\", which is not its own",
                        header.name.substr(0, 64)));
  return done();
}

bool shows(std::string_view name) { return std::ranges::find(kHidden, name) == kHidden.end(); }

}  // namespace raccordo::http_client
