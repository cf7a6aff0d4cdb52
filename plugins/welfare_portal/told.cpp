// SPDX-License-Identifier: EUPL-1.2
#include "plugins/welfare_portal/told.hpp"

#include <algorithm>

#include "raccordo/model/case/booking.hpp"
#include "raccordo/model/case/enquiry.hpp"
#include "raccordo/model/case/quote.hpp"
#include "raccordo/model/decode.hpp"

namespace welfare_portal {
namespace {

using namespace raccordo;

struct StateLabel {
  std::string en;
  std::string it;

  static constexpr auto describe() {
    using S = StateLabel;
    return part("state_label", {"Nome dello stato", "Name of the state"},
                field("en", &S::en, "In inglese", "In English"),
                field("it", &S::it, "In italiano", "In Italian"));
  }
};

StateLabel label_of(std::string_view list, const std::string& state) {
  for (const auto& code : code_list(list))
    if (code.code == state) return {std::string(code.label.en), std::string(code.label.it)};
  return {state, state};
}

struct BookingStatus {
  std::optional<std::string> accept_by, answer_by;
  std::string booking;  // `case` in JSON
  std::optional<std::string> channel, end, enquiry, from, hold_until;
  std::string id;
  std::string kind;
  StateLabel label;
  std::string offer;
  std::optional<std::int64_t> places;
  std::optional<Price> price;
  std::optional<std::string> provider;
  std::optional<std::int64_t> quantity;
  std::optional<Reason> reason;
  std::int64_t revision = 0;
  std::optional<std::string> service;
  std::vector<BookedSession> sessions;
  std::vector<Share> split;
  std::optional<std::string> start;
  std::string state;
  std::optional<Amount> total;

  // Long: one declaration.
  static constexpr auto describe() {
    using B = BookingStatus;
    return part("booking_status", {"Stato della prenotazione", "Status of a booking"},
                field("accept_by", &B::accept_by, "Da accettare entro", "To be accepted by"),
                field("answer_by", &B::answer_by, "Risposta entro", "Answer by"),
                field("case", &B::booking, "Pratica", "Case"),
                field("channel", &B::channel, "Canale", "Channel"), field("end", &B::end, "Fine", "End"),
                field("enquiry", &B::enquiry, "Domanda da cui è nata", "Enquiry that it came of"),
                field("from", &B::from, "Dal giorno", "From the day"),
                field("hold_until", &B::hold_until, "Tenuto fino a", "Held until"),
                field("id", &B::id, "Identificativo del portale", "The portal's id"),
                field("kind", &B::kind, "Tipo", "Kind"),
                field("label", &B::label, "Nome dello stato", "Label"),
                field("offer", &B::offer, "Modalità di accesso", "Offer"),
                field("places", &B::places, "Posti", "Places"), field("price", &B::price, "Prezzo", "Price"),
                field("provider", &B::provider, "Ente erogatore", "Provider"),
                field("quantity", &B::quantity, "Quantità", "Quantity"),
                field("reason", &B::reason, "Motivo", "Reason"),
                field("revision", &B::revision, "Revisione", "Revision"),
                field("service", &B::service, "Servizio", "Service"),
                field("sessions", &B::sessions, "Incontri", "Sessions"),
                field("split", &B::split, "Chi paga quanto", "Who pays how much"),
                field("start", &B::start, "Inizio", "Start"), field("state", &B::state, "Stato", "State"),
                field("total", &B::total, "Totale", "Total"));
  }
};

struct EnquiryStatus {
  std::optional<std::string> answer_by, booking;
  std::string enquiry;  // `case` in JSON
  std::string id;
  StateLabel label;
  std::optional<std::string> offer;
  std::optional<Reason> reason;
  std::int64_t revision = 0;
  std::optional<std::string> service;
  std::string state;

