// SPDX-License-Identifier: EUPL-1.2
#include "plugins/welfare_portal/routes.hpp"

#include <algorithm>

namespace welfare_portal {
namespace {

constexpr Route kRoutes[] = {
    {"quotes", "", "quote.v1", ""},
    {"bookings", "", "booking.request.v1", ""},
    {"bookings", "accept-place", "booking.accept_place.v1", ""},
    {"bookings", "cancel", "booking.cancel.v1", "reason session sessions"},
    {"bookings", "reschedule", "booking.reschedule.v1", "end reason session sessions start"},
    {"enquiries", "", "enquiry.open.v1", ""},
    {"enquiries", "convert", "enquiry.convert.v1", "request"},
    {"enquiries", "close", "enquiry.close.v1", "reason"},
};

// The text before the next slash, which is taken off with it.
std::string_view take_segment(std::string_view& path) {
  const auto end = std::min(path.find('/'), path.size());
  const auto segment = path.substr(0, end);
  path.remove_prefix(std::min(end + 1, path.size()));
  return segment;
}

}  // namespace

std::span<const Route> routes() { return kRoutes; }

const Route* route_of_command(std::string_view command) {
  const auto* found = std::ranges::find(kRoutes, command, &Route::command);
  return found == std::end(kRoutes) ? nullptr : found;
}

Place place_of(std::string_view path) {
  if (!path.starts_with('/') || path.ends_with('/')) return {};
  path.remove_prefix(1);
  const auto folder = take_segment(path);
  const auto id = take_segment(path);
  for (const auto& route : kRoutes) {
    const bool whole = route.begins() ? id.empty() && path.empty() : !id.empty() && path == route.step;
    if (route.folder == folder && whole) return {&route, id};
  }
  return {};
}

}  // namespace welfare_portal
