// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/enquiry_procedure.hpp"

#include <algorithm>
#include <set>

#include "core/engine/cases/enquiry.hpp"
#include "core/engine/desk/case_name.hpp"
#include "core/engine/desk/json_text.hpp"

namespace raccordo::cases {
namespace {

constexpr std::string_view kAnswer[] = {"answer"};
constexpr const char* kOnlyWhoAsked[] = {"id", "dependent", "entitlement", "plan", "relation", "wallet"};

std::string answered_by(const Stated& offer) {
  auto named = text_of(offer.data, "answered_by");
  return named.empty() ? offer.connector : named;
}

Error not_yours(std::string_view field) {
  return error(ErrorCode::kInvalid, say("request.{0}: può dirlo solo chi ha chiesto",
                                        "request.{0}: only whoever asked may say it", field));
}

Error no_offer(std::string_view field, const std::string& name) {
  return error(ErrorCode::kNotFound,
               say("{0}: nessuna modalità di accesso «{1}»", "{0}: there is no offer \"{1}\"", field, name));
}

}  // namespace

const Machine& EnquiryProcedure::machine() const { return enquiry_machine(); }

Status EnquiryProcedure::begin(Handling& handling) const {
  for (const char* field : {"municipality", "answer_by"})
    if (handling.command.contains(field)) handling.data[field] = handling.command[field];
  if (handling.command.contains("offer")) return name_offer(handling);
  if (handling.command.contains("service")) return name_service(handling);
  return error(ErrorCode::kInvalid,
               say("service: manca: di quale servizio si chiede?", "service: missing: what is asked about?"));
}

Status EnquiryProcedure::name_offer(Handling& handling) const {
  const auto name = text_of(handling.command, "offer");
  const auto offer = terms_.find("offer", name);
  if (!offer) return no_offer("offer", name);
  const auto service = text_of(offer->data, "service");
  const auto asked = text_of(handling.command, "service");
  if (!asked.empty() && asked != service)
    return error(ErrorCode::kInvalid, say("service: la modalità di accesso è di un altro servizio",
                                          "service: the offer is of another service"));
  handling.data["offer"] = offer->data["id"];
  handling.data["service"] = service;
  handling.record.answered_by = answered_by(*offer);
  return done();
}

Status EnquiryProcedure::name_service(Handling& handling) const {
  const auto name = text_of(handling.command, "service");
  const auto service = terms_.find("service", name);
  if (!service)
    return error(ErrorCode::kNotFound,
                 say("service: nessun servizio «{}»", "service: there is no service \"{}\"", name));
  const auto id = text_of(service->data, "id");
  std::set<std::string> named;
  for (const auto& offer : terms_.of("offer", id))
    if (auto whom = text_of(offer.data, "answered_by"); !whom.empty()) named.insert(std::move(whom));
  handling.data["service"] = id;
  handling.record.answered_by = named.size() == 1 ? *named.begin() : service->connector;
  return done();
}

Status EnquiryProcedure::amend(Handling& handling) const {
  if (handling.command.contains("reason")) handling.data["reason"] = handling.command["reason"];
  return done();
}

Result<Said> EnquiryProcedure::ask(std::string_view rule, const Handling& handling) const {
  if (rule != "revision") return error(ErrorCode::kBug, as_is("no rule " + std::string(rule)));
  const bool stated = handling.command.is_object() && handling.command.contains("revision");
  if (!stated || handling.command["revision"].get<std::int64_t>() == handling.record.revision) return Said{};
  return Said{Held::kFails, "revision",
              say("la pratica è alla revisione {}", "the case is at revision {}", handling.record.revision)};
}

Status EnquiryProcedure::make(std::string_view effect, Handling&) const {
  return error(ErrorCode::kBug, as_is("no effect " + std::string(effect)));
}

std::span<const std::string_view> EnquiryProcedure::says_about_people(std::string_view event) const {
  if (event == "answer") return kAnswer;
  return {};
}

Status EnquiryProcedure::check_provider(const Handling& handling, const nlohmann::json& request) const {
  for (const char* field : kOnlyWhoAsked)
    if (request.contains(field)) return not_yours(field);
  if (!handling.people_of_request.empty()) return not_yours("people");
  const auto offer = terms_.find("offer", text_of(request, "offer"));
  if (offer && answered_by(*offer) == handling.record.answered_by) return done();
  return error(ErrorCode::kInvalid, say("request.offer: a questa modalità di accesso risponde un altro",
                                        "request.offer: another answers this offer"));
}

Result<std::optional<Birth>> EnquiryProcedure::bears(const Handling& handling) const {
  if (handling.event != "convert") return std::optional<Birth>();
  const auto found = handling.command.find("request");
  if (found == handling.command.end() || !found->is_object())
    return error(ErrorCode::kInvalid,
                 say("request: manca: quale prenotazione?", "request: missing: which booking?"));
  auto request = *found;
  for (const char* field : {"offer", "municipality"})
    if (!request.contains(field) && handling.data.contains(field)) request[field] = handling.data[field];
  if (!terms_.find("offer", text_of(request, "offer")))
    return no_offer("request.offer", text_of(request, "offer"));
  if (handling.party == Party::kProvider) RACCORDO_CHECK(check_provider(handling, request));
  if (!request.contains("id")) request["id"] = std::string(own_name(handling.record)) + "~b";
  request["enquiry"] = handling.record.id.text();
  return std::optional(Birth{"booking", "request", std::move(request), "booking"});
}

}  // namespace raccordo::cases
