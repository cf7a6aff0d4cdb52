// SPDX-License-Identifier: EUPL-1.2
#include "plugins/hsds/cost_offer.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "plugins/hsds/from_hsds.hpp"
#include "raccordo/sdk/identifiers.hpp"

namespace hsds {
namespace {

// ISO 4217: the currencies whose smallest unit is not a hundredth.
constexpr std::array<std::string_view, 15> kNoDecimals{"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW",
                                                       "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF"};
constexpr std::array<std::string_view, 7> kThreeDecimals{"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};

constexpr raccordo::Label kNoPrice{"non è un importo: l'offerta resta senza prezzo",
                                   "not an amount: the offer has no price"};
constexpr raccordo::Label kRounded{"arrotondato alla più piccola unità della valuta",
                                   "rounded to the smallest unit of the currency"};

void add_price(const Json& option, std::string_view fallback, Losses& losses, Json& offer) {
  const auto amount = option.find("amount");
  if (amount == option.end()) return;
  const auto given = text_of(option, "currency");
  const auto currency = given.empty() ? fallback : given;
  const double exact = amount->get<double>() * units_of(currency);
  constexpr double kMost = 1e15;
  if (!(exact >= 0 && exact <= kMost)) return losses.add("amount", kNoPrice);
  const auto cents = std::llround(exact);
  if (std::abs(exact - static_cast<double>(cents)) > 1e-6 * std::max(1.0, exact))
    losses.add("amount", kRounded);
  offer["price"] = {{"cents", cents}, {"currency", currency}};
}

std::string offer_id(const Json& option, std::string_view service, std::size_t index) {
  const auto given = text_of(option, "id");
  return given.empty() ? raccordo::id_from(service, "cost", index) : std::string(given);
}

std::string description_of(const Json& option) {
  std::string text(text_of(option, "option"));
  const auto amount = text_of(option, "amount_description");
  if (!text.empty() && !amount.empty()) text += ", ";
  return text += amount;
}

}  // namespace

double units_of(std::string_view currency) {
  if (std::ranges::find(kNoDecimals, currency) != kNoDecimals.end()) return 1;
  return std::ranges::find(kThreeDecimals, currency) != kThreeDecimals.end() ? 1000 : 100;
}

std::vector<Json> cost_offers(const Json& service, std::string_view currency, Losses& losses) {
  std::vector<Json> offers;
  const auto options = service.find("cost_options");
  if (options == service.end()) return offers;
  const auto id = text_of(service, "id");
  const Losses::Level level(losses, "cost_options");
  for (std::size_t i = 0; i < options->size(); ++i) {
    const Losses::Level item(losses, i);
    const auto& option = (*options)[i];
    Json offer{{"channel", "pay"}, {"id", offer_id(option, id, i)}, {"service", id}};
    if (auto text = description_of(option); !text.empty()) offer["description"] = std::move(text);
    for (const char* name : {"valid_from", "valid_to"})
      if (const auto date = text_of(option, name); !date.empty()) offer[name] = date;
    add_price(option, currency, losses, offer);
    offers.push_back(std::move(offer));
  }
  return offers;
}

}  // namespace hsds