  static constexpr auto describe() {
    using E = EnquiryStatus;
    return part("enquiry_status", {"Stato della domanda", "Status of an enquiry"},
                field("answer_by", &E::answer_by, "Risposta entro", "Answer by"),
                field("booking", &E::booking, "Prenotazione che ne è nata", "Booking that came of it"),
                field("case", &E::enquiry, "Pratica", "Case"),
                field("id", &E::id, "Identificativo del portale", "The portal's id"),
                field("label", &E::label, "Nome dello stato", "Label"),
                field("offer", &E::offer, "Modalità di accesso", "Offer"),
                field("reason", &E::reason, "Motivo", "Reason"),
                field("revision", &E::revision, "Revisione", "Revision"),
                field("service", &E::service, "Servizio", "Service"),
                field("state", &E::state, "Stato", "State"));
  }
};

// Of what may be spent under one letter of TUIR art. 51.
struct LetterSums {
  std::int64_t credited = 0, expired = 0;
  std::optional<std::string> letter;
  std::int64_t reimbursed = 0, reserved = 0, spent = 0;

  static constexpr auto describe() {
    using L = LetterSums;
    return part("letter_sums", {"Somme di una lettera", "Sums of a letter"},
                field("credited", &L::credited, "Accreditato", "Credited"),
                field("expired", &L::expired, "Scaduto", "Expired"),
                field("letter", &L::letter, "Lettera del TUIR", "TUIR letter"),
                field("reimbursed", &L::reimbursed, "Rimborsato", "Reimbursed"),
                field("reserved", &L::reserved, "Impegnato", "Reserved"),
                field("spent", &L::spent, "Speso", "Spent"));
  }
};

// What moved, and no word about what it was for.
struct WalletMovement {
  std::int64_t amount = 0;
  std::string date, id, kind;
  std::optional<std::string> letter;

  static constexpr auto describe() {
    using M = WalletMovement;
    return part("wallet_movement", {"Movimento", "Movement"},
                field("amount", &M::amount, "Importo", "Amount"), field("date", &M::date, "Giorno", "Day"),
                field("id", &M::id, "Identificativo", "Id"), field("kind", &M::kind, "Movimento", "Movement"),
                field("letter", &M::letter, "Lettera del TUIR", "TUIR letter"));
  }
};

// Before a ceiling of TUIR art. 51 is passed.
struct CeilingWarning {
  std::int64_t ceiling = 0;
  std::string en, it, taxable_from;
  std::int64_t used = 0, would_be = 0;

  static constexpr auto describe() {
    using W = CeilingWarning;
    return part("ceiling_warning", {"Avviso di soglia", "Warning of a ceiling"},
                field("ceiling", &W::ceiling, "Soglia", "Ceiling"),
                field("en", &W::en, "In inglese", "In English"),
                field("it", &W::it, "In italiano", "In Italian"),
                field("taxable_from", &W::taxable_from, "Imponibile dal", "Taxable from"),
                field("used", &W::used, "Usato nell'anno", "Used in the year"),
                field("would_be", &W::would_be, "Con questo", "With this"));
  }
};

struct WalletSums {
  std::int64_t available = 0;
  bool closed = false;
  std::int64_t credited = 0, expired = 0;
  std::string id;
  std::optional<std::string> letter;
  std::vector<LetterSums> letters;
  std::vector<WalletMovement> movements;
  std::string plan;
  std::int64_t reserved = 0, spent = 0;
  std::string unit;
  std::optional<std::string> valid_to;
  std::optional<CeilingWarning> warning;

