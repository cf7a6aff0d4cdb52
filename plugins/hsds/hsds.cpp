// SPDX-License-Identifier: EUPL-1.2
// Open Referral HSDS 3.0 JSON, in and out.
#include <raccordo/sdk.hpp>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "plugins/hsds/from_hsds.hpp"
#include "plugins/hsds/losses.hpp"
#include "plugins/hsds/paging.hpp"
#include "plugins/hsds/to_hsds.hpp"
#include "raccordo/model/json.hpp"

namespace hsds {
namespace {

using namespace raccordo;

struct Options {
  std::string layout;  // of what is read
  std::string entity;  // what the objects are
  bool embedded = true;
  std::string currency;
  std::string out_layout;
  std::string ask;
  std::int64_t per_page = 50;
  bool full = true;
};

constexpr auto kOptions = describe<Options>(
    option(&Options::layout, "layout", "page")
        .choices("page", "array", "lines", "object")
        .help("Come stanno gli oggetti nei file: pagina HSDS (contents), elenco JSON, uno per riga (NDJSON), "
              "uno per file",
              "How objects stand in the files: HSDS page (contents), JSON array, one a line (NDJSON), one a "
              "file"),
    option(&Options::entity, "entity", "auto")
        .choices("auto", "organization", "service")
        .help("Che cosa sono gli oggetti; auto: servizi quelli con status, organizzazioni gli altri",
              "What the objects are; auto: services those with a status, organizations the others"),
    option(&Options::embedded, "embedded", true)
        .help("Dichiara anche l'organizzazione dentro un servizio; no, se le organizzazioni arrivano per "
              "conto loro",
              "Also state the organization inside a service; no, where organizations come by themselves"),
    option(&Options::currency, "currency", "EUR")
        .help("Valuta degli importi che non ne hanno una", "Currency of amounts that have none"),
    option(&Options::out_layout, "out_layout", "lines")
        .choices("lines", "page", "requests")
        .help(
            "Come escono gli oggetti: uno per riga (NDJSON), ciascuno in una pagina HSDS, o ciascuno in una "
            "richiesta al sistema del partner (to.http)",
            "How objects go out: one a line (NDJSON), each in an HSDS page, or each in a request to the "
            "partner's system (to.http)"),
    option(&Options::ask, "ask", "services")
        .choices("services", "organizations")
        .help("Che cosa si chiede a un'API HSDS (from.http.base_url)",
              "What an HSDS API is asked for (from.http.base_url)"),
    option(&Options::per_page, "per_page", 50)
        .at_least(1)
        .at_most(1'000)
        .help(
            "Quanti oggetti si chiedono per pagina; una pagina con un oggetto sbagliato è accantonata intera",
            "How many objects a page is asked to hold; a page with one wrong object is parked whole"),
    option(&Options::full, "full", true)
        .help("Chiede gli oggetti con tutto ciò che vi sta appeso (full)",
              "Asks for objects with all that hangs on them (full)"));

constexpr std::array kJsonBody{Header{"Content-Type", "application/json"}};

// Depth, repeated keys and encoding are checked before anything is built.
Result<Json> parsed(std::string_view text) {
  RACCORDO_TRY(const auto canonical, json::canonical(text));
  return Json::parse(canonical);
}

Json page_of(Json object) {
  return {{"total_items", 1},   {"total_pages", 1},
          {"page_number", 1},   {"size", 1},
          {"first_page", true}, {"last_page", true},
          {"empty", false},     {"contents", Json::array({std::move(object)})}};
}

// Which kinds go out, as what, and where to.
struct Target {
  std::string_view kind;
  std::string_view file;
  Json (*write)(const Json&, std::string_view, std::string_view, Losses&);
};

constexpr std::array kTargets{Target{"organization", "organizations", write_organization},
                              Target{"service", "services", write_service},
                              Target{"offer", "cost_options", write_cost_option}};

class Hsds {
 public:
  Hsds(Options options, Setup& setup) : options_(std::move(options)) {
    reading_.embedded = options_.embedded;
    reading_.currency = options_.currency;
    asking_ = {options_.ask, options_.per_page, options_.full};
    if (options_.layout == "page")
      setup.frame(json_items("contents"));
    else if (options_.layout == "array")
      setup.frame(json_items());
    else if (options_.layout == "lines")
      setup.frame(lines());
    else
      setup.frame(document());
  }

  void on_record(const Document& record, Effects& effects) const {
    const auto given = parsed(record.body);
    if (!given) return effects.reject("invalid_json", "", given.error().message);
    Losses losses;
    const bool page = given->is_object() && given->contains("contents");
    const auto& objects = page ? (*given)["contents"] : *given;
    if (objects.is_array())
      for (const auto& object : objects) state(object, effects, losses);
    else
      state(objects, effects, losses);
    losses.report(effects);
  }

  void on_tick(const Tick&, Effects& effects) const { begin_list(asking_, effects); }

  void on_response(const Response& response, Effects& effects) const {
    Page page(asking_, response);
    if (page.has_no_body()) return page.read_without_body(effects);
    const auto body = parsed(response.body);
    if (!body) return effects.reject("invalid_json", "", body.error().message);
    if (!page.read(*body, effects)) return;
    Losses losses;
    for (const auto& object : page.contents()) state(object, effects, losses);
    losses.report(effects);
  }

  void on_event(const Event& event, Effects& effects) const {
    if (event.kind == "capacity")
      return effects.filter(say("HSDS 3.0 non ha un posto per i posti di un servizio",
                                "HSDS 3.0 has no place for the capacity of a service"));
    const auto* const target = std::ranges::find(kTargets, event.kind, &Target::kind);
    if (target == kTargets.end())
      return effects.filter(say("HSDS non ha oggetti per questo tipo", "HSDS has no object for this kind"));
    if (event.deleted)
      return sends() ? send("DELETE", *target, event.id, {}, effects) : write_deletion(event, effects);
    auto entity = parsed(event.data);
    if (!entity) return effects.reject("invalid_json", "", entity.error().message);
    if (!entity->is_object())
      return effects.reject("wrong_type", "", say("atteso un oggetto", "expected an object"));
    if (sends()) forget_source_ids(*entity);
    Losses losses;
    const auto id = sends() ? event.id : hsds_id(source_id_of(event, *entity), event.id);
    auto object = target->write(*entity, id, event.id, losses);
    if (sends())
      send("PUT", *target, id, object.dump(), effects);
    else
      write(std::move(object), target->file, effects);
    losses.report(effects);
  }

 private:
  void state(const Json& object, Effects& effects, Losses& losses) const {
    if (!object.is_object())
      return effects.reject("wrong_type", "", say("atteso un oggetto HSDS", "expected an HSDS object"));
    if (text_of(object, "id").empty())
      return effects.reject("missing", "id", say("manca l'identificativo", "the id is missing"));
    if (object.contains("location_type") || object.contains("taxonomy") || !object.contains("name"))
      return effects.reject(
          "unknown_entity", "",
          say("non è un servizio né un'organizzazione HSDS", "neither an HSDS service nor an organization"));
    const bool service =
        options_.entity == "service" || (options_.entity == "auto" && object.contains("status"));
    for (const auto& statement :
         service ? read_service(object, reading_, losses) : read_organization(object, reading_, losses))
      effects.publish_json(statement.kind, statement.entity.dump());
  }

  static std::string_view source_id_of(const Event& event, const Json& entity) {
    return event.source_id.empty() ? text_of(entity, "source_id") : event.source_id;
  }

  void write(Json object, std::string_view file, Effects& effects) const {
    if (options_.out_layout == "page") object = page_of(std::move(object));
    effects.write(file, object.dump() + '\n');
  }

  [[nodiscard]] bool sends() const { return options_.out_layout == "requests"; }

  // A deletion that nobody saw being told is known by the hub's id alone: a partner's system knows objects,
  // and what they refer to, by that one.
  static void forget_source_ids(Json& entity) {
    for (const char* name : {"source_id", "parent_source_id", "organization_source_id", "service_source_id"})
      entity.erase(name);
  }

  // Behind the partner's address: /services/{id}. An id is a UUID, which needs no escaping.
  static void send(std::string_view method, const Target& target, std::string_view id, std::string_view body,
                   Effects& effects) {
    const auto path = "/" + std::string(target.file) + "/" + std::string(id);
    Send request{method, path, {}, {}, body};
    if (!body.empty()) request.headers = kJsonBody;
    effects.send(request);
  }

  void write_deletion(const Event& event, Effects& effects) const {
    if (event.kind == "organization")
      return effects.filter(say("HSDS non sa dire che un'organizzazione non c'è più",
                                "HSDS cannot say that an organization is gone"));
    if (event.kind == "offer")
      return effects.filter(
          say("HSDS non sa dire che un prezzo non c'è più", "HSDS cannot say that a price is gone"));
    const auto known = parsed(event.data);
    const auto source_id = known && known->is_object() ? source_id_of(event, *known) : event.source_id;
    write(defunct_service(hsds_id(source_id, event.id)), "services", effects);
  }

  Options options_;
  ReadingChoices reading_;
  Asking asking_;
};

}  // namespace
}  // namespace hsds

RACCORDO_PLUGIN(hsds::Hsds, name("hsds")
                                .version("0.1.0")
                                .licence("EUPL-1.2")
                                .summary("Cataloghi Open Referral HSDS 3.0, in entrata e in uscita",
                                         "Open Referral HSDS 3.0 catalogues, in and out")
                                .reads(json_items("contents"))
                                .publishes<Organization, Service, Offer>()
                                .subscribes<Organization, Service, Offer, Capacity>()
                                .writes("organizations", "services", "cost_options")
                                .options(hsds::kOptions))
