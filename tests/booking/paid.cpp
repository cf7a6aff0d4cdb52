// SPDX-License-Identifier: EUPL-1.2
// A catalogue whose offers a plan's wallet pays: `id;nome;posti;centesimi`; without cents nobody pays.
#include <raccordo/sdk.hpp>

#include <string>

namespace {

using namespace raccordo;

class Paid {
 public:
  void on_record(const Row& row, Effects& effects) const {
    const auto places = row.number<int>("posti");
    const auto cents = row.number<int>("centesimi");
    if (!places || !cents) return effects.reject("not_a_number", "posti", "posti and centesimi are numbers");
    const auto id = std::string(row["id"]);
    effects.publish(Service{.id = id, .name = std::string(row["nome"])});
    Offer offer{.channel = "pay", .id = id, .service = ref("service", id)};
    if (*cents > 0) {
      offer.price = Price{.cents = *cents, .currency = "EUR"};
      offer.split = {SplitShare{.party = "plan", .percent = 100}};
      offer.wallet_captured = "confirmation";
    }
    effects.publish(std::move(offer));
    effects.publish(Capacity{.id = id, .service = ref("service", id), .total = *places});
  }
};

}  // namespace

RACCORDO_PLUGIN(Paid, name("paid")
                          .version("0.1.0")
                          .licence("EUPL-1.2")
                          .summary("Un catalogo che il borsellino paga", "A catalogue that a wallet pays")
                          .reads(csv())
                          .publishes<Service, Offer, Capacity>())