  static constexpr auto describe() {
    using W = WalletSums;
    return part(
        "wallet_sums", {"Borsellino", "Wallet"},
        field("available", &W::available, "Disponibile", "Available"),
        field("closed", &W::closed, "Chiuso", "Closed"),
        field("credited", &W::credited, "Accreditato", "Credited"),
        field("expired", &W::expired, "Scaduto", "Expired"), field("id", &W::id, "Identificativo", "Id"),
        field("letter", &W::letter, "Lettera del TUIR", "TUIR letter"),
        field("letters", &W::letters, "Per lettera", "By letter"),
        field("movements", &W::movements, "Che cosa si è mosso", "What moved"),
        field("plan", &W::plan, "Piano", "Plan"), field("reserved", &W::reserved, "Impegnato", "Reserved"),
        field("spent", &W::spent, "Speso", "Spent"), field("unit", &W::unit, "Unità", "Unit"),
        field("valid_to", &W::valid_to, "Valido fino al", "Valid to"),
        field("warning", &W::warning, "Avviso di soglia", "Warning of a ceiling"));
  }
};

// An employer's, of a plan.
struct PlanTotals {
  std::string date, id;
  std::vector<LetterSums> letters;
  std::string plan, unit;

  static constexpr auto describe() {
    using T = PlanTotals;
    return part("plan_totals", {"Somme di un piano", "Sums of a plan"},
                field("date", &T::date, "Giorno", "Day"), field("id", &T::id, "Identificativo", "Id"),
                field("letters", &T::letters, "Per lettera", "By letter"),
                field("plan", &T::plan, "Piano", "Plan"), field("unit", &T::unit, "Unità", "Unit"));
  }
};

BookingStatus status_of(Booking booking) {
  auto label = label_of("booking_state", booking.state);
  return {.accept_by = std::move(booking.accept_by),
          .answer_by = std::move(booking.answer_by),
          .booking = std::move(booking.id),
          .channel = std::move(booking.channel),
          .end = std::move(booking.end),
          .enquiry = std::move(booking.enquiry),
          .from = std::move(booking.from),
          .hold_until = std::move(booking.hold_until),
          .id = booking.requested_id.value_or(""),
          .kind = std::move(booking.kind),
          .label = std::move(label),
          .offer = std::move(booking.offer),
          .places = booking.places,
          .price = std::move(booking.price),
          .provider = std::move(booking.provider),
          .quantity = booking.quantity,
          .reason = std::move(booking.reason),
          .revision = booking.revision,
          .service = std::move(booking.service),
          .sessions = std::move(booking.sessions),
          .split = std::move(booking.split),
          .start = std::move(booking.start),
          .state = std::move(booking.state),
          .total = std::move(booking.total)};
}

EnquiryStatus status_of(Enquiry enquiry) {
  auto label = label_of("enquiry_state", enquiry.state);
  return {.answer_by = std::move(enquiry.answer_by),
          .booking = std::move(enquiry.booking),
          .enquiry = std::move(enquiry.id),
          .id = enquiry.requested_id.value_or(""),
          .label = std::move(label),
          .offer = std::move(enquiry.offer),
          .reason = std::move(enquiry.reason),
          .revision = enquiry.revision,
          .service = std::move(enquiry.service),
          .state = std::move(enquiry.state)};
}

template <Described T>
Result<T> read(std::string_view data) {
  RACCORDO_TRY(const auto canonical, json::canonical(data));
  return decode<T>(canonical);
}

}  // namespace

Result<Told> booking_told(std::string_view data) {
  RACCORDO_TRY(auto booking, read<Booking>(data));
  auto status = status_of(std::move(booking));
  return Told{status.id, encode(status)};
}

Result<Told> enquiry_told(std::string_view data) {
  RACCORDO_TRY(auto enquiry, read<Enquiry>(data));
  auto status = status_of(std::move(enquiry));
  return Told{status.id, encode(status)};
}

Result<Told> quote_told(std::string_view data) {
  RACCORDO_TRY(const auto quote, read<Quote>(data));
  return Told{{}, encode(quote)};
}

Result<Told> wallet_told(std::string_view data) {
  RACCORDO_TRY(const auto wallet, read<WalletSums>(data));
  return Told{wallet.id, encode(wallet)};
}

Result<Told> totals_told(std::string_view data) {
  RACCORDO_TRY(const auto totals, read<PlanTotals>(data));
  return Told{totals.id, encode(totals)};
}

}  // namespace welfare_portal
