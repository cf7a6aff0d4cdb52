// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/booking_places.hpp"

#include <algorithm>

#include "core/engine/desk/booking_rules.hpp"
#include "core/engine/desk/booking_sessions.hpp"
#include "core/engine/desk/json_text.hpp"

namespace raccordo::cases {
namespace {

constexpr std::size_t kPage = 100;
// The number of places that a provider knew of when it put somebody on the list all the same.
constexpr const char* kNoRoomAt = "no_room_at";

std::int64_t places_of(const nlohmann::json& booking) { return booking.value("places", std::int64_t{1}); }

std::optional<std::int64_t> no_room_at(const nlohmann::json& booking) {
  const auto kept = booking.find("hub");
  if (kept == booking.end() || !kept->contains(kNoRoomAt)) return std::nullopt;
  return (*kept)[kNoRoomAt].get<std::int64_t>();
}

bool is_among(const std::vector<std::string>& pools, const std::string& pool) {
  return std::ranges::find(pools, pool) != pools.end();
}

Said none_left(std::int64_t taken, std::int64_t total) {
  return {
      Held::kFails, "no_places_left",
      say("non ci sono più posti: {} di {} presi", "there are no places left: {} of {} taken", taken, total)};
}

}  // namespace

// Who is to be offered places, and which are promised so far.
struct BookingPlaces::Line {
  CaseTransaction& transaction;
  std::int64_t now_ms;
  bool came_free;  // and not only: the catalogue says another number
  std::map<std::string, std::int64_t> promised;
  std::vector<Following> next;
};

std::set<std::string> pools_of(const nlohmann::json& booking) {
  std::set<std::string> pools;
  for (const auto& each : occurrences_to_come(booking)) pools.insert(pool_of(each));
  return pools;
}

std::string_view service_of_pool(std::string_view pool) { return pool.substr(0, pool.find('/')); }

Result<Said> BookingPlaces::left(const Handling& handling) const {
  const auto total = places_in_all(handling.data, terms_);
  if (!total) return Said{};
  auto& transaction = handling.transaction;
  RACCORDO_TRY(const auto own, transaction.pools_of(handling.record.id));
  for (const auto& pool : pools_of(handling.data)) {
    const auto places = places_of(handling.data);
    RACCORDO_TRY(const auto taken, transaction.taken_places(pool));
    if (taken - (is_among(own, pool) ? places : 0) + places > *total) return none_left(taken, *total);
    if (!handling.begins) continue;
    Line line{transaction, handling.now_ms, true, {}, {}};
    RACCORDO_CHECK(look_along(line, pool));
    if (!line.next.empty())
      return Said{Held::kFails, "no_places_left",
                  say("i posti liberi sono di chi è già in lista d'attesa",
                      "the free places are those of who is on the waiting list")};
  }
  return Said{};
}

Status BookingPlaces::take(Handling& handling) const {
  const auto& id = handling.record.id;
  const auto wanted = pools_of(handling.data);
  RACCORDO_TRY(const auto had, handling.transaction.pools_of(id));
  for (const auto& pool : had) {
    if (wanted.contains(pool)) continue;
    RACCORDO_CHECK(handling.transaction.give_places_back(id, pool));
    handling.freed.push_back(pool);
  }
  const auto total = places_in_all(handling.data, terms_);
  if (!total) return done();
  for (const auto& pool : wanted) {
    RACCORDO_TRY(const bool taken,
                 handling.transaction.take_places(pool, id, places_of(handling.data), *total));
    if (!taken) return error(ErrorCode::kInvalid, say("non ci sono più posti", "there are no places left"));
  }
  return done();
}

Status BookingPlaces::give_back(Handling& handling) const {
  RACCORDO_TRY(handling.freed, handling.transaction.pools_of(handling.record.id));
  return handling.transaction.give_places_back(handling.record.id);
}

Status BookingPlaces::give_part_back(Handling& handling) const {
  const auto needed = pools_of(handling.data);
  RACCORDO_TRY(const auto had, handling.transaction.pools_of(handling.record.id));
  for (const auto& pool : had) {
    if (needed.contains(pool)) continue;
    RACCORDO_CHECK(handling.transaction.give_places_back(handling.record.id, pool));
    handling.freed.push_back(pool);
  }
  return done();
}

Status BookingPlaces::join_list(Handling& handling) const {
  for (const auto& pool : pools_of(handling.data))
    RACCORDO_CHECK(handling.transaction.wait_for(pool, handling.record.id));
  if (handling.party != Party::kProvider) return done();
  if (const auto total = places_in_all(handling.data, terms_)) handling.data["hub"][kNoRoomAt] = *total;
  return done();
}

Status BookingPlaces::leave_list(Handling& handling) const {
  if (handling.data.contains("hub")) handling.data["hub"].erase(kNoRoomAt);
  return handling.transaction.wait_no_more(handling.record.id);
}

Status BookingPlaces::promote(Handling& handling) const {
  Line line{handling.transaction, handling.now_ms, true, {}, {}};
  for (const auto& pool : handling.freed) RACCORDO_CHECK(look_along(line, pool));
  handling.then.insert(handling.then.end(), line.next.begin(), line.next.end());
  return done();
}

Result<std::vector<Following>> BookingPlaces::next_in_line(CaseTransaction& transaction,
                                                           const std::string& pool,
                                                           std::int64_t now_ms) const {
  Line line{transaction, now_ms, false, {}, {}};
  RACCORDO_CHECK(look_along(line, pool));
  return std::move(line.next);
}

Status BookingPlaces::look_along(Line& line, const std::string& pool) const {
  std::optional<Uuid> after;
  for (;;) {
    RACCORDO_TRY(const auto page, line.transaction.waiting(pool, after, kPage));
    for (const auto& id : page) {
      RACCORDO_TRY(const auto turn, turn_of(line, pool, id));
      if (turn == Turn::kNobody) return done();
      if (turn == Turn::kNow) line.next.push_back({id, "offer_place"});
    }
    if (page.size() < kPage) return done();
    after = page.back();
  }
}

Result<BookingPlaces::Turn> BookingPlaces::turn_of(Line& line, const std::string& pool,
                                                   const Uuid& id) const {
  if (std::ranges::find(line.next, id, &Following::id) != line.next.end()) return Turn::kNotYet;
  RACCORDO_TRY(const auto record, line.transaction.find(id));
  if (!record || record->state != "waitlisted") return Turn::kNotYet;
  const auto booking = nlohmann::json::parse(record->data);
  const auto total = places_in_all(booking, terms_);
  if (!total) return Turn::kNobody;
  RACCORDO_TRY(const bool any, has_room(line, pool, 1, *total));
  if (!any) return Turn::kNobody;
  if (const auto known = no_room_at(booking); known && !line.came_free && *total <= *known)
    return Turn::kNobody;
  for (const auto& each : occurrences_to_come(booking))
    if (offer_valid(each, terms_, line.now_ms).held != Held::kHolds) return Turn::kNotYet;
  const auto pools = pools_of(booking);
  for (const auto& wanted : pools) {
    RACCORDO_TRY(const bool room, has_room(line, wanted, places_of(booking), *total));
    if (!room) return Turn::kNotYet;
  }
  for (const auto& wanted : pools) line.promised[wanted] += places_of(booking);
  return Turn::kNow;
}

Result<bool> BookingPlaces::has_room(Line& line, const std::string& pool, std::int64_t places,
                                     std::int64_t total) const {
  RACCORDO_TRY(const auto taken, line.transaction.taken_places(pool));
  return taken + line.promised[pool] + places <= total;
}

}  // namespace raccordo::cases
