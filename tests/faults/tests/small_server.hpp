// SPDX-License-Identifier: EUPL-1.2
// A server for one test: what it does with a connection is the test's.
#pragma once

#include <functional>
#include <list>
#include <mutex>
#include <thread>

#include "tests/faults/socket.hpp"

namespace raccordo::testing {

class SmallServer {
 public:
  // Called for each connection, on a thread of its own.
  using Serving = std::function<void(const Socket&)>;

  explicit SmallServer(Serving serving) : serving_(std::move(serving)), accepting_([this] { accept(); }) {}
  ~SmallServer() {
    listening_.shut();
    accepting_.join();
    for (const auto& client : clients_) client.shut();
  }
  SmallServer(const SmallServer&) = delete;
  SmallServer& operator=(const SmallServer&) = delete;

  [[nodiscard]] int port() const { return listening_.port(); }

 private:
  void accept() {
    while (auto client = listening_.accept()) {
      const auto& kept = clients_.emplace_back(*std::move(client));
      threads_.emplace_back([this, &kept] {
        serving_(kept);
        kept.shut();
      });
    }
  }

  Serving serving_;
  Socket listening_ = Socket::listening();
  std::list<Socket> clients_;
  std::list<std::jthread> threads_;
  std::jthread accepting_;
};

// All that comes until the connection ends, at most `most` bytes.
inline std::string received(const Socket& from, std::size_t most = std::string::npos) {
  std::string all;
  char buffer[4'096];
  while (all.size() < most) {
    const auto came = from.receive({buffer, std::min(sizeof buffer, most - all.size())});
    if (came == 0) break;
    all.append(buffer, came);
  }
  return all;
}

}  // namespace raccordo::testing
