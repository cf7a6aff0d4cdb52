// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/crowd.hpp"

#include <algorithm>

namespace raccordo {

Crowd::Entry Crowd::enter(std::string client) {
  Entry entry{next_++, std::nullopt};
  if (held_by(client) >= most_of_one_client_)
    entry.leaves = remove(first_of(client));
  else if (guests_.size() >= most_)
    entry.leaves = remove(first_of_the_greediest());
  count(client, 1);
  guests_.push_back({entry.ticket, std::move(client)});
  return entry;
}

void Crowd::served(Ticket ticket) {
  const auto at = std::ranges::find(guests_, ticket, &Guest::ticket);
  if (at != guests_.end()) std::rotate(at, at + 1, guests_.end());
}

void Crowd::leave(Ticket ticket) {
  const auto at = std::ranges::find(guests_, ticket, &Guest::ticket);
  if (at != guests_.end()) remove(at);
}

std::size_t Crowd::held_by(const std::string& client) const {
  const auto found = held_.find(client);
  return found == held_.end() ? 0 : found->second;
}

void Crowd::count(const std::string& client, int more) {
  const auto held = held_.try_emplace(client, 0).first;
  if (held->second > 0) --clients_holding_[held->second];
  held->second += static_cast<std::size_t>(more);
  if (held->second > 0)
    ++clients_holding_[held->second];
  else
    held_.erase(held);
}

Crowd::Ticket Crowd::remove(Guests::iterator guest) {
  const auto ticket = guest->ticket;
  count(guest->client, -1);
  guests_.erase(guest);
  return ticket;
}

Crowd::Guests::iterator Crowd::first_of(const std::string& client) {
  return std::ranges::find(guests_, client, &Guest::client);
}

Crowd::Guests::iterator Crowd::first_of_the_greediest() {
  auto most = clients_holding_.size() - 1;
  while (clients_holding_[most] == 0) --most;
  return std::ranges::find_if(guests_, [&](const Guest& guest) { return held_by(guest.client) == most; });
}

}  // namespace raccordo
