// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/answerers.hpp"

#include <fmt/format.h>

namespace raccordo::cases {
namespace {

struct Offers {
  std::size_t count = 0;
  std::string first;
  void add(const std::string& name) {
    if (count++ == 0) first = name;
  }
};

Text shown(const Offers& offers) {
  return say("{} modalità di accesso («{}»{})", "{} offers (\"{}\"{})", offers.count, offers.first,
             offers.count > 1 ? " ..." : "");
}

Finding none(const std::string& partner, const Offers& offers) {
  const auto which = shown(offers);
  return {
      partner + " 0",
      {fmt::format("{}: nessun connettore di «{}» riceve le prenotazioni: nessuno risponderà", which.it,
                   partner),
       fmt::format("{}: no connector of \"{}\" is told of bookings: nobody will answer", which.en, partner)},
      say("aggiungere un connettore con partner: {} e subscribe: {{topics: [bookings]}}, oppure indicare "
          "un altro answered_by",
          "add a connector with partner: {} and subscribe: {{topics: [bookings]}}, or name another "
          "answered_by",
          partner)};
}

Finding several(const std::string& partner, const Offers& offers, const std::set<std::string>& connectors) {
  const auto which = shown(offers);
  const auto names = fmt::format("{}", fmt::join(connectors, ", "));
  return {fmt::format("{} {}", partner, names),
          {fmt::format("{}: più connettori di «{}» possono rispondere: {}", which.it, partner, names),
           fmt::format("{}: several connectors of \"{}\" may answer: {}", which.en, partner, names)},
          say("vale la prima risposta: lasciare le prenotazioni a uno solo",
              "the first answer counts: leave bookings to one of them")};
}

}  // namespace

std::vector<Finding> who_answers(const std::vector<OfferSaid>& offers, const Answerers& answerers) {
  std::vector<Finding> findings;
  std::map<std::string, Offers> by_partner;
  for (const auto& offer : offers)
    if (!offer.answered_by.empty()) by_partner[offer.answered_by].add(offer.name);
  for (const auto& [partner, of_partner] : by_partner) {
    const auto found = answerers.find(partner);
    const auto count = found == answerers.end() ? 0 : found->second.size();
    if (count == 0) findings.push_back(none(partner, of_partner));
    if (count > 1) findings.push_back(several(partner, of_partner, found->second));
  }
  return findings;
}

}  // namespace raccordo::cases
