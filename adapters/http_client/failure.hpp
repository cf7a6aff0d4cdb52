// SPDX-License-Identifier: EUPL-1.2
// What went wrong with a partner, in the words of the one who runs the hub.
#pragma once

#include <curl/curl.h>

#include <string>

#include "raccordo/model/result.hpp"

namespace raccordo::http_client {

// `words`: what libcurl added, or empty.
[[nodiscard]] Error failure(CURLcode code, const std::string& url, std::string_view words);

[[nodiscard]] Error not_a_url(const std::string& url);
[[nodiscard]] Error stopped(const std::string& url);
[[nodiscard]] Error shut_out_by_proxy(const std::string& url, long status);
[[nodiscard]] Error host_not_allowed(const std::string& url, const std::string& host);
[[nodiscard]] Error address_not_allowed(const std::string& url, const std::string& address);
[[nodiscard]] Error body_too_large(const std::string& url, std::uint64_t limit, std::string_view option);
[[nodiscard]] Error unpacks_too_much(const std::string& url, double ratio);
[[nodiscard]] Error too_many_redirects(const std::string& url, int limit);
[[nodiscard]] Error bad_header(const std::string& url, const std::string& name);

}  // namespace raccordo::http_client
