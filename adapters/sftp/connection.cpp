// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sftp/connection.hpp"

#include <curl/curl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <mutex>
#include <optional>

#include "adapters/sftp/failure.hpp"

namespace raccordo::sftp {
namespace {

constexpr int kPollMs = 1'000;  // a stop wakes the wait before

struct EndEasy {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct EndMulti {
  void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};

// libcurl wants to be told once, before any thread uses it.
void start_libcurl() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

struct Seeking {
  const Server& server;
  std::optional<Error> refused{};
};

std::string text_of(const curl_sockaddr& address) {
  std::array<char, NI_MAXHOST> text{};
  const bool known = ::getnameinfo(&address.addr, address.addrlen, text.data(), text.size(), nullptr, 0,
                                   NI_NUMERICHOST) == 0;
  return known ? text.data() : "?";
}

curl_socket_t open_socket(void* owner, curlsocktype, curl_sockaddr* wanted) {
  auto& seeking = *static_cast<Seeking*>(owner);
  const auto text = text_of(*wanted);
  const auto address = parse_address(text);
  if (!address || !allowed(*address, seeking.server.networks)) {
    seeking.refused = address_not_allowed(seeking.server, text);
    return CURL_SOCKET_BAD;
  }
  return ::socket(wanted->family, wanted->socktype | SOCK_CLOEXEC, wanted->protocol);
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

// The scheme only says where a host stands in the text: no byte of HTTP is sent.
std::string url_of(const Server& server) {
  const bool is_v6 = server.host.find(':') != std::string::npos;
  return fmt::format("http://{}{}{}:{}/", is_v6 ? "[" : "", server.host, is_v6 ? "]" : "", server.port);
}

void set_options(CURL* handle, const Server& server, Seeking& seeking) {
  using std::chrono::milliseconds;
  const auto connect = std::chrono::duration_cast<milliseconds>(server.connect).count();
  curl_easy_setopt(handle, CURLOPT_URL, url_of(server).c_str());
  curl_easy_setopt(handle, CURLOPT_CONNECT_ONLY, 1L);
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_PROXY, "");  // not even the environment's
  curl_easy_setopt(handle, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(connect));
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &seeking);
}

}  // namespace

// The connection belongs to the multi handle, and the easy handle must stay in it meanwhile.
struct Connection::Handles {
  std::unique_ptr<CURL, EndEasy> easy{curl_easy_init()};
  std::unique_ptr<CURLM, EndMulti> multi{curl_multi_init()};

  ~Handles() {
    if (easy && multi) curl_multi_remove_handle(multi.get(), easy.get());
  }
};

Connection::Connection(std::unique_ptr<Handles> handles) : handles_(std::move(handles)) {}

Connection::~Connection() = default;

Result<std::unique_ptr<Connection>> Connection::open(const Server& server, const std::stop_token& stop) {
  start_libcurl();
  auto handles = std::make_unique<Handles>();
  CURL* const easy = handles->easy.get();
  CURLM* const multi = handles->multi.get();
  if (easy == nullptr || multi == nullptr) return not_connected(server, CURLE_OUT_OF_MEMORY);
  Seeking seeking{server};
  set_options(easy, server, seeking);
  curl_multi_add_handle(multi, easy);
  const auto ended = run(multi, stop);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, nullptr);
  if (!ended) return stopped(server);
  if (seeking.refused && *ended != CURLE_OK) return std::move(*seeking.refused);
  if (*ended != CURLE_OK) return not_connected(server, *ended);
  std::unique_ptr<Connection> connection(new Connection(std::move(handles)));
  curl_socket_t found = CURL_SOCKET_BAD;
  curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &found);
  if (found == CURL_SOCKET_BAD) return not_connected(server, CURLE_COULDNT_CONNECT);
  connection->socket_ = found;
  return connection;
}

bool Connection::is_stale() const {
  pollfd watched{socket_, POLLIN | POLLRDHUP, 0};
  return ::poll(&watched, 1, 0) != 0;
}

void Connection::cut() { ::shutdown(socket_, SHUT_RDWR); }

}  // namespace raccordo::sftp
