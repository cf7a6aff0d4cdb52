// SPDX-License-Identifier: EUPL-1.2
// Thousands of clients that never come to an end: they stop in the middle of what they say, go on by a byte a
// second, or take their answer so. Who is turned away comes back five seconds later.
#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <string_view>
#include <thread>
#include <vector>

namespace raccordo::testing {

// What a client says at once, and how it goes on: a byte each second, until somebody ends it.
struct SlowManner {
  std::string_view at_once;
  std::string_view byte;     // none: not a word more
  bool takes_bytes = false;  // takes the answer by the byte
};

extern const std::span<const SlowManner> kStallsAtTheAdminAddress;
extern const std::span<const SlowManner> kStallsAtTheIngress;
extern const std::span<const SlowManner> kStallsShakingHands;  // before anything is encrypted

class SlowClients {
 public:
  enum class From { kOneAddress, kAddressesOfTheirOwn };

  // All of them in one thread. Throws where this process may not hold so many connections.
  SlowClients(std::uint16_t port, int count, From from,
              std::span<const SlowManner> manners = kStallsAtTheAdminAddress);
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
  [[nodiscard]] const SlowManner& manner_of(std::size_t number) const {
    return manners_[number % manners_.size()];
  }
  void leave(std::size_t number);

  std::uint16_t port_;
  From from_;
  std::span<const SlowManner> manners_;
  int epoll_ = -1;
  std::vector<Client> clients_;  // each says what its number asks for
  std::atomic<bool> arrived_ = false;
  std::atomic<int> hanging_ = 0;
  std::atomic<std::int64_t> turned_away_ = 0;
  std::jthread thread_;
};

}  // namespace raccordo::testing
