// SPDX-License-Identifier: EUPL-1.2
// Where a portal calls, behind the connector's address, and which step of a case each place stands for.
#pragma once

#include <span>
#include <string_view>

namespace welfare_portal {

struct Route {
  std::string_view folder;   // "bookings"
  std::string_view step;     // "cancel"; empty: it begins there
  std::string_view command;  // "booking.cancel.v1"
  std::string_view takes;    // members of a step's body, with blanks between

  [[nodiscard]] constexpr bool begins() const { return step.empty(); }
};

[[nodiscard]] std::span<const Route> routes();
// Null: there is none.
[[nodiscard]] const Route* route_of_command(std::string_view command);

// What a path names: /bookings, /bookings/ID/cancel. No route: nothing is there.
struct Place {
  const Route* route = nullptr;
  std::string_view id;  // the portal's own, as it stands in the path
};
[[nodiscard]] Place place_of(std::string_view path);

}  // namespace welfare_portal
