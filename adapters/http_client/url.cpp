// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_client/url.hpp"

#include <algorithm>
#include <cctype>

#include "adapters/http_client/handles.hpp"

namespace raccordo::http_client {
namespace {

std::string part(CURLU* url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, flags) != CURLUE_OK) return {};
  std::string copy(text);
  curl_free(text);
  return copy;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

Url parsed(const std::string& url) {
  Url parts(curl_url());
  if (parts == nullptr || curl_url_set(parts.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK)
    return nullptr;
  return parts;
}

}  // namespace

std::optional<UrlParts> parts_of(const std::string& url) {
  const auto whole = parsed(url);
  if (whole == nullptr) return std::nullopt;
  UrlParts parts{lower(part(whole.get(), CURLUPART_SCHEME)), lower(part(whole.get(), CURLUPART_HOST)),
                 part(whole.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT), part(whole.get(), CURLUPART_PATH)};
  if (parts.scheme != "http" && parts.scheme != "https") return std::nullopt;
  if (parts.host.empty() || !part(whole.get(), CURLUPART_USER).empty() ||
      !part(whole.get(), CURLUPART_PASSWORD).empty())
    return std::nullopt;
  if (parts.host.front() == '[') parts.host = parts.host.substr(1, parts.host.size() - 2);
  return parts;
}

bool among_hosts(std::string_view host, const std::vector<std::string>& hosts) {
  return std::any_of(hosts.begin(), hosts.end(), [&](const std::string& written) {
    const auto one = lower(written);
    const std::string_view name =
        one.starts_with('.') ? std::string_view(one).substr(1) : std::string_view(one);
    if (name == "*" || name == host) return true;
    return !name.empty() && host.size() > name.size() && host.ends_with(name) &&
           host[host.size() - name.size() - 1] == '.';
  });
}

std::string shown(const std::string& url) {
  auto seen = url.substr(0, url.find_first_of("?#"));
  const auto scheme = seen.find("://");
  const auto host = scheme == std::string::npos ? 0 : scheme + 3;
  const auto user = seen.substr(host, seen.find('/', host) - host).rfind('@');
  return user == std::string::npos ? seen : seen.erase(host, user + 1);
}

std::string with_query(const std::string& url, const std::string& name, const std::string& value) {
  const auto whole = parsed(url);
  if (whole == nullptr) return url;
  const std::string pair = name + "=" + value;
  if (curl_url_set(whole.get(), CURLUPART_QUERY, pair.c_str(), CURLU_APPENDQUERY | CURLU_URLENCODE) !=
      CURLUE_OK)
    return url;
  return part(whole.get(), CURLUPART_URL);
}

}  // namespace raccordo::http_client
