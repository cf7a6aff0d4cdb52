// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/booking_rules.hpp"

#include <algorithm>
#include <set>

#include "core/engine/desk/json_text.hpp"
#include "core/engine/desk/times.hpp"

namespace raccordo::cases {
namespace {

bool has(const nlohmann::json& data, const char* name, std::string_view value) {
  const auto found = data.find(name);
  return found != data.end() && found->is_array() &&
         std::ranges::any_of(*found, [&](const auto& each) { return each == value; });
}

bool is_named(const nlohmann::json& data, const char* name) {
  const auto found = data.find(name);
  return found != data.end() && !found->empty();
}

// Whether something that is valid from one day to another is on this one. Days that are not said do not end
// it.
bool valid_on(const nlohmann::json& data, const std::string& day) {
  const auto from = text_of(data, "valid_from"), to = text_of(data, "valid_to");
  return (from.empty() || from <= day) && (to.empty() || day <= to);
}

Said fails(std::string code, Text why) { return {Held::kFails, std::move(code), std::move(why)}; }
Said waits(std::string code, Text why) { return {Held::kWaits, std::move(code), std::move(why)}; }

// "DD 12/2026 del 3 marzo" as the register writes it.
std::string act_of(const nlohmann::json& data) {
  const auto act = data.find("act");
  if (act == data.end() || !act->is_object()) return {};
  std::string text = text_of(*act, "number");
  if (const auto date = text_of(*act, "date"); !date.empty()) text += " (" + date + ")";
  return text;
}

// By name, or by the type of unit: who accredits often does not know the services of others by name.
bool covers_service(const nlohmann::json& data, const std::string& service, const Terms& terms) {
  if (!is_named(data, "services") && !is_named(data, "unit_types")) return true;
  const auto services = data.find("services");
  const auto is_it = [&](const auto& each) { return text_of(each, "service") == service; };
  if (services != data.end() && std::ranges::any_of(*services, is_it)) return true;
  const auto stated = terms.find("service", service);
  return stated && has(data, "unit_types", text_of(stated->data, "unit_type"));
}

// The first evidence that does not hold on that day; nothing: all do.
const nlohmann::json* first_gap(const nlohmann::json& qualification, const std::string& day) {
  const auto evidences = qualification.find("evidences");
  if (evidences == qualification.end()) return nullptr;
  std::set<std::string> shown;
  for (const auto& each : *evidences) {
    const auto to = text_of(each, "valid_to");
    const auto outcome = text_of(each, "outcome");
    if ((outcome.empty() || outcome == "met") && (to.empty() || day <= to))
      shown.insert(text_of(each, "requirement_group"));
  }
  const auto gap = std::ranges::find_if(
      *evidences, [&](const auto& each) { return !shown.contains(text_of(each, "requirement_group")); });
  return gap == evidences->end() ? nullptr : &*gap;
}

Said plan_proved(const nlohmann::json& booking, const Terms& terms, const std::string& day) {
  if (text_of(booking, "wallet").empty())
    return waits("no_proof", say("manca il borsellino del piano", "the plan's wallet is missing"));
  const auto plan = terms.find("plan", text_of(booking, "plan"));
  if (!plan) return waits("no_proof", say("il piano non è ancora noto", "the plan is not known yet"));
  if (!valid_on(plan->data, day))
    return fails("plan_not_active", say("il piano {} non è attivo il {}", "plan {} is not active on {}",
                                        text_of(plan->data, "name"), day));
  auto relation = text_of(booking, "relation");
  if (relation.empty()) relation = "self";
  if (relation != "self" && !has(plan->data, "relations", relation))
    return fails("relation_not_allowed",
                 say("il piano {} non comprende questo beneficiario ({})",
                     "plan {} does not cover this beneficiary ({})", text_of(plan->data, "name"), relation));
  return {};
}

Said entitlement_proved(const nlohmann::json& booking, const Terms& terms, const std::string& day) {
  const auto entitlement = terms.find("entitlement", text_of(booking, "entitlement"));
  if (!entitlement)
    return waits("no_proof", say("il titolo sociale non è noto", "the entitlement is not known"));
  if (!valid_on(entitlement->data, day))
    return fails("entitlement_not_valid",
                 say("il titolo sociale non vale il {}: {}", "the entitlement is not valid on {}: {}", day,
                     act_of(entitlement->data)));
  const auto providers = entitlement->data.find("providers");
  const auto known_as = terms.same_provider(text_of(booking, "provider"));
  const auto is_it = [&](const auto& each) {
    return std::ranges::find(known_as, text_of(each, "provider")) != known_as.end();
  };
  if (providers != entitlement->data.end() && !providers->empty() && std::ranges::none_of(*providers, is_it))
    return fails("provider_not_in_pool", say("chi eroga non è fra gli enti del titolo sociale",
                                             "the provider is not among those of the entitlement"));
  return {};
}

}  // namespace

std::string first_day(const nlohmann::json& booking) {
  for (const char* name : {"start", "from"})
    if (const auto text = text_of(booking, name); !text.empty()) {
      const auto time = unix_ms_of(text);
      return time ? date_in_rome(*time) : text;
    }
  const auto sessions = booking.find("sessions");
  if (sessions == booking.end() || sessions->empty()) return {};
  const auto time = unix_ms_of(text_of(sessions->front(), "start"));
  return time ? date_in_rome(*time) : std::string();
}

std::string pool_of(const nlohmann::json& booking) {
  auto pool = text_of(booking, "service") + "/" + text_of(booking, "pool");
  if (const auto start = unix_ms_of(text_of(booking, "start"))) pool += "@" + std::to_string(*start);
  return pool;
}

Said offer_valid(const nlohmann::json& booking, const Terms& terms, std::int64_t now_ms) {
  const auto offer = terms.find("offer", text_of(booking, "offer"));
  if (!offer) return fails("no_such_offer", say("la modalità di accesso non c'è più", "the offer is gone"));
  const auto day = first_day(booking);
  if (!valid_on(offer->data, day))
    return fails("offer_not_valid",
                 say("la modalità di accesso non vale il {} (vale dal {} al {})",
                     "the offer is not valid on {} (it is from {} to {})", day,
                     text_of(offer->data, "valid_from"), text_of(offer->data, "valid_to")));
  const auto municipality = text_of(booking, "municipality");
  if (!municipality.empty() && is_named(offer->data, "territory") &&
      !has(offer->data, "territory", municipality))
    return fails("not_in_territory", say("la modalità di accesso non vale nel comune {}",
                                         "the offer does not hold in municipality {}", municipality));
  if (is_named(offer->data, "booking_kinds") && !has(offer->data, "booking_kinds", text_of(booking, "kind")))
    return fails("kind_not_offered", say("non si prenota così: {}", "it is not booked in this way: {}",
                                         text_of(booking, "kind")));
  const auto start = unix_ms_of(text_of(booking, "start"));
  if (start && *start < now_ms)
    return fails("in_the_past", say("{} è già passato", "{} has passed already", text_of(booking, "start")));
  return {};
}

Said accredited(const nlohmann::json& booking, const Terms& terms) {
  if (text_of(booking, "channel") != "municipal_entitlement") return {};
  const auto day = first_day(booking);
  const auto awards = terms.of("accreditation", text_of(booking, "provider"));
  const auto entitlement = terms.find("entitlement", text_of(booking, "entitlement"));
  const auto issuers =
      terms.same_provider(entitlement ? text_of(entitlement->data, "issuer") : std::string());
  std::string stands_against;
  for (const auto& award : awards) {
    // What another municipality granted says nothing here.
    const auto body = text_of(award.data, "body");
    if (!body.empty() && !issuers.front().empty() && std::ranges::find(issuers, body) == issuers.end())
      continue;
    if (!covers_service(award.data, text_of(booking, "service"), terms)) continue;
    const auto state = text_of(award.data, "state");
    if ((state.empty() || state == "granted") && valid_on(award.data, day)) return {};
    stands_against = (state.empty() || state == "granted" ? "expired" : state) + ", " + act_of(award.data);
  }
  if (stands_against.empty())
    return fails("not_accredited", say("chi eroga non è accreditato per questo servizio",
                                       "the provider is not accredited for this service"));
  return fails("accreditation_not_valid",
               say("l'accreditamento di chi eroga non vale il {}: {}",
                   "the provider's accreditation is not valid on {}: {}", day, stands_against));
}

Said qualified(const nlohmann::json& booking, const Terms& terms) {
  const auto offer = terms.find("offer", text_of(booking, "offer"));
  if (!offer || !is_named(offer->data, "required_qualification")) return {};
  const auto& required = offer->data["required_qualification"];
  const auto scheme = text_of(required, "scheme");
  const auto day = first_day(booking);
  Said why = fails("not_qualified", say("chi eroga non ha la qualifica {}",
                                        "the provider does not have the qualification {}", scheme));
  for (const auto& held : terms.of("qualification", text_of(booking, "provider"))) {
    if (text_of(held.data, "scheme") != scheme ||
        !covers_service(held.data, text_of(booking, "service"), terms))
      continue;
    if (is_named(required, "areas") && !has(required, "areas", text_of(held.data, "area"))) continue;
    const auto* gap = first_gap(held.data, day);
    if (gap == nullptr && valid_on(held.data, day)) return {};
    why = fails(
        "qualification_gap",
        say("la qualifica {} di chi eroga non vale il {}: {}",
            "the provider's qualification {} does not hold on {}: {}", scheme, day,
            gap == nullptr ? text_of(held.data, "valid_to")
                           : text_of(*gap, "requirement_group") + " (" + text_of(*gap, "valid_to") + ")"));
  }
  return why;
}

Said right_proved(const nlohmann::json& booking, const Terms& terms) {
  const auto channel = text_of(booking, "channel");
  const auto day = first_day(booking);
  if (channel == "company_plan") return plan_proved(booking, terms, day);
  if (channel == "municipal_entitlement") return entitlement_proved(booking, terms, day);
  if (channel == "membership" && !booking.contains("proof"))
    return waits("no_proof",
                 say("si attende il sì di chi riconosce l'adesione: {}",
                     "the yes of who knows of the membership is awaited: {}", text_of(booking, "proved_by")));
  return {};
}

Said letter_allowed(const nlohmann::json& booking, const wallets::Tuir* tuir) {
  const auto letter = text_of(booking, "tuir_letter");
  if (tuir == nullptr || letter.empty() || text_of(booking, "channel") != "company_plan") return {};
  auto relation = text_of(booking, "relation");
  if (relation.empty()) relation = "self";
  const auto may = wallets::may_be_for(*tuir, letter, {relation, booking.value("dependent", false)});
  return may.ok() ? Said{} : fails("letter_not_allowed", may.error().message);
}

std::optional<std::int64_t> places_in_all(const nlohmann::json& booking, const Terms& terms) {
  for (const auto& each : terms.of("capacity", text_of(booking, "service"))) {
    if (text_of(each.data, "pool") != text_of(booking, "pool")) continue;
    for (const char* name : {"total", "available"})
      if (const auto found = each.data.find(name); found != each.data.end())
        return found->get<std::int64_t>();
  }
  return std::nullopt;
}

}  // namespace raccordo::cases
