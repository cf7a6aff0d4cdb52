// SPDX-License-Identifier: EUPL-1.2
// The parts of a URL that decide whom it speaks to.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace raccordo::http_client {

struct UrlParts {
  std::string scheme;  // http | https
  std::string host;    // in lower case, an IPv6 address without its brackets
  std::string port;    // the scheme's own when none is written
  std::string path;    // without query

  [[nodiscard]] bool same_server(const UrlParts& other) const {
    return scheme == other.scheme && host == other.host && port == other.port;
  }
};

// Nothing when it is no URL of a web server, or when it carries a user or a password.
[[nodiscard]] std::optional<UrlParts> parts_of(const std::string& url);

// Whether `host` is one of these hosts, or lies in the domain of one (".example", "example"); "*" is every
// host.
[[nodiscard]] bool among_hosts(std::string_view host, const std::vector<std::string>& hosts);

// The URL as messages and accounts show it: without its query, which may hold a key, and without a user
// and a password.
[[nodiscard]] std::string shown(const std::string& url);

// With one more name and value in its query, escaped.
[[nodiscard]] std::string with_query(const std::string& url, const std::string& name,
                                     const std::string& value);

}  // namespace raccordo::http_client
