// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_client/exchange.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <mutex>
#include <optional>

#include "adapters/http_client/failure.hpp"
#include "adapters/http_client/handles.hpp"
#include "adapters/http_client/options.hpp"
#include "adapters/http_client/url.hpp"

namespace raccordo::http_client {
namespace {

constexpr std::size_t kMostHeaders = 200;
constexpr std::size_t kMostHeaderBytes = 64u << 10;
constexpr double kRatioFrom = 1u << 20;  // bytes unpacked
constexpr int kPollMs = 1'000;           // a stop wakes the wait before

// libcurl wants to be told once, before any thread uses it.
void start_libcurl() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) text.remove_suffix(1);
  return text;
}

// What libcurl's callbacks share about one request.
struct Exchange {
  const Guards& guards;
  const BodyTaker& body;
  const std::string& url;
  bool through_proxy;
  CURL* handle;
  Answer answer;
  std::size_t header_bytes = 0;
  std::uint64_t received = 0;      // of the body, unpacked
  std::optional<Error> refused{};  // why a callback ended it

  void start_over() {
    answer.status = 0;
    answer.headers.clear();
  }
};

bool counts(const Answer& answer) { return answer.status >= 200 && answer.status < 300; }

std::size_t take_header(char* text, std::size_t, std::size_t size, void* owner) {
  auto& exchange = *static_cast<Exchange*>(owner);
  const std::string_view line(text, size);
  if (line.starts_with("HTTP/")) {
    exchange.start_over();  // behind an answer 100, or of a proxy
    long status = 0;
    curl_easy_getinfo(exchange.handle, CURLINFO_RESPONSE_CODE, &status);
    exchange.answer.status = static_cast<int>(status);
    return size;
  }
  exchange.header_bytes += size;
  if (exchange.header_bytes > kMostHeaderBytes || exchange.answer.headers.size() >= kMostHeaders) {
    exchange.refused = body_too_large(exchange.url, kMostHeaderBytes, exchange.guards.max_body_option);
    return 0;
  }
  const auto colon = line.find(':');
  if (colon != std::string_view::npos)
    exchange.answer.headers.push_back(
        {lower(trimmed(line.substr(0, colon))), std::string(trimmed(line.substr(colon + 1)))});
  return size;
}

Status within_limits(Exchange& exchange) {
  if (exchange.received > exchange.guards.max_body)
    return body_too_large(exchange.url, exchange.guards.max_body, exchange.guards.max_body_option);
  curl_off_t packed = 0;
  curl_easy_getinfo(exchange.handle, CURLINFO_SIZE_DOWNLOAD_T, &packed);
  const auto unpacked = static_cast<double>(exchange.received);
  if (packed > 0 && unpacked > kRatioFrom &&
      unpacked > exchange.guards.max_ratio * static_cast<double>(packed))
    return unpacks_too_much(exchange.url, exchange.guards.max_ratio);
  return done();
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

std::size_t take_body(char* text, std::size_t, std::size_t size, void* owner) {
  auto& exchange = *static_cast<Exchange*>(owner);
  // Where a redirect leads is told only at its end.
  if (!exchange.body && !is_redirect(exchange.answer.status)) return 0;
  exchange.received += size;
  auto taken = within_limits(exchange);
  if (taken.ok() && counts(exchange.answer)) taken = exchange.body({text, size});
  if (taken.ok()) return size;
  exchange.refused = std::move(taken).error();
  return 0;
}

std::optional<Address> address_of(const sockaddr& socket_address) {
  Address address{};
  if (socket_address.sa_family == AF_INET) {
    address[10] = address[11] = 0xff;
    std::memcpy(address.data() + 12, &reinterpret_cast<const sockaddr_in&>(socket_address).sin_addr, 4);
    return address;
  }
  if (socket_address.sa_family != AF_INET6) return std::nullopt;
  std::memcpy(address.data(), &reinterpret_cast<const sockaddr_in6&>(socket_address).sin6_addr,
              address.size());
  return address;
}

curl_socket_t open_socket(void* owner, curlsocktype, curl_sockaddr* wanted) {
  auto& exchange = *static_cast<Exchange*>(owner);
  const auto address = address_of(wanted->addr);
  // A proxy is the operator's own; the partner's address is the proxy's to find.
  if (!exchange.through_proxy && (!address || !allowed(*address, exchange.guards.networks))) {
    exchange.refused = address_not_allowed(exchange.url, address ? text_of(*address) : "?");
    return CURL_SOCKET_BAD;
  }
  return ::socket(wanted->family, wanted->socktype | SOCK_CLOEXEC, wanted->protocol);
}

bool breaks_a_line(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

Result<List> lines_of(const Request& request) {
  List list;
  for (const auto& header : request.headers) {
    if (breaks_a_line(header.name) || breaks_a_line(header.value))
      return bad_header(request.url, header.name);
    const auto line = header.value.empty() ? header.name + ";" : header.name + ": " + header.value;
    auto* const longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr) return failure(CURLE_OUT_OF_MEMORY, request.url, {});
    (void)list.release();
    list.reset(longer);
  }
  return list;
}

void set_callbacks(CURL* handle, Exchange& exchange) {
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &exchange);
  curl_easy_setopt(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &exchange);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &exchange);
}

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
    const auto name = lower(header.name);
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
  RACCORDO_TRY(const auto lines, lines_of(request));
  CURL* const handle = connections_->easy.get();
  CURLM* const multi = connections_->multi.get();
  if (handle == nullptr || multi == nullptr) return failure(CURLE_OUT_OF_MEMORY, request.url, {});
  curl_easy_reset(handle);
  const auto parts = parts_of(request.url);
  if (!parts) return not_a_url(request.url);
  const bool through_proxy = !guards_.proxy.url.empty() && !among_hosts(parts->host, guards_.proxy.except);
  Exchange exchange{guards_, body, request.url, through_proxy, handle, {}};
  std::array<char, CURL_ERROR_SIZE> words{};
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, words.data());
  set_guards(handle, guards_, through_proxy);
  set_request(handle, request, lines.get());
  set_callbacks(handle, exchange);
  if (!body) curl_easy_setopt(handle, CURLOPT_CERTINFO, 1L);
  curl_multi_add_handle(multi, handle);
  const auto ended = run(multi, stop);
  long version = 0;
  curl_easy_getinfo(handle, CURLINFO_HTTP_VERSION, &version);
  const char* leads_to = nullptr;
  curl_easy_getinfo(handle, CURLINFO_REDIRECT_URL, &leads_to);
  Ended end{{{}, body ? std::nullopt : certificate_end(handle)}, leads_to == nullptr ? "" : leads_to};
  curl_multi_remove_handle(multi, handle);
  curl_easy_reset(handle);  // nothing of this call stays behind in it
  if (!ended) return stopped(request.url);
  if (exchange.refused && *ended != CURLE_OK) return std::move(*exchange.refused);
  const bool cut_behind_head = !body && *ended == CURLE_WRITE_ERROR;
  if (*ended != CURLE_OK && !cut_behind_head) return failure(*ended, request.url, words.data());
  auto& answer = end.seen.answer = std::move(exchange.answer);
  answer.url = request.url;
  answer.has_end = version >= CURL_HTTP_VERSION_2_0 || !answer.header("content-length").empty() ||
                   !answer.header("transfer-encoding").empty();
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
