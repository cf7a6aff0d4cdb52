// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_client/exchange.hpp"

#include <algorithm>
#include <optional>

#include "adapters/http_client/failure.hpp"
#include "adapters/http_client/handles.hpp"
#include "adapters/http_client/transfer.hpp"
#include "adapters/http_client/url.hpp"

namespace raccordo::http_client {
namespace {

constexpr int kPollMs = 1'000;  // a stop wakes the wait before

// Nothing: it was stopped.
std::optional<CURLcode> run(CURLM* multi, const std::stop_token& stop) {
  const std::stop_callback wake(stop, [multi] { curl_multi_wakeup(multi); });
  int running = 1;
  while (running > 0) {
    if (stop.stop_requested()) return std::nullopt;
    if (curl_multi_perform(multi, &running) != CURLM_OK) return CURLE_FAILED_INIT;
    if (running > 0) curl_multi_poll(multi, nullptr, 0, kPollMs, nullptr);
  }
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi, &left))
    if (message->msg == CURLMSG_DONE) return message->data.result;
  return CURLE_FAILED_INIT;
}

// Of the chain that the server showed, the first end.
std::optional<std::int64_t> certificate_end(CURL* handle) {
  curl_certinfo* chain = nullptr;
  if (curl_easy_getinfo(handle, CURLINFO_CERTINFO, &chain) != CURLE_OK || chain == nullptr)
    return std::nullopt;
  constexpr std::string_view kEnd = "Expire date:";
  std::optional<std::int64_t> first;
  for (int i = 0; i < chain->num_of_certs; ++i)
    for (const auto* line = chain->certinfo[i]; line != nullptr; line = line->next) {
      const std::string_view text(line->data);
      if (!text.starts_with(kEnd)) continue;
      const std::int64_t end = curl_getdate(line->data + kEnd.size(), nullptr);
      if (end >= 0 && (!first || end < *first)) first = end;
    }
  return first;
}

// A key that was meant for one server does not follow to another.
void forget_keys(Request& request) {
  std::erase_if(request.headers, [](const Header& header) {
    const auto name = lower_name(header.name);
    return name != "accept" && name != "if-none-match" && name != "if-modified-since" && name != "user-agent";
  });
}

}  // namespace

std::string_view Answer::header(std::string_view name) const {
  const auto found =
      std::find_if(headers.begin(), headers.end(), [&](const Header& h) { return h.name == name; });
  return found == headers.end() ? std::string_view{} : std::string_view(found->value);
}

struct Partner::Connections {
  Multi multi{curl_multi_init()};
  Easy easy{curl_easy_init()};
};

Partner::Partner(Guards guards) : guards_(std::move(guards)) {
  start_libcurl();
  connections_ = std::make_unique<Connections>();
}

Partner::~Partner() = default;

Result<Partner::Ended> Partner::ask_once(const Request& request, const BodyTaker& body,
                                         const std::stop_token& stop) {
  CURL* const handle = connections_->easy.get();
  CURLM* const multi = connections_->multi.get();
  if (handle == nullptr || multi == nullptr) return failure(CURLE_OUT_OF_MEMORY, request.url, {});
  Transfer transfer(handle, guards_, request, body, Bodies::kOfSuccess);
  RACCORDO_CHECK(transfer.prepare());
  if (!body) curl_easy_setopt(handle, CURLOPT_CERTINFO, 1L);
  curl_multi_add_handle(multi, handle);
  const auto ended = run(multi, stop);
  const char* leads_to = nullptr;
  curl_easy_getinfo(handle, CURLINFO_REDIRECT_URL, &leads_to);
  Ended end{{{}, body ? std::nullopt : certificate_end(handle)}, leads_to == nullptr ? "" : leads_to};
  curl_multi_remove_handle(multi, handle);
  if (!ended) return stopped(request.url);
  RACCORDO_TRY(end.seen.answer, transfer.end(*ended));
  return end;
}

// Where an answer leads, if that is allowed; keys stay behind where it is another server.
Status Partner::follow(const std::string& leads_to, const UrlParts& first, Request& request) const {
  const auto target = parts_of(leads_to);
  if (!target) return not_a_url(leads_to);
  const auto& hosts = guards_.hosts;
  if (target->host != first.host && std::find(hosts.begin(), hosts.end(), target->host) == hosts.end())
    return host_not_allowed(request.url, target->host);
  if (first.scheme == "https" && target->scheme != "https")
    return host_not_allowed(request.url, shown(leads_to));
  if (!target->same_server(first)) forget_keys(request);
  request.url = leads_to;
  return done();
}

Result<Answer> Partner::ask(const Request& request, const BodyTaker& body, const std::stop_token& stop) {
  RACCORDO_TRY(auto seen, ask_all(request, body, stop));
  return std::move(seen.answer);
}

Result<Glance> Partner::glance(const Request& request, const std::stop_token& stop) {
  return ask_all(request, nullptr, stop);
}

Result<Glance> Partner::ask_all(const Request& request, const BodyTaker& body, const std::stop_token& stop) {
  const auto first = parts_of(request.url);
  if (!first) return not_a_url(request.url);
  Request next = request;
  for (int turn = 0; turn <= guards_.redirects; ++turn) {
    RACCORDO_TRY(auto end, ask_once(next, body, stop));
    if (request.method != "GET" || !is_redirect(end.seen.answer.status) || end.leads_to.empty())
      return std::move(end.seen);
    RACCORDO_CHECK(follow(end.leads_to, *first, next));
  }
  return too_many_redirects(request.url, guards_.redirects);
}

}  // namespace raccordo::http_client
