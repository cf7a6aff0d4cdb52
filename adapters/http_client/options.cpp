// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_client/options.hpp"

#include <algorithm>

namespace raccordo::http_client {
namespace {

long milliseconds(Duration duration) {
  return static_cast<long>(std::chrono::duration_cast<std::chrono::milliseconds>(duration).count());
}

void set(CURL* handle, CURLoption option, const std::string& text) {
  if (!text.empty()) curl_easy_setopt(handle, option, text.c_str());
}

void set_tls(CURL* handle, const Tls& tls) {
  curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  set(handle, CURLOPT_CAINFO, tls.ca);
  if (!tls.ca.empty()) curl_easy_setopt(handle, CURLOPT_CAPATH, nullptr);  // those named, and no others
  set(handle, CURLOPT_SSLCERT, tls.certificate);
  set(handle, CURLOPT_SSLKEY, tls.key);
  set(handle, CURLOPT_KEYPASSWD, tls.key_password);
}

void set_proxy(CURL* handle, const Proxy& proxy, bool through_proxy) {
  // Empty: none, not even the environment's. Who is excepted was decided before.
  curl_easy_setopt(handle, CURLOPT_PROXY, through_proxy ? proxy.url.c_str() : "");
  curl_easy_setopt(handle, CURLOPT_NOPROXY, "");
  set(handle, CURLOPT_PROXYUSERNAME, proxy.user);
  set(handle, CURLOPT_PROXYPASSWORD, proxy.password);
}

}  // namespace

void set_guards(CURL* handle, const Guards& guards, bool through_proxy) {
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(guards.connect));
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, milliseconds(guards.whole));
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, std::max(1L, milliseconds(guards.silence) / 1'000));
  curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
  curl_easy_setopt(handle, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(handle, CURLOPT_HTTP09_ALLOWED, 0L);
  set_tls(handle, guards.tls);
  set_proxy(handle, guards.proxy, through_proxy);
}

void set_request(CURL* handle, const Request& request, curl_slist* lines) {
  curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, lines);
  if (request.method == "GET") return;
  curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.data());
}

}  // namespace raccordo::http_client
