// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/crowd.hpp"

#include <algorithm>
#include <map>

namespace raccordo {

Crowd::Entry Crowd::enter(std::string client) {
  Entry entry{next_++, std::nullopt};
  if (held_by(client) >= most_of_one_client_)
    entry.leaves = remove_first_of(client);
  else if (guests_.size() >= most_)
    entry.leaves = remove_first_of(greediest());
  guests_.push_back({entry.ticket, std::move(client)});
  return entry;
}

void Crowd::served(Ticket ticket) {
  const auto at = std::ranges::find(guests_, ticket, &Guest::ticket);
  if (at != guests_.end()) std::rotate(at, at + 1, guests_.end());
}

void Crowd::leave(Ticket ticket) {
  std::erase_if(guests_, [&](const Guest& guest) { return guest.ticket == ticket; });
}

std::size_t Crowd::held_by(const std::string& client) const {
  return static_cast<std::size_t>(std::ranges::count(guests_, client, &Guest::client));
}

Crowd::Ticket Crowd::remove_first_of(const std::string& client) {
  const auto at = std::ranges::find(guests_, client, &Guest::client);
  const auto ticket = at->ticket;
  guests_.erase(at);
  return ticket;
}

const std::string& Crowd::greediest() const {
  std::map<std::string_view, std::size_t> held;
  const std::string* greediest = &guests_.front().client;
  std::size_t most = 0;
  for (const auto& guest : guests_) ++held[guest.client];
  for (const auto& guest : guests_)
    if (held[guest.client] > most) most = held[guest.client], greediest = &guest.client;
  return *greediest;
}

}  // namespace raccordo
