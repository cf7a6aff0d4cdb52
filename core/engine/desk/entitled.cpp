// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/entitled.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "core/engine/desk/booking_rules.hpp"
#include "core/engine/desk/booking_sessions.hpp"
#include "core/engine/desk/json_text.hpp"
#include "core/engine/desk/time_bands.hpp"
#include "core/engine/desk/times.hpp"

namespace raccordo::cases {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;

struct Grant {
  Uuid id;
  std::string unit;
  nlohmann::json quantity;
};

std::optional<Stated> entitlement_of(const nlohmann::json& booking, const Terms& terms) {
  if (text_of(booking, "channel") != "municipal_entitlement") return std::nullopt;
  return terms.find("entitlement", text_of(booking, "entitlement"));
}

// None: it grants without counting.
std::optional<Grant> grant_of(const nlohmann::json& booking, const Terms& terms) {
  const auto entitlement = entitlement_of(booking, terms);
  if (!entitlement || !entitlement->data.contains("quantity")) return std::nullopt;
  const auto id = Uuid::parse(text_of(entitlement->data, "id"));
  if (!id) return std::nullopt;
  const auto& quantity = entitlement->data["quantity"];
  return Grant{*id, text_of(quantity, "unit"), quantity};
}

// Of one date, in the entitlement's unit: what the booking says where its price has that unit; hours begun,
// and each access, meal, session and day as one.
std::optional<std::int64_t> units_of(const nlohmann::json& booking, const nlohmann::json& date,
                                     const std::string& unit) {
  const auto price = booking.find("price");
  if (price != booking.end() && text_of(*price, "unit") == unit)
    return booking.value("quantity", std::int64_t{1});
  const auto start = unix_ms_of(text_of(date, "start")), end = unix_ms_of(text_of(date, "end"));
  if (unit == "hour" && start && end && *end > *start) return (*end - *start + kHourMs - 1) / kHourMs;
  for (const char* single : {"access", "day", "meal", "session"})
    if (unit == single) return 1;
  return std::nullopt;
}

// Nothing: it does not count so. A store counts no further than to `kMostCounted`.
std::optional<std::int64_t> granted_by(const Grant& grant, const char* name) {
  constexpr std::int64_t kMostCounted = std::int64_t{1} << 40;
  if (!grant.quantity.contains(name)) return std::nullopt;
  return std::clamp<std::int64_t>(grant.quantity[name].get<std::int64_t>(), 0, kMostCounted);
}

// What counts the units of a day: its week, its month, and all time; with how many are granted.
std::map<std::string, std::int64_t> periods_of(const Grant& grant, const std::string& day) {
  std::map<std::string, std::int64_t> periods;
  if (const auto total = granted_by(grant, "total")) periods[""] = *total;
  const auto date = date_of(day);
  if (!date) return periods;
  if (const auto granted = granted_by(grant, "per_week")) periods[week_of(*date)] = *granted;
  if (const auto granted = granted_by(grant, "per_month")) periods[month_of(*date)] = *granted;
  return periods;
}

struct Drawing {
  std::int64_t granted = 0;
  std::int64_t held = 0;
  std::int64_t used = 0;
};
using Drawings = std::map<std::string, Drawing>;

// Some date of the booking, as it counts: held, used, or neither.
Status count(const Grant& grant, const nlohmann::json& booking, const nlohmann::json& date,
             SessionState state, Drawings& drawings) {
  const auto units = units_of(booking, date, grant.unit);
  if (!units)
    return error(ErrorCode::kInvalid,
                 say("il titolo sociale conta in «{}», e la prenotazione no",
                     "the entitlement counts in \"{}\", and the booking does not", grant.unit));
  for (const auto& [period, granted] : periods_of(grant, first_day(date))) {
    auto& drawing = drawings[period];
    drawing.granted = granted;
    if (state == SessionState::kToCome) drawing.held += *units;
    if (state == SessionState::kAttended || state == SessionState::kNoShow) drawing.used += *units;
  }
  return done();
}

// What all of the booking draws, where dates that are to come count as `to_come` says.
Result<Drawings> drawings_of(const Grant& grant, const nlohmann::json& booking, SessionState to_come) {
  Drawings drawings;
  const auto sessions = sessions_of(booking);
  if (sessions.empty()) {
    RACCORDO_CHECK(count(grant, booking, booking, to_come, drawings));
    return drawings;
  }
  for (std::size_t i = 0; i < sessions.size(); ++i) {
    const auto state = sessions[i].state == SessionState::kToCome ? to_come : sessions[i].state;
    RACCORDO_CHECK(count(grant, booking, occurrences_to_come(booking, {i}).front(), state, drawings));
  }
  return drawings;
}

Text in_words(const std::string& period) {
  if (period.empty()) return say("in tutto", "in all");
  const bool week = period.find('W') != std::string::npos;
  return week ? say("nella settimana {}", "in week {}", period) : say("nel mese {}", "in month {}", period);
}

Said not_enough(const Grant& grant, const std::string& period, std::int64_t left, const Drawing& wanted) {
  const auto when = in_words(period);
  const auto asked = wanted.held + wanted.used;
  return {Held::kFails,
          "entitlement_used_up",
          {fmt::format("il titolo sociale non basta: {} ne restano {} di {} ({}), ne servono {}", when.it,
                       left, wanted.granted, grant.unit, asked),
           fmt::format("the entitlement is not enough: {} {} of {} are left ({}), {} are needed", when.en,
                       left, wanted.granted, grant.unit, asked)}};
}

Said out_of_bands(const nlohmann::json& date) {
  return {Held::kFails, "entitlement_time_band",
          say("il titolo sociale non vale in quell'orario: {}",
              "the entitlement does not hold at that time: {}", text_of(date, "start"))};
}

// What becomes of dates that are to come: whether they are held, used, or left.
SessionState come_to(std::string_view effect, const Handling& handling) {
  const bool part = handling.event.ends_with("_part");
  if (effect == "reserve") return SessionState::kToCome;
  if (effect == "reinstate" && !part) return SessionState::kAttended;
  if (part) return SessionState::kToCome;
  if (effect == "capture_on_delivery") return SessionState::kAttended;
  if (effect == "settle" && handling.event == "no_show") return SessionState::kNoShow;
  return SessionState::kCancelled;
}

// As it says now; 0 where it counts no such period any more.
std::int64_t granted_in(const Grant& grant, const std::string& period) {
  const bool week = period.find('W') != std::string::npos;
  return granted_by(grant, period.empty() ? "total" : week ? "per_week" : "per_month").value_or(0);
}

// What is held is used, or left, as it was held: the entitlement was said anew, and does not count any more
// as it did when the booking drew on it.
Status draw_as_held(SessionState becomes, const Grant& grant, Drawn each, Handling& handling) {
  const auto held = becomes == SessionState::kToCome ? 0 : std::exchange(each.held, 0);
  each.used = becomes == SessionState::kCancelled ? 0 : each.used + held;
  RACCORDO_TRY(const bool drawn,
               handling.transaction.draw(handling.record.id, each, granted_in(grant, each.period)));
  if (drawn) return done();
  return error(ErrorCode::kBug, as_is("drawn twice: " + each.period));
}

}  // namespace

