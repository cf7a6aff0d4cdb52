// SPDX-License-Identifier: EUPL-1.2
// Citizens' and company-welfare portals, by a contract of our own: docs/welfare-portal.md.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <raccordo/sdk.hpp>

#include "plugins/welfare_portal/asked.hpp"
#include "plugins/welfare_portal/problem.hpp"
#include "plugins/welfare_portal/routes.hpp"
#include "plugins/welfare_portal/told.hpp"
#include "raccordo/model/uuid.hpp"

namespace welfare_portal {
namespace {

using namespace raccordo;

constexpr Header kJson{"Content-Type", "application/json"};

// The code of an outcome's reason, "no_places_left: ... / ...", and its words.
Mistake refusal_of(std::string_view reason) {
  const auto end = reason.find(": ");
  if (end == std::string_view::npos) return {"refused", "", from_plugin(reason)};
  return {std::string(reason.substr(0, end)), "", from_plugin(reason.substr(end + 2))};
}

// As a portal calls the steps that the cases would accept: those of its own.
std::vector<std::string> steps_of(const Strings& commands) {
  std::vector<std::string> steps;
  for (const auto command : commands)
    if (const auto* route = route_of_command(command); route != nullptr && !route->begins())
      steps.emplace_back(route->step);
  return steps;
}

bool may_begin(const Strings& commands) {
  return std::ranges::any_of(commands, [](std::string_view command) {
    const auto* route = route_of_command(command);
    return route != nullptr && route->begins();
  });
}

// Of a case that is not there the one thing to do is to begin it.
std::uint32_t status_of(const Route& route, const Mistake& refusal, const Outcome& outcome) {
  if (refusal.code == "unknown_case" || (!route.begins() && may_begin(outcome.legal_now))) return 404;
  return refusal.code == "invalid_command" ? 422 : 409;
}

Result<Told> told_of(std::string_view folder, std::string_view data) {
  if (folder == "quotes") return quote_told(data);
  return folder == "enquiries" ? enquiry_told(data) : booking_told(data);
}

void put(const std::string& path, std::string_view body, Effects& effects) {
  effects.send({.method = "PUT", .path = path, .query = {}, .headers = std::span(&kJson, 1), .body = body});
}

class WelfarePortal {
 public:
  void on_request(const Request& request, Effects& effects) const {
    const auto place = place_of(request.path);
    if (place.route == nullptr)
      return refuse(
          problem(404, "unknown_address", "",
                  say("questo contratto non ha un tale indirizzo", "this contract has no such address")),
          effects);
    if (request.method != "POST")
      return refuse(
          problem(405, "method_not_allowed", "", say("qui vale solo POST", "only POST is allowed here")),
          effects);
    if (!request.query.empty())
      return refuse(
          problem(400, "unexpected_query", "",
                  say("nell'indirizzo non sta niente dopo ?", "nothing stands behind ? in the address")),
          effects);
    const auto asked = asked_of(place, request);
    if (const auto* wrong = std::get_if<Problem>(&asked)) return refuse(*wrong, effects);
    const auto& [id, json] = std::get<Asked>(asked);
    effects.command(place.route->command, json,
                    Fields().add("command", place.route->command).add("id", id).text());
  }

  void on_outcome(const Outcome& outcome, Effects& effects) const {
    const auto context = Fields::of(outcome.context);
    const auto* route = route_of_command(context["command"]);
    const bool quote = route != nullptr && route->folder == "quotes";
    if (route == nullptr || (!quote && !is_own_id(context["id"])))
      return effects.reject(
          "wrong_context", "",
          say("l'esito non è di una nostra richiesta", "the outcome is of no request of ours"));
    if (!outcome.accepted) return answer_refused(*route, outcome, effects);
    const auto told = told_of(route->folder, outcome.data);
    if (!told) return effects.reject("invalid_data", "", told.error().message);
    if (quote) return effects.respond(200, std::span(&kJson, 1), told->body);
    const auto revision = fmt::format("\"{}\"", outcome.revision);
    const auto location = fmt::format("{}/{}", route->folder, context["id"]);
    const std::array headers{kJson, Header{"ETag", revision}, Header{"Location", location}};
    if (route->begins()) return effects.respond(201, headers, told->body);
    effects.respond(200, std::span(headers).first(2), told->body);
  }

  void on_event(const Event& event, Effects& effects) const {
    if (event.kind == "booking" || event.kind == "enquiry") return tell_case(event, effects);
    if (event.kind == "wallet" || event.kind == "wallet_totals") return tell_wallet(event, effects);
    if (!Uuid::parse(event.id) || find_kind(event.kind) == nullptr)
      return effects.filter(
          say("non è del catalogo né di una pratica", "neither of the catalogue nor of a case"));
    const auto path = fmt::format("/catalogue/{}/{}", event.kind, event.id);
    if (event.deleted)
      return effects.send({.method = "DELETE", .path = path, .query = {}, .headers = {}, .body = {}});
    const auto entity = json::canonical(event.data);
    if (!entity) return effects.reject("invalid_json", "", entity.error().message);
    put(path, *entity, effects);
  }

 private:
  static void answer_refused(const Route& route, const Outcome& outcome, Effects& effects) {
    auto refusal = refusal_of(outcome.reason);
    const auto status = status_of(route, refusal, outcome);
    Problem problem{status, mistakes_in(outcome.data), {}, 0};
    if (problem.mistakes.empty()) problem.mistakes.push_back(std::move(refusal));
    if (status != 404) {
      problem.legal_now = steps_of(outcome.legal_now);
      problem.revision = outcome.revision;
    }
    respond(problem, effects);
  }

  static void tell_case(const Event& event, Effects& effects) {
    const bool booking = event.kind == "booking";
    const auto told = booking ? booking_told(event.data) : enquiry_told(event.data);
    if (event.deleted || !told)
      return effects.reject("invalid_data", "", say("non è una pratica", "it is no case"));
    if (!is_own_id(told->id))
      return effects.filter(
          say("la pratica non viene dal portale", "the case does not come from the portal"));
    put(fmt::format("/{}/{}/status", booking ? "bookings" : "enquiries", told->id), told->body, effects);
  }

  static void tell_wallet(const Event& event, Effects& effects) {
    const bool totals = event.kind == "wallet_totals";
    const auto told = totals ? totals_told(event.data) : wallet_told(event.data);
    if (event.deleted || !told || !Uuid::parse(told->id))
      return effects.reject("invalid_data", "", say("non è un borsellino", "it is no wallet"));
    put(fmt::format("/{}/{}", totals ? "wallet-totals" : "wallets", told->id), told->body, effects);
  }
};

}  // namespace
}  // namespace welfare_portal

RACCORDO_PLUGIN(welfare_portal::WelfarePortal,
                name("welfare_portal")
                    .version("0.1.0")
                    .licence("EUPL-1.2")
                    .summary("Portali di cittadini e di welfare aziendale, con un contratto di Raccordo "
                             "(docs/welfare-portal.md)",
                             "Citizens' and company-welfare portals, by a contract of Raccordo's "
                             "(docs/welfare-portal.md)")
                    .subscribes("organization", "service", "offer", "capacity", "booking", "enquiry",
                                "wallet", "wallet_totals")
                    .commands("quote.v1", "booking.request.v1", "booking.accept_place.v1",
                              "booking.cancel.v1", "booking.reschedule.v1", "enquiry.open.v1",
                              "enquiry.convert.v1", "enquiry.close.v1"))
