// SPDX-License-Identifier: EUPL-1.2
// Places of bookings: those that a booking takes, and who waits for them. Only what the catalogue says a
// number of is counted; of other services the provider alone knows.
#pragma once

#include <map>
#include <set>

#include "core/engine/desk/procedure.hpp"
#include "core/engine/desk/terms.hpp"

namespace raccordo::cases {

// The pools whose places a booking takes: of a slot, and of each session that is to come, at that hour; of an
// enrolment, from its day on.
[[nodiscard]] std::set<std::string> pools_of(const nlohmann::json& booking);
// Whose places a pool has.
[[nodiscard]] std::string_view service_of_pool(std::string_view pool);

// Of all: in a step's transaction. Errors: the store's. [desk]
class BookingPlaces {
 public:
  explicit BookingPlaces(const Terms& terms) : terms_(terms) {}

  // Whether there is room for it, and nobody waits who could have that place.
  [[nodiscard]] Result<Said> left(const Handling& handling) const;
  // Takes places instead of those that it had. kInvalid: there are none left.
  [[nodiscard]] Status take(Handling& handling) const;
  [[nodiscard]] Status give_back(Handling& handling) const;
  // Of sessions that are no longer to come.
  [[nodiscard]] Status give_part_back(Handling& handling) const;

  [[nodiscard]] Status join_list(Handling& handling) const;
  [[nodiscard]] Status leave_list(Handling& handling) const;
  // What the step freed is offered to those who wait, in the order in which they came. Whoever wants more
  // places than are free keeps their turn.
  [[nodiscard]] Status promote(Handling& handling) const;
  // The same once the catalogue says another number. Where a provider said that there was no room, nobody is
  // offered a place before there are more than it knew of.
  [[nodiscard]] Result<std::vector<Following>> next_in_line(CaseTransaction& transaction,
                                                            const std::string& pool,
                                                            std::int64_t now_ms) const;

 private:
  struct Line;
  enum class Turn { kNow, kNotYet, kNobody };

  [[nodiscard]] Status look_along(Line& line, const std::string& pool) const;
  [[nodiscard]] Result<Turn> turn_of(Line& line, const std::string& pool, const Uuid& id) const;
  [[nodiscard]] Result<bool> has_room(Line& line, const std::string& pool, std::int64_t places,
                                      std::int64_t total) const;

  const Terms& terms_;
};

}  // namespace raccordo::cases