Result<Said> enough_left(const Handling& handling, const Terms& terms) {
  const auto entitlement = entitlement_of(handling.data, terms);
  if (!entitlement) return Said{};
  for (const auto& date : occurrences_to_come(handling.data, handling.parts))
    if (!within_bands(entitlement->data, date)) return out_of_bands(date);
  const auto grant = grant_of(handling.data, terms);
  if (!grant) return Said{};
  const auto wanted = drawings_of(*grant, handling.data, SessionState::kToCome);
  if (!wanted.ok()) return Said{Held::kFails, "entitlement_unit", wanted.error().message};
  RACCORDO_TRY(const auto own, handling.transaction.drawn_by(handling.record.id));
  for (const auto& [period, drawing] : *wanted) {
    RACCORDO_TRY(const auto all, handling.transaction.drawn(grant->id, period));
    const auto mine = std::ranges::find_if(own, [&, p = period](const Drawn& each) {
      return each.entitlement == grant->id && each.period == p;
    });
    const auto had = mine == own.end() ? 0 : mine->held + mine->used;
    const auto left = drawing.granted - (all.held + all.used - had);
    if (drawing.held + drawing.used > left && drawing.held + drawing.used > had)
      return not_enough(*grant, period, std::max<std::int64_t>(left, 0), drawing);
  }
  return Said{};
}

// What it drew in periods of which nothing is left to it (it was moved) it gives back.
Status draw_entitlement(std::string_view effect, Handling& handling, const Terms& terms) {
  if (effect == "capture_on_confirmation") return done();
  RACCORDO_TRY(const auto own, handling.transaction.drawn_by(handling.record.id));
  const auto grant = grant_of(handling.data, terms);
  const auto becomes = come_to(effect, handling);
  Drawings wanted;
  if (grant) {
    auto counted_now = drawings_of(*grant, handling.data, becomes);
    if (!counted_now.ok() && effect == "reserve") return counted_now.error();
    if (!counted_now.ok()) {
      for (const auto& each : own) RACCORDO_CHECK(draw_as_held(becomes, *grant, each, handling));
      return done();
    }
    wanted = *std::move(counted_now);
  }
  for (const auto& each : own)
    if (!grant || each.entitlement != grant->id || !wanted.contains(each.period))
      RACCORDO_CHECK(handling.transaction.draw(handling.record.id, {each.entitlement, each.period}, 0));
  for (const auto& [period, drawing] : wanted) {
    RACCORDO_TRY(const bool enough,
                 handling.transaction.draw(handling.record.id,
                                           {grant->id, period, drawing.held, drawing.used}, drawing.granted));
    if (!enough && effect == "reserve")
      return error(ErrorCode::kInvalid, say("il titolo sociale non basta", "the entitlement is not enough"));
    if (enough) continue;
    for (const auto& each : own)
      if (each.entitlement == grant->id && each.period == period)
        RACCORDO_CHECK(draw_as_held(becomes, *grant, each, handling));
  }
  return done();
}

}  // namespace raccordo::cases
