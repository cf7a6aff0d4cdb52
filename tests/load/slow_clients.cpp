// SPDX-License-Identifier: EUPL-1.2
#include "tests/load/slow_clients.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <stdexcept>
#include <string>
#include <string_view>

namespace raccordo::testing {
namespace {

constexpr int kBesides = 1'000;  // descriptors that everything else in the process needs
constexpr int kRoundsASecond = 20;
constexpr int kSecondsAway = 5;
constexpr std::size_t kMostNews = 1'024;

constexpr std::array<SlowManner, 6> kAdmin{{
    {"", {}},
    {"GET /hea", "l"},
    {"GET /healthz HTTP/1.1\r\nHost: hub\r\nX-Wait: ", "x"},
    {"GET /healthz HTTP/1.1\r\nHost: hub\r\n", {}},
    {"POST /echo HTTP/1.1\r\nHost: hub\r\nContent-Length: 60000\r\n\r\n{", " "},
    {"GET /metrics HTTP/1.1\r\nHost: hub\r\n\r\n", {}, true},
}};
constexpr std::array<SlowManner, 5> kIngress{{
    {"", {}},
    {"POST /in/port", "a"},
    {"POST /in/portale HTTP/1.1\r\nHost: hub\r\nX-Signature: t=1", "1"},
    {"POST /in/portale HTTP/1.1\r\nHost: hub\r\nContent-Length: 4000\r\n\r\n{", " "},
    {"POST /in/portale HTTP/1.1\r\nHost: hub\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n{", " "},
}};
// The beginning of a record that is announced, of 512 bytes, and never comes.
constexpr std::array<SlowManner, 3> kHandshake{{
    {"", {}},
    {"\x16\x03\x01", {}},
    {std::string_view("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11), "x"},
}};

sockaddr_in address(std::uint32_t host, std::uint16_t port) {
  sockaddr_in out{};
  out.sin_family = AF_INET;
  out.sin_port = htons(port);
  out.sin_addr.s_addr = htonl(host);
  return out;
}

}  // namespace

const std::span<const SlowManner> kStallsAtTheAdminAddress = kAdmin;
const std::span<const SlowManner> kStallsAtTheIngress = kIngress;
const std::span<const SlowManner> kStallsShakingHands = kHandshake;

SlowClients::SlowClients(std::uint16_t port, int count, From from, std::span<const SlowManner> manners)
    : port_(port), from_(from), manners_(manners), clients_(static_cast<std::size_t>(count)) {
  rlimit most{};
  ::getrlimit(RLIMIT_NOFILE, &most);
  most.rlim_cur = most.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &most);
  if (most.rlim_cur < static_cast<rlim_t>(count + kBesides))
    throw std::runtime_error("this process may open " + std::to_string(most.rlim_cur) + " descriptors only");
  epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

SlowClients::~SlowClients() {
  thread_.request_stop();
  thread_.join();
  for (const auto& client : clients_)
    if (client.socket >= 0) ::close(client.socket);
  ::close(epoll_);
}

void SlowClients::run(const std::stop_token& stop) {
  for (std::size_t number = 0; number < clients_.size() && !stop.stop_requested(); ++number) connect(number);
  arrived_ = true;
  arrived_.notify_all();
  for (std::size_t round = 0; !stop.stop_requested(); round = (round + 1) % kRoundsASecond) {
    std::array<epoll_event, kMostNews> news;
    const int some = ::epoll_wait(epoll_, news.data(), news.size(), 1'000 / kRoundsASecond);
    for (int i = 0; i < some; ++i) leave(news[static_cast<std::size_t>(i)].data.u64);
    for (std::size_t number = round; number < clients_.size(); number += kRoundsASecond) call_on(number);
  }
}

void SlowClients::call_on(std::size_t number) {
  auto& client = clients_[number];
  if (client.socket < 0 && ++client.away >= kSecondsAway)
    connect(number);
  else if (client.socket >= 0 && !say_a_byte(number))
    leave(number);
}

void SlowClients::connect(std::size_t number) {
  auto& client = clients_[number];
  client.socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (client.socket < 0) return;
  ++hanging_;
  client.said = 0;
  client.away = 0;
  const int little = 1;  // the kernel makes the least of it that it can
  ::setsockopt(client.socket, SOL_SOCKET, SO_RCVBUF, &little, sizeof little);
  const auto own = static_cast<std::uint32_t>(from_ == From::kOneAddress ? 1 : 0x10000 + number);
  const auto mine = address(INADDR_LOOPBACK - 1 + own, 0);
  const auto theirs = address(INADDR_LOOPBACK, port_);
  if (::bind(client.socket, reinterpret_cast<const sockaddr*>(&mine), sizeof mine) != 0) return leave(number);
  if (::connect(client.socket, reinterpret_cast<const sockaddr*>(&theirs), sizeof theirs) != 0 &&
      errno != EINPROGRESS)
    return leave(number);
  epoll_event wanted{};
  wanted.events = EPOLLRDHUP;  // and what is always told: that it was ended
  wanted.data.u64 = number;
  ::epoll_ctl(epoll_, EPOLL_CTL_ADD, client.socket, &wanted);
}

// False when there is nobody to hear it any more.
bool SlowClients::say_a_byte(std::size_t number) {
  auto& client = clients_[number];
  const auto& manner = manner_of(number);
  char taken = 0;
  if (manner.takes_bytes && client.said > 0)
    return ::recv(client.socket, &taken, 1, MSG_DONTWAIT) > 0 || errno == EAGAIN;
  const auto words = client.said == 0 ? manner.at_once : manner.byte;
  if (words.empty()) return true;
  const auto sent = ::send(client.socket, words.data(), words.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  if (sent > 0) client.said += static_cast<std::size_t>(sent);
  return sent >= 0 || errno == EAGAIN || errno == ENOTCONN;
}

void SlowClients::leave(std::size_t number) {
  auto& client = clients_[number];
  if (client.socket < 0) return;
  ::close(client.socket);  // which takes it out of the list, too
  client.socket = -1;
  --hanging_;
  ++turned_away_;
}

}  // namespace raccordo::testing
