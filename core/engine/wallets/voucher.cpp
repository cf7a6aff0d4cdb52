// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/wallets/voucher.hpp"

#include "core/engine/wallets/amount.hpp"

namespace raccordo::wallets {
namespace {

Error refused(Text why, Text hint) {
  return error(
      ErrorCode::kInvalid,
      say("voucher (TUIR art. 51 c. 3-bis): {0}", "voucher (TUIR art. 51 c. 3-bis): {1}", why.it, why.en),
      std::move(hint));
}

Error not_its_value(const VoucherUse& use) {
  const auto nominal = amount_text(use.nominal, "EUR");
  const auto price = amount_text(use.price, "EUR");
  if (use.price > use.nominal)
    return refused(say("vale {0}, il servizio costa {1}: non si integra in denaro",
                       "it is worth {2}, the service costs {3}: nothing is added in money", nominal.it,
                       price.it, nominal.en, price.en),
                   say("prenotare meno unità con il voucher e le altre a pagamento, in due prenotazioni",
                       "book fewer units with the voucher and pay the others, in two bookings"));
  return refused(say("vale {0}, il servizio costa {1}: si usa per l'intero valore",
                     "it is worth {2}, the service costs {3}: it is used for its full value", nominal.it,
                     price.it, nominal.en, price.en),
                 say("emetterlo per il prezzo del servizio", "issue it for the price of the service"));
}

}  // namespace

Status may_use(const VoucherUse& use) {
  if (use.in_name_of.empty() || use.in_name_of != use.used_by)
    return refused(
        say("non è intestato a chi usa il servizio", "it is not in the name of who uses the service"),
        say("non si cede: emetterlo a nome di chi usa il servizio",
            "it cannot be transferred: issue it in the name of who uses the service"));
  if (use.used_before)
    return refused(say("è già stato usato", "it was used before"),
                   say("emetterne un altro", "issue another"));
  if (use.services != 1)
    return refused(say("dà diritto a un solo servizio, non a {}",
                       "it gives a right to one service, not to {}", use.services),
                   say("emetterne uno per ogni servizio", "issue one for each service"));
  if (use.given_on < use.issued_on)
    return refused(
        say("il servizio è del {}, prima dell'emissione ({}): non paga spese già sostenute",
            "the service is of {}, before it was issued ({}): it does not pay expenses already incurred",
            use.given_on, use.issued_on),
        say("dove la lettera lo ammette, chiedere il rimborso",
            "ask for reimbursement where the letter allows it"));
  if (use.price != use.nominal) return not_its_value(use);
  return done();
}

}  // namespace raccordo::wallets
