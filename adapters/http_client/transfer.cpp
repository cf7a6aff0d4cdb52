// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_client/transfer.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <mutex>

#include "adapters/http_client/failure.hpp"
#include "adapters/http_client/options.hpp"
#include "adapters/http_client/url.hpp"

namespace raccordo::http_client {
namespace {

constexpr std::size_t kMostHeaders = 200;
constexpr std::size_t kMostHeaderBytes = 64u << 10;
constexpr long kForbidden = 403;
constexpr long kProxyKeyWanted = 407;
constexpr double kRatioFrom = 1u << 20;  // bytes unpacked

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) text.remove_suffix(1);
  return text;
}

bool succeeded(const Answer& answer) { return answer.status >= 200 && answer.status < 300; }

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

bool breaks_a_line(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

bool has_header(const Request& request, std::string_view name) {
  return std::any_of(request.headers.begin(), request.headers.end(),
                     [&](const Header& header) { return lower_name(header.name) == name; });
}

Status append(List& list, const std::string& line, const std::string& url) {
  auto* const longer = curl_slist_append(list.get(), line.c_str());
  if (longer == nullptr) return failure(CURLE_OUT_OF_MEMORY, url, {});
  (void)list.release();
  list.reset(longer);
  return done();
}

}  // namespace

void start_libcurl() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

std::string lower_name(std::string_view name) {
  std::string out(name);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

Transfer::Transfer(CURL* handle, const Guards& guards, const Request& request, const BodyTaker& body,
                   Bodies bodies)
    : handle_(handle), guards_(guards), request_(request), body_(body), bodies_(bodies) {}

Transfer::~Transfer() { curl_easy_reset(handle_); }

Status Transfer::prepare() {
  curl_easy_reset(handle_);
  RACCORDO_CHECK(write_lines());
  const auto parts = parts_of(request_.url);
  if (!parts) return not_a_url(request_.url);
  through_proxy_ = !guards_.proxy.url.empty() && !among_hosts(parts->host, guards_.proxy.except);
  curl_easy_setopt(handle_, CURLOPT_ERRORBUFFER, words_.data());
  set_guards(handle_, guards_, through_proxy_);
  set_request(handle_, request_, lines_.get());
  set_callbacks();
  return done();
}

Status Transfer::write_lines() {
  for (const auto& [name, value] : request_.headers) {
    if (breaks_a_line(name) || breaks_a_line(value)) return bad_header(request_.url, name);
    RACCORDO_CHECK(append(lines_, value.empty() ? name + ";" : name + ": " + value, request_.url));
  }
  if (request_.method == "GET") return done();
  // What libcurl adds by itself: a form's type, and a question before a large body that few partners answer.
  if (!has_header(request_, "content-type")) RACCORDO_CHECK(append(lines_, "Content-Type:", request_.url));
  return append(lines_, "Expect:", request_.url);
}

void Transfer::set_callbacks() {
  curl_easy_setopt(handle_, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(handle_, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(handle_, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  curl_easy_setopt(handle_, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(handle_, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(handle_, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(handle_, CURLOPT_OPENSOCKETDATA, this);
}

Result<Answer> Transfer::end(CURLcode code) {
  if (refused_ && code != CURLE_OK) return std::move(*refused_);
  const bool cut_behind_head = !body_ && code == CURLE_WRITE_ERROR;
  if (code != CURLE_OK && !cut_behind_head) {
    long proxy = 0;  // what it said to CONNECT
    curl_easy_getinfo(handle_, CURLINFO_HTTP_CONNECTCODE, &proxy);
    if (proxy == kForbidden || proxy == kProxyKeyWanted) return shut_out_by_proxy(request_.url, proxy);
    return failure(code, request_.url, words_.data());
  }
  long version = 0;
  curl_easy_getinfo(handle_, CURLINFO_HTTP_VERSION, &version);
  answer_.url = request_.url;
  answer_.has_end = version >= CURL_HTTP_VERSION_2_0 || !answer_.header("content-length").empty() ||
                    !answer_.header("transfer-encoding").empty();
  return std::move(answer_);
}

void Transfer::start_over() {
  answer_.status = 0;
  answer_.headers.clear();
}

std::size_t Transfer::take_header(char* text, std::size_t, std::size_t size, void* owner) {
  auto& transfer = *static_cast<Transfer*>(owner);
  auto taken = transfer.take_line({text, size});
  if (taken.ok()) return size;
  transfer.refused_ = std::move(taken).error();
  return 0;
}

Status Transfer::take_line(std::string_view line) {
  if (line.starts_with("HTTP/")) {
    start_over();  // behind an answer 100, or of a proxy
    long status = 0;
    curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
    answer_.status = static_cast<int>(status);
    return done();
  }
  header_bytes_ += line.size();
  if (header_bytes_ > kMostHeaderBytes || answer_.headers.size() >= kMostHeaders)
    return body_too_large(request_.url, kMostHeaderBytes, guards_.max_body_option);
  const auto colon = line.find(':');
  if (colon != std::string_view::npos)
    answer_.headers.push_back(
        {lower_name(trimmed(line.substr(0, colon))), std::string(trimmed(line.substr(colon + 1)))});
  return done();
}

std::size_t Transfer::take_body(char* text, std::size_t, std::size_t size, void* owner) {
  auto& transfer = *static_cast<Transfer*>(owner);
  // Where a redirect leads is told only at its end.
  if (!transfer.body_ && !is_redirect(transfer.answer_.status)) return 0;
  auto taken = transfer.take_piece({text, size});
  if (taken.ok()) return size;
  transfer.refused_ = std::move(taken).error();
  return 0;
}

Status Transfer::take_piece(std::string_view piece) {
  received_ += piece.size();
  RACCORDO_CHECK(within_limits());
  const bool wanted = bodies_ == Bodies::kAll || succeeded(answer_);
  return wanted ? body_(piece) : done();
}

Status Transfer::within_limits() const {
  if (received_ > guards_.max_body)
    return body_too_large(request_.url, guards_.max_body, guards_.max_body_option);
  curl_off_t packed = 0;
  curl_easy_getinfo(handle_, CURLINFO_SIZE_DOWNLOAD_T, &packed);
  const auto unpacked = static_cast<double>(received_);
  if (packed > 0 && unpacked > kRatioFrom && unpacked > guards_.max_ratio * static_cast<double>(packed))
    return unpacks_too_much(request_.url, guards_.max_ratio);
  return done();
}

curl_socket_t Transfer::open_socket(void* owner, curlsocktype, curl_sockaddr* wanted) {
  auto& transfer = *static_cast<Transfer*>(owner);
  if (auto allowed = transfer.check_address(wanted->addr); !allowed.ok()) {
    transfer.refused_ = std::move(allowed).error();
    return CURL_SOCKET_BAD;
  }
  return ::socket(wanted->family, wanted->socktype | SOCK_CLOEXEC, wanted->protocol);
}

// A proxy is the operator's own; the partner's address is the proxy's to find.
Status Transfer::check_address(const sockaddr& wanted) const {
  const auto address = address_of(wanted);
  if (through_proxy_ || (address && allowed(*address, guards_.networks))) return done();
  return address_not_allowed(request_.url, address ? text_of(*address) : "?");
}

}  // namespace raccordo::http_client
