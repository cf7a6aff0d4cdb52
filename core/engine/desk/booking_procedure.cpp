// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/booking_procedure.hpp"

#include <cmath>
#include <vector>

#include "core/engine/cases/booking.hpp"
#include "core/engine/cases/money.hpp"
#include "core/engine/desk/booking_rules.hpp"
#include "core/engine/desk/json_text.hpp"
#include "core/engine/desk/times.hpp"
#include "core/engine/wallets/split.hpp"
#include "raccordo/model/envelope.hpp"

namespace raccordo::cases {
namespace {

// The party whose share comes out of a wallet.
constexpr std::string_view kPlan = "plan";

// What the hub keeps for itself of a case.
nlohmann::json own(const nlohmann::json& data) { return data.value("hub", nlohmann::json::object()); }

Money money_of(const nlohmann::json& data) {
  const auto kept = own(data);
  const auto found = kept.find("money");
  if (found == kept.end()) return {};
  return {found->value("total", 0L),  found->value("owed", 0L),     found->value("waived", 0L),
          found->value("absent", 0L), found->value("reserved", 0L), found->value("spent", 0L)};
}

void put_money(const Money& money, nlohmann::json& data) {
  data["hub"]["money"] = {{"total", money.total},   {"owed", money.owed},         {"waived", money.waived},
                          {"absent", money.absent}, {"reserved", money.reserved}, {"spent", money.spent}};
}

std::int64_t places_of(const nlohmann::json& data) { return data.value("places", std::int64_t{1}); }

}  // namespace

const Machine& BookingProcedure::machine() const { return booking_machine(); }

// What was asked for stays as it was asked; what the catalogue adds is as it says now: a price that rises
// later does not change what was agreed.
Status BookingProcedure::begin(Handling& handling) const {
  const auto name = text_of(handling.command, "offer");
  const auto offer = terms_.find("offer", name);
  if (!offer)
    return error(ErrorCode::kNotFound,
                 say("offer: nessuna modalità di accesso «{}»", "offer: there is no offer \"{}\"", name));
  for (const char* field :
       {"kind", "start", "end", "from", "sessions", "quantity", "places", "wallet", "plan", "entitlement",
        "relation", "dependent", "answer_by", "municipality", "enquiry"})
    if (handling.command.contains(field)) handling.data[field] = handling.command[field];
  handling.data["offer"] = offer->data["id"];
  handling.data["service"] = text_of(offer->data, "service");
  handling.data["channel"] = text_of(offer->data, "channel");
  for (const char* field : {"pool", "tuir_letter", "wallet_captured"})
    if (offer->data.contains(field)) handling.data[field] = offer->data[field];
  auto provider = text_of(offer->data, "provider");
  if (provider.empty())
    if (const auto service = terms_.find("service", text_of(offer->data, "service")))
      provider = text_of(service->data, "organization");
  if (!provider.empty()) handling.data["provider"] = provider;
  auto answered_by = text_of(offer->data, "answered_by");
  handling.record.answered_by = answered_by.empty() ? offer->connector : answered_by;
  if (const auto minutes = offer->data.find("answer_minutes");
      minutes != offer->data.end() && !handling.data.contains("answer_by"))
    handling.data["answer_by"] = utc_text(handling.now_ms + minutes->get<std::int64_t>() * 60'000);
  RACCORDO_CHECK(name_plan(handling));
  if (first_day(handling.data).empty())
    return error(ErrorCode::kInvalid, say("start: manca quando", "start: when is missing"));
  return put_price(offer->data, handling);
}

// A wallet is of one plan: whoever names it need not name the plan.
Status BookingProcedure::name_plan(Handling& handling) const {
  const auto wallet = Uuid::parse(text_of(handling.data, "wallet"));
  if (!wallet || handling.data.contains("plan")) return done();
  RACCORDO_TRY(const auto known, handling.transaction.wallet(*wallet));
  if (known) handling.data["plan"] = known->plan;
  return done();
}

Status BookingProcedure::put_price(const nlohmann::json& offer, Handling& handling) const {
  const auto price = offer.find("price");
  if (price == offer.end()) return done();  // on request: the provider says it
  const auto sessions = handling.data.find("sessions");
  const std::int64_t times =
      sessions == handling.data.end() ? 1 : static_cast<std::int64_t>(sessions->size());
  const std::int64_t units = handling.data.value("quantity", std::int64_t{1}) * times;
  std::vector<wallets::ShareRule> rules;
  if (const auto split = offer.find("split"); split != offer.end())
    for (const auto& each : *split) {
      wallets::ShareRule rule{text_of(each, "party"), {}, {}};
      if (each.contains("cents")) rule.cents = each["cents"].get<std::int64_t>();
      if (each.contains("percent")) rule.hundredths = std::llround(each["percent"].get<double>() * 100);
      rules.push_back(std::move(rule));
    }
  if (rules.empty())
    rules.push_back({text_of(offer, "channel") == "company_plan" ? std::string(kPlan) : "user", {}, {}});
  RACCORDO_TRY(const auto shares, wallets::split({price->value("cents", std::int64_t{0}), units}, rules));
  Money money;
  std::int64_t total = 0;
  handling.data["split"] = nlohmann::json::array();
  for (const auto& share : shares) {
    handling.data["split"].push_back({{"party", share.party}, {"cents", share.cents}});
    total += share.cents;
    if (share.party == kPlan) money.total = share.cents;
  }
  handling.data["price"] = *price;
  handling.data["total"] = {{"cents", total}, {"currency", price->value("currency", "EUR")}};
  put_money(money, handling.data);
  return done();
}

Status BookingProcedure::amend(Handling& handling) const {
  if (handling.event == "reschedule" || handling.event == "hold")
    for (const char* field : {"start", "end", "sessions"})
      if (handling.command.contains(field)) handling.data[field] = handling.command[field];
  // A deadline is of the state that it was set for.
  if (!handling.event.ends_with("_part"))
    for (const char* field : {"answer_by", "accept_by", "hold_until"}) {
      handling.data.erase(field);
      if (handling.command.contains(field)) handling.data[field] = handling.command[field];
    }
  if (handling.event == "offer_place") handling.data["hub"]["offered_by"] = name_of(handling.party);
  if (handling.command.contains("reason")) handling.data["reason"] = handling.command["reason"];
  if (const auto start = text_of(handling.data, "start"); !start.empty() && !unix_ms_of(start))
    return error(ErrorCode::kInvalid,
                 say("start: «{}» non è una data e un'ora", "start: \"{}\" is no date and time", start));
  return done();
}

std::optional<std::int64_t> BookingProcedure::time_of(const nlohmann::json& data,
                                                      std::string_view field) const {
  const auto sessions = data.find("sessions");
  const bool of_series = (field == "start" || field == "end") && sessions != data.end() && !sessions->empty();
  if (!of_series) return Procedure::time_of(data, field);
  return Procedure::time_of(field == "start" ? sessions->front() : sessions->back(), field);
}

Result<Said> BookingProcedure::ask(std::string_view rule, const Handling& handling) const {
  const auto& data = handling.data;
  if (rule == "offer_valid") return offer_valid(data, terms_, handling.now_ms);
  if (rule == "accreditation") return accredited(data, terms_);
  if (rule == "qualification") return qualified(data, terms_);
  if (rule == "entitlement_or_plan") {
    auto said = right_proved(data, terms_);
    return said.held == Held::kHolds ? letter_allowed(data, book_.tuir()) : said;
  }
  if (rule == "wallet_covers") return wallet_covers(handling);
  if (rule == "waiting_list") return Said{};
  if (rule == "revision") {
    std::optional<std::int64_t> stated;
    if (handling.command.is_object() && handling.command.contains("revision"))
      stated = handling.command["revision"].get<std::int64_t>();
    if (answers_what_stands(stated, handling.record.revision, own(data).value("moved", false))) return Said{};
    return Said{
        Held::kFails, "revision",
        say("la pratica è alla revisione {}", "the case is at revision {}", handling.record.revision)};
  }
  if (rule == "in_time") {
    const auto start = unix_ms_of(text_of(data, "start"));
    if (!start || *start > handling.now_ms) return Said{};
    return Said{Held::kFails, "too_late", say("l'ora è passata", "the time has passed")};
  }
  if (rule == "provider_agreed") {
    if (own(data).value("offered_by", "") == "provider") return Said{};
    return Said{Held::kFails, "provider_asked", say("si chiede a chi eroga", "the provider is asked")};
  }
  if (rule == "places") {
    const auto total = places_in_all(data, terms_);
    if (!total) return Said{};
    RACCORDO_TRY(const auto taken, handling.transaction.taken_places(pool_of(data)));
    if (taken + places_of(data) <= *total) return Said{};
    return Said{Held::kFails, "no_places_left",
                say("non ci sono più posti: {} di {} presi", "there are no places left: {} of {} taken",
                    taken, *total)};
  }
  return error(ErrorCode::kBug, as_is("no rule " + std::string(rule)));
}

Result<Said> BookingProcedure::wallet_covers(const Handling& handling) const {
  const auto money = money_of(handling.data);
  if (money.total <= money.reserved) return Said{};
  const auto wallet = Uuid::parse(text_of(handling.data, "wallet"));
  if (!wallet) return Said{Held::kFails, "no_wallet", say("manca il borsellino", "the wallet is missing")};
  const wallets::Spending spending{*wallet,
                                   {money.total - money.reserved, "EUR"},
                                   text_of(handling.data, "tuir_letter"),
                                   own(handling.data).value("holder", "")};
  const auto covers =
      book_.covers(handling.transaction, spending, handling.record.id, date_in_rome(handling.now_ms));
  if (covers.ok()) return Said{};
  if (covers.error().code == ErrorCode::kUnavailable || covers.error().code == ErrorCode::kFull)
    return covers.error();
  return Said{Held::kFails, "wallet_does_not_cover", covers.error().message};
}

Status BookingProcedure::make(std::string_view effect, Handling& handling) const {
  if (effect == "take_places") return take_places(handling);
  if (effect == "give_places_back") return handling.transaction.give_places_back(handling.record.id);
  if (effect == "promote_waiting") return done();
  return move_money(effect, handling);
}

// Whoever answers without saying to what answers a booking that was never moved.
Status BookingProcedure::take_places(Handling& handling) const {
  if (!handling.begins && handling.event == "reschedule") handling.data["hub"]["moved"] = true;
  const auto total = places_in_all(handling.data, terms_);
  if (!total) return done();
  RACCORDO_TRY(const bool taken, handling.transaction.take_places(pool_of(handling.data), handling.record.id,
                                                                  places_of(handling.data), *total));
  if (taken) return done();
  return error(ErrorCode::kInvalid, say("non ci sono più posti", "there are no places left"));
}

Status BookingProcedure::move_money(std::string_view effect, Handling& handling) const {
  auto money = money_of(handling.data);
  const MoneyTerms terms{text_of(handling.data, "wallet_captured") == "confirmation"};
  const auto movements = cases::move_money(effect, {handling.event, -1}, terms, money);
  put_money(money, handling.data);
  if (movements.empty()) return done();
  const auto wallet = Uuid::parse(text_of(handling.data, "wallet"));
  if (!wallet) return error(ErrorCode::kInvalid, say("manca il borsellino", "the wallet is missing"));
  const wallets::Step step{handling.record.id, handling.record.revision, std::string(effect),
                           date_in_rome(handling.now_ms), handling.now_ms};
  for (const auto& each : movements) {
    const auto kind = wallets::kind_of(each.kind);
    if (!kind) return error(ErrorCode::kBug, as_is("no movement " + std::string(each.kind)));
    const wallets::Spending spending{*wallet,
                                     {each.amount, "EUR"},
                                     text_of(handling.data, "tuir_letter"),
                                     own(handling.data).value("holder", "")};
    RACCORDO_CHECK(book_.move(handling.transaction, *kind, spending, step));
  }
  return done();
}

}  // namespace raccordo::cases
