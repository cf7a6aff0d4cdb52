// SPDX-License-Identifier: EUPL-1.2
// Owners of libcurl's handles.
#pragma once

#include <curl/curl.h>

#include <memory>

namespace raccordo::http_client {

struct EndEasy {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct EndMulti {
  void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};
struct EndList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct EndUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Easy = std::unique_ptr<CURL, EndEasy>;
using Multi = std::unique_ptr<CURLM, EndMulti>;
using List = std::unique_ptr<curl_slist, EndList>;
using Url = std::unique_ptr<CURLU, EndUrl>;

}  // namespace raccordo::http_client
