// SPDX-License-Identifier: EUPL-1.2
// Thousands of clients that never come to an end: they stop in the middle of what they say, go on by a byte a
// second, or take their answer so. Who is turned away comes back five seconds later.
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

namespace raccordo::testing {

class SlowClients {
 public:
  enum class From { kOneAddress, kAddressesOfTheirOwn };

  // All of them in one thread. Throws where this process may not hold so many connections.
  SlowClients(std::uint16_t port, int count, From from);
  ~SlowClients();
  SlowClients(const SlowClients&) = delete;
  SlowClients& operator=(const SlowClients&) = delete;

  // Waits until each has connected once. [control]
  void await_all() const { arrived_.wait(false); }

  // Those who were connected when they were last looked at. [any]
  [[nodiscard]] int hanging() const { return hanging_.load(); }
  // How often one of them was turned away. [any]
  [[nodiscard]] std::int64_t turned_away() const { return turned_away_.load(); }

 private:
  struct Client {
    int socket = -1;
    std::size_t said = 0;
    int away = 0;  // seconds
  };

  void run(const std::stop_token& stop);
  void call_on(std::size_t number);
  void connect(std::size_t number);
  [[nodiscard]] bool say_a_byte(std::size_t number);
  void leave(std::size_t number);

  std::uint16_t port_;
  From from_;
  int epoll_ = -1;
  std::vector<Client> clients_;  // each says what its number asks for
  std::atomic<bool> arrived_ = false;
  std::atomic<int> hanging_ = 0;
  std::atomic<std::int64_t> turned_away_ = 0;
  std::jthread thread_;
};

}  // namespace raccordo::testing
