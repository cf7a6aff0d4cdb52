// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/booking_procedure.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "core/engine/cases/booking.hpp"
#include "core/engine/cases/money.hpp"
#include "core/engine/desk/booking_rules.hpp"
#include "core/engine/desk/booking_sessions.hpp"
#include "core/engine/desk/entitled.hpp"
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

// What is asked of a booking is asked of each of its dates, those that the step is about first of all.
template <typename Rule>
Said on_each_date(const Handling& handling, Rule rule) {
  std::set<std::string> days;
  for (const auto& date : occurrences_to_come(handling.data, handling.parts))
    if (days.insert(first_day(date)).second)
      if (auto said = rule(date); said.held != Held::kHolds) return said;
  return {};
}

void put_proof(std::string_view kind, const std::string& reference, const std::string& source,
               Handling& handling) {
  nlohmann::json proof{{"kind", kind}, {"source", source}, {"time", utc_text(handling.now_ms)}};
  if (!reference.empty()) proof["reference"] = reference;
  handling.note["proof"] = proof;
  handling.data["proof"] = std::move(proof);
}

// What proved the right when it was booked, and who said so.
void note_proof(const Terms& terms, Handling& handling) {
  if (handling.data.contains("proof")) return;
  for (const char* kind : {"entitlement", "plan"}) {
    const auto stated = terms.find(kind, text_of(handling.data, kind));
    if (!stated || right_proved(handling.data, terms).held != Held::kHolds) continue;
    put_proof(kind, text_of(stated->data, "id"), stated->connector, handling);
    return;
  }
}

// Somebody else says whether the right to this channel is there: `proved_by`.
bool is_scheme(const nlohmann::json& offer) { return text_of(offer, "channel") == "membership"; }

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
  if (is_scheme(offer->data)) {
    const auto proved_by = text_of(offer->data, "proved_by");
    handling.data["proved_by"] = proved_by.empty() ? offer->connector : proved_by;
  }
  RACCORDO_CHECK(name_plan(handling));
  RACCORDO_CHECK(begin_sessions(handling.data));
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

Result<std::string> BookingProcedure::step_of(Handling& handling) const { return step_of_sessions(handling); }

Status BookingProcedure::amend(Handling& handling) const {
  if (handling.event == "reschedule" || handling.event == "hold") {
    if (handling.data.contains("sessions")) {
      RACCORDO_CHECK(move_sessions(handling));
    } else {
      for (const char* field : {"start", "end"})
        if (handling.command.contains(field)) handling.data[field] = handling.command[field];
    }
  }
  // A deadline is of the state that it was set for.
  if (!handling.event.ends_with("_part"))
    for (const char* field : {"answer_by", "accept_by", "hold_until"}) {
      handling.data.erase(field);
      if (handling.command.contains(field)) handling.data[field] = handling.command[field];
    }
  if (handling.event == "offer_place" || handling.event == "reschedule" || handling.event == "hold")
    handling.data["hub"]["offered_by"] = name_of(handling.party);
  if (handling.event == "scheme_yes") put_proof("scheme_yes", "", handling.connector, handling);
  if (handling.command.contains("reason")) handling.data["reason"] = handling.command["reason"];
  if (const auto start = text_of(handling.data, "start"); !start.empty() && !unix_ms_of(start))
    return error(ErrorCode::kInvalid,
                 say("start: «{}» non è una data e un'ora", "start: \"{}\" is no date and time", start));
  return done();
}

// Its sessions are as they were.
void BookingProcedure::take_back(Handling& handling) const {
  if (handling.parts.empty() || handling.begins) return;
  handling.data["sessions"] = nlohmann::json::parse(handling.record.data)["sessions"];
}

