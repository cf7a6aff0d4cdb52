// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/quotes.hpp"

#include <algorithm>
#include <tuple>

#include "core/engine/desk/booking_rules.hpp"
#include "core/engine/desk/door.hpp"
#include "core/engine/desk/holder.hpp"
#include "core/engine/desk/json_text.hpp"
#include "core/engine/desk/times.hpp"
#include "core/engine/desk/way.hpp"

namespace raccordo::cases {
namespace {

constexpr std::string_view kOutOfAWallet = "plan";  // the party whose share comes out of a wallet

nlohmann::json reason_of(const std::string& code, const Text& why) {
  return {{"code", code}, {"text", why.it + " \u2044 " + why.en}};
}

// As the offer is booked where nobody says it.
std::string kind_of(const nlohmann::json& request, const nlohmann::json& offer) {
  if (auto kind = text_of(request, "kind"); !kind.empty()) return kind;
  if (request.contains("start")) return "slot";
  if (request.contains("sessions")) return "series";
  const auto kinds = offer.find("booking_kinds");
  return kinds == offer.end() || kinds->empty() ? "enrolment" : kinds->front().get<std::string>();
}

bool says_when(const nlohmann::json& request) {
  return request.contains("start") || request.contains("sessions");
}

bool plan_pays(const nlohmann::json& data) {
  const auto split = data.find("split");
  return split != data.end() && std::ranges::any_of(*split, [](const auto& share) {
           return share["party"] == kOutOfAWallet && share["cents"] > 0;
         });
}

bool is_a_no(const Error& error) {
  return error.code == ErrorCode::kInvalid || error.code == ErrorCode::kNotFound;
}

// By channel, then by id: the same question is answered in the same order.
void sort(std::vector<Stated>& offers) {
  std::ranges::sort(offers, {}, [](const Stated& offer) {
    return std::tuple(text_of(offer.data, "channel"), text_of(offer.data, "id"));
  });
}

}  // namespace

struct Quotes::Asked {
  nlohmann::json request;  // what a booking would say, but for its offer
  std::string day;         // where the request says no hour
  std::optional<std::string> holder;
  std::int64_t now_ms = 0;
};

Result<CaseOutcome> Quotes::answer(std::string_view json) const {
  Asked asked{nlohmann::json::parse(json), {}, {}, 0};
  auto& request = asked.request;
  const auto service = text_of(request, "service");
  if (!terms_.find("service", service))
    return refused_field("invalid_reference", "service",
                         say("nessun servizio ha questo identificativo", "no service has this identifier"));
  if (const auto people = request.find("people"); people != request.end()) {
    if (seals_ == nullptr) return refused_field("no_keys", "people", no_keys().message);
    asked.holder = holder_of(*seals_, *people);
    request.erase(people);
  }
  asked.now_ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(clock_.now().time_since_epoch()).count();
  asked.day = text_of(request, "date");
  if (says_when(request)) asked.day = first_day(request);
  if (asked.day.empty()) asked.day = date_in_rome(asked.now_ms);
  request.erase("service");
  request.erase("date");
  auto offers = terms_.of("offer", service);
  sort(offers);
  auto told = nlohmann::json::array();
  RACCORDO_CHECK(store_.look([&](CaseTransaction& transaction) -> Status {
    told.clear();
    for (const auto& offer : offers) {
      RACCORDO_TRY(auto one, quoted(transaction, asked, offer.data));
      told.push_back(std::move(one));
    }
    return done();
  }));
  nlohmann::json quote{
      {"date", asked.day}, {"quantity", request.value("quantity", std::int64_t{1})}, {"service", service}};
  if (!told.empty()) quote["offers"] = std::move(told);
  CaseOutcome outcome;
  outcome.accepted = true;
  outcome.data = quote.dump();
  return outcome;
}

Result<nlohmann::json> Quotes::quoted(CaseTransaction& transaction, const Asked& asked,
                                      const nlohmann::json& offer) const {
  nlohmann::json told{{"applies", false},
                      {"channel", text_of(offer, "channel")},
                      {"offer", text_of(offer, "id")},
                      {"state", "refused"}};
  for (const char* field : {"tuir_letter", "valid_from", "valid_to"})
    if (offer.contains(field)) told[field] = offer[field];
  CaseRecord record;
  record.machine = bookings_.machine().name;
  Handling handling{transaction,
                    std::move(record),
                    nlohmann::json::object(),
                    asked.request,
                    "request",
                    Party::kCustomer,
                    asked.now_ms,
                    true,
                    nlohmann::json::object(),
                    {}};
  handling.command["offer"] = offer["id"];
  handling.command["kind"] = kind_of(asked.request, offer);
  if (!says_when(asked.request)) handling.command["from"] = asked.day;
  if (const auto begun = bookings_.begin(handling); !begun.ok()) {
    if (!is_a_no(begun.error())) return begun.error();
    told["reason"] = reason_of("not_possible", begun.error().message);
    return told;
  }
  if (asked.holder) handling.data["hub"]["holder"] = *asked.holder;
  for (const char* field : {"price", "provider", "split", "total"})
    if (handling.data.contains(field)) told[field] = handling.data[field];
  RACCORDO_CHECK(look_closer(handling, told));
  RACCORDO_CHECK(decide(handling, told));
  return told;
}

// What the rules say that somebody wants to know whatever the answer is.
Status Quotes::look_closer(const Handling& handling, nlohmann::json& told) const {
  const bool hour_missing = handling.data["kind"] == "slot" && !handling.data.contains("start");
  if (!hour_missing && places_in_all(handling.data, terms_)) {
    RACCORDO_TRY(const auto places, bookings_.ask("places", handling));
    told["places_left"] = places.held == Held::kHolds;
  }
  if (plan_pays(handling.data)) {
    RACCORDO_TRY(const auto covers, bookings_.ask("wallet_covers", handling));
    told["wallet_covers"] = covers.held == Held::kHolds;
  }
  RACCORDO_TRY(const auto right, bookings_.ask("entitlement_or_plan", handling));
  if (right.held == Held::kWaits) told["needs"] = reason_of(right.code, right.why);
  return done();
}

Status Quotes::decide(Handling& handling, nlohmann::json& told) const {
  RACCORDO_TRY(const auto way, way_of(bookings_, handling));
  if (way.transition != nullptr) told["state"] = way.transition->to;
  told["applies"] = told["state"] != "refused";
  if (told["state"] == "refused") told["reason"] = reason_of(way.why.code, way.why.why);
  return done();
}

}  // namespace raccordo::cases
