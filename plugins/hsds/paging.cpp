// SPDX-License-Identifier: EUPL-1.2
#include "plugins/hsds/paging.hpp"

#include <fmt/format.h>

namespace hsds {
namespace {

using Json = nlohmann::json;
using namespace raccordo;

constexpr std::int64_t kMostPages = 10'000'000;
constexpr std::uint32_t kNotFound = 404;

// FNV-1a, 64 bits: the same on every machine.
std::string fingerprint(const std::string& text) {
  std::uint64_t hash = 14'695'981'039'346'656'037u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211u;
  return fmt::format("{:x}", hash);
}

// -1: there is none.
std::int64_t number_in(const Json& page, const char* name) {
  const auto found = page.is_object() ? page.find(name) : page.end();
  if (!page.is_object() || found == page.end() || !found->is_number_integer()) return -1;
  return found->is_number_unsigned() && found->get<std::uint64_t>() > static_cast<std::uint64_t>(kMostPages)
             ? kMostPages
             : found->get<std::int64_t>();
}

void ask(const Asking& asking, std::int64_t page, const Fields& context, Effects& effects) {
  Fields query;
  query.add("page", page).add("per_page", asking.per_page);
  if (asking.full) query.add("full", "true");
  if (asking.full && asking.what == "organizations") query.add("full_service", "true");
  const auto path = "/" + asking.what;
  const auto text = query.text();
  const Header json{"Accept", "application/json"};
  effects.send({.method = "GET", .path = path, .query = text, .headers = std::span(&json, 1), .body = {}},
               context.text());
}

}  // namespace

void begin_list(const Asking& asking, Effects& effects) {
  effects.snapshot_begin("");
  ask(asking, 1, Fields().add("page", 1), effects);
}

Page::Page(const Asking& asking, const Response& response)
    : asking_(asking), response_(response), before_(before_of(response.context)) {}

Page::Before Page::before_of(std::string_view context) {
  const auto told = Fields::of(context);
  Before before;
  before.page = told.number("page").value_or(0);
  if (before.page < 0 || before.page > kMostPages) before.page = 0;
  before.seen = std::clamp<std::int64_t>(told.number("seen").value_or(0), 0, kMostPages * kMostPages);
  before.items = told.number("items").value_or(-1);
  before.changed = told["changed"] == "1";
  before.contents = told["contents"];
  return before;
}

void Page::read_without_body(Effects& effects) const {
  if (before_.page == 0)
    return effects.reject(
        "wrong_context", "",
        say("la risposta non è a una nostra domanda", "the response is to no question of ours"));
  // Behind the last page some answer with nothing, some with 404.
  if (response_.ok() || (response_.status == kNotFound && before_.page > 1)) return end_list(effects);
  effects.reject("unexpected_status", "",
                 say("alla pagina {} il partner ha risposto {}", "to page {} the partner answered {}",
                     before_.page, response_.status));
}

bool Page::read(const Json& body, Effects& effects) {
  if (before_.page == 0) return read_without_body(effects), false;
  contents_ = body.is_object() && body.contains("contents") ? &body["contents"] : &body;
  if (!contents_->is_array()) {
    effects.reject("no_contents", "contents",
                   say("la pagina non ha un elenco «contents»", "the page has no list \"contents\""));
    return false;
  }
  note_items(number_in(body, "total_items"));
  if (contents_->empty()) return end_list(effects), false;
  const auto number = number_in(body, "page_number");
  if (number >= 0 && number != before_.page) {
    // Behind the last page some show the last one again, or the only one.
    const auto pages = number_in(body, "total_pages");
    if (pages >= 0 && before_.page > pages) return end_list(effects), false;
    effects.reject("wrong_page", "page_number",
                   say("chiesta la pagina {}, è arrivata la {}", "asked for page {}, page {} came",
                       before_.page, number));
    return false;
  }
  auto now = fingerprint(contents_->dump(-1, ' ', false, Json::error_handler_t::replace));
  if (now == before_.contents) {
    effects.finding("page_repeated", "",
                    say("la pagina {} è uguale alla precedente: si prende per l'ultima",
                        "page {} is the same as the one before: it is taken for the last", before_.page));
    return end_list(effects), false;
  }
  before_.seen += static_cast<std::int64_t>(contents_->size());
  Fields context;
  context.add("page", before_.page + 1)
      .add("seen", before_.seen)
      .add("items", before_.items)
      .add("contents", now);
  if (before_.changed) context.add("changed", "1");
  ask(asking_, before_.page + 1, context, effects);
  return true;
}

void Page::note_items(std::int64_t items) {
  if (items < 0) return;
  before_.changed |= before_.items >= 0 && before_.items != items;
  before_.items = items;
}

// Pages are numbered: what is taken out of one while the next is read moves another object where nobody
// looks.
void Page::end_list(Effects& effects) const {
  if (before_.changed)
    return effects.finding(
        "list_changed", "total_items",
        say("l'elenco è cambiato durante la lettura: per questa volta niente si prende per tolto",
            "the list changed while it was read: nothing is taken for gone this time"));
  if (before_.seen < before_.items)
    return effects.finding(
        "list_short", "total_items",
        say("arrivati {} oggetti su {}: niente si prende per tolto",
            "{} objects came of {}: nothing is taken for gone", before_.seen, before_.items));
  effects.snapshot_end("");
}

}  // namespace hsds