// So much time as the offer gives, else as the tables do: whoever is told of the case is told until when it
// waits.
void BookingProcedure::set_deadlines(Handling& handling, const Standing& behind) const {
  static constexpr std::pair<std::string_view, const char*> kGiven[] = {
      {"answer_by", "answer_minutes"}, {"hold_until", "hold_minutes"}, {"accept_by", "accept_minutes"}};
  const auto offer = terms_.find("offer", text_of(handling.data, "offer"));
  for (const auto& timeout : machine().timeouts) {
    if (timeout.state != behind.state || timeout.while_awaited.value_or(behind.awaits) != behind.awaits)
      continue;
    const auto* given = std::ranges::find(kGiven, timeout.field, [](const auto& each) { return each.first; });
    if (given == std::end(kGiven) || handling.data.contains(given->first)) continue;
    auto seconds = timeout.seconds_without_field;
    const bool of_list = timeout.field != "accept_by" || handling.event == "offer_place";
    if (of_list && offer && offer->data.contains(given->second))
      seconds = offer->data[given->second].get<std::int64_t>() * 60;
    handling.data[given->first] = utc_text(handling.now_ms + seconds * 1'000);
  }
}

Result<std::vector<Following>> BookingProcedure::next_in_line(CaseTransaction& transaction,
                                                              const std::string& pool,
                                                              std::int64_t now_ms) const {
  return places_.next_in_line(transaction, pool, now_ms);
}

std::optional<std::int64_t> BookingProcedure::time_of(const nlohmann::json& data,
                                                      std::string_view field) const {
  const auto sessions = sessions_of(data);
  const bool of_series = (field == "start" || field == "end") && !sessions.empty();
  return of_series ? time_of_sessions(sessions, field) : Procedure::time_of(data, field);
}

Result<Said> BookingProcedure::ask(std::string_view rule, const Handling& handling) const {
  const auto& data = handling.data;
  if (rule == "offer_valid")
    return on_each_date(handling,
                        [&](const auto& date) { return offer_valid(date, terms_, handling.now_ms); });
  if (rule == "accreditation")
    return on_each_date(handling, [&](const auto& date) { return accredited(date, terms_); });
  if (rule == "qualification")
    return on_each_date(handling, [&](const auto& date) { return qualified(date, terms_); });
  if (rule == "entitlement_or_plan") return right_is_there(handling);
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
  if (rule == "in_time") return in_time(handling);
  if (rule == "provider_agreed") {
    if (own(data).value("offered_by", "") == "provider") return Said{};
    return Said{Held::kWaits, "provider_asked", say("si chiede a chi eroga", "the provider is asked")};
  }
  if (rule == "places") return places_.left(handling);
  return error(ErrorCode::kBug, as_is("no rule " + std::string(rule)));
}

Result<Said> BookingProcedure::right_is_there(const Handling& handling) const {
  auto proved = on_each_date(handling, [&](const auto& date) { return right_proved(date, terms_); });
  if (proved.held != Held::kHolds) return proved;
  RACCORDO_TRY(auto of_plan, wallet_of_its_plan(handling));
  if (of_plan.held != Held::kHolds) return of_plan;
  if (auto allowed = letter_allowed(handling.data, book_.tuir()); allowed.held != Held::kHolds)
    return allowed;
  return enough_left(handling, terms_);
}

// The rules of one plan say nothing of another plan's money.
Result<Said> BookingProcedure::wallet_of_its_plan(const Handling& handling) const {
  const auto wallet = Uuid::parse(text_of(handling.data, "wallet"));
  if (!wallet || text_of(handling.data, "channel") != "company_plan") return Said{};
  RACCORDO_TRY(const auto known, handling.transaction.wallet(*wallet));
  const auto named = text_of(handling.data, "plan");
  if (!known || known->plan == named) return Said{};
  const auto plan = terms_.find("plan", known->plan), other = terms_.find("plan", named);
  if (plan && other && plan->data["id"] == other->data["id"]) return Said{};
  return Said{Held::kFails, "wallet_of_another_plan",
              say("il borsellino è di un altro piano", "the wallet is of another plan")};
}

Said BookingProcedure::in_time(const Handling& handling) const {
  for (const auto& date : occurrences_to_come(handling.data, handling.parts)) {
    const auto start = unix_ms_of(text_of(date, "start"));
    if (start && *start <= handling.now_ms)
      return {Held::kFails, "too_late", say("l'ora è passata", "the time has passed")};
  }
  return {};
}

Result<Said> BookingProcedure::wallet_covers(const Handling& handling) const {
  const auto money = money_of(handling.data);
  const auto missing = money.owed + money.to_come() - money.reserved - money.spent;
  if (missing <= 0) return Said{};
  const auto wallet = Uuid::parse(text_of(handling.data, "wallet"));
  if (!wallet) return Said{Held::kFails, "no_wallet", say("manca il borsellino", "the wallet is missing")};
  const wallets::Spending spending{*wallet,
                                   {missing, "EUR"},
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
  if (effect == "take_places") {
    // Whoever answers without saying to what answers a booking that was never moved.
    if (!handling.begins && handling.event == "reschedule") handling.data["hub"]["moved"] = true;
    return places_.take(handling);
  }
  if (effect == "give_places_back") return places_.give_back(handling);
  if (effect == "give_part_back") return places_.give_part_back(handling);
  if (effect == "promote_waiting") return places_.promote(handling);
  if (effect == "join_list") return places_.join_list(handling);
  if (effect == "leave_list") return places_.leave_list(handling);
  if (effect == "reserve") note_proof(terms_, handling);
  RACCORDO_CHECK(draw_entitlement(effect, handling, terms_));
  return move_money(effect, handling);
}

Status BookingProcedure::move_money(std::string_view effect, Handling& handling) const {
  auto money = money_of(handling.data);
  const MoneyTerms terms{text_of(handling.data, "wallet_captured") == "confirmation"};
  std::int64_t portion = -1;
  if (!handling.parts.empty())
    portion = share_of_sessions(money.total, handling.parts, handling.data["sessions"].size());
  const auto movements = cases::move_money(effect, {handling.event, portion}, terms, money);
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
