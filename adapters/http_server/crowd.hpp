// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace raccordo {

// Who is connected, and who has to go when there are too many: the one that has waited longest, of the client
// that holds most connections. So whoever sits on connections pushes out its own, and a newcomer always gets
// in. One owner, one thread.
class Crowd {
 public:
  using Ticket = std::uint64_t;

  Crowd(std::size_t most, std::size_t most_of_one_client)
      : most_(most), most_of_one_client_(most_of_one_client), clients_holding_(most_of_one_client + 1) {}

  // Lets `client` in. The other ticket is of whoever goes for it, and has left already.
  struct Entry {
    Ticket ticket = 0;
    std::optional<Ticket> leaves;
  };
  [[nodiscard]] Entry enter(std::string client);

  // It got something done: an answer. It waits anew from here.
  void served(Ticket ticket);
  // Gone by itself. Nothing happens when it had to go before.
  void leave(Ticket ticket);

  [[nodiscard]] std::size_t size() const { return guests_.size(); }

 private:
  struct Guest {
    Ticket ticket;
    std::string client;
  };

  using Guests = std::vector<Guest>;

  [[nodiscard]] std::size_t held_by(const std::string& client) const;
  void count(const std::string& client, int more);
  Ticket remove(Guests::iterator guest);
  [[nodiscard]] Guests::iterator first_of(const std::string& client);
  [[nodiscard]] Guests::iterator first_of_the_greediest();

  std::size_t most_;
  std::size_t most_of_one_client_;
  Ticket next_ = 1;
  Guests guests_;  // the longest waiting first
  // Thousands may come in a second, so none of this is counted anew for each.
  std::unordered_map<std::string, std::size_t> held_;  // by client
  std::vector<std::size_t> clients_holding_;           // so many places: how many clients do
};

}  // namespace raccordo
