// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/cases/booking.hpp"

namespace raccordo::cases {
namespace {

constexpr auto kCustomer = Party::kCustomer;
constexpr auto kProvider = Party::kProvider;
constexpr auto kPayer = Party::kPayer;
constexpr auto kHub = Party::kHub;
constexpr std::int64_t kDay = 86'400;

// All kinds go through one machine; they differ in what the steps are about.
constexpr Named kKinds[] = {
    {"slot", {"un appuntamento", "one appointment"}},
    {"series", {"più incontri, segnati uno per uno", "several sessions, each recorded"}},
    {"enrolment", {"un posto da una data in poi", "a place from a date onwards"}},
};

constexpr State kStates[] = {
    {"requested", {"Richiesta", "Requested"}, kProvider},
    {"waitlisted", {"In lista d'attesa", "On the waiting list"}, kProvider},
    {"held", {"Posto tenuto", "Place held"}, kPayer},
    {"confirmed", {"Confermata", "Confirmed"}, kProvider},
    {"refused", {"Rifiutata", "Refused"}, kHub, true},
    {"expired", {"Scaduta", "Expired"}, kHub, true},
    {"cancelled_by_customer", {"Disdetta da chi ha chiesto", "Cancelled by whoever asked"}, kHub, true},
    {"cancelled_by_provider", {"Annullata da chi eroga", "Cancelled by the provider"}, kHub, true},
    {"no_show", {"Non presentato", "Did not come"}, kHub, true},
    {"attended", {"Svolta", "Attended"}, kHub, true},
};

constexpr Named kEvents[] = {
    {"request", {"Chiedere", "Request"}},
    {"waitlist", {"Mettere in lista d'attesa", "Put on the waiting list"}},
    {"hold", {"Tenere il posto", "Hold the place"}},
    {"offer_place", {"Offrire il posto", "Offer the place"}},
    {"accept_place", {"Accettare il posto", "Accept the place"}},
    {"ask_provider", {"Chiedere conferma a chi eroga", "Ask the provider"}},
    {"scheme_yes", {"Riconoscere il diritto", "Say that the right is there"}},
    {"scheme_no", {"Negare il diritto", "Say that the right is not there"}},
    {"confirm", {"Confermare", "Confirm"}},
    {"refuse", {"Rifiutare", "Refuse"}},
    {"reschedule", {"Spostare", "Reschedule"}},
    {"cancel", {"Disdire", "Cancel"}},
    {"cancel_part", {"Disdire alcuni incontri", "Cancel some sessions"}},
    {"attend", {"Segnare la presenza", "Record attendance"}},
    {"attend_part", {"Segnare la presenza ad alcuni incontri", "Record attendance of some sessions"}},
    {"no_show", {"Segnare l'assenza", "Record absence"}},
    {"no_show_part", {"Segnare l'assenza ad alcuni incontri", "Record absence from some sessions"}},
    {"correct_part", {"Correggere un'assenza", "Correct an absence"}},
    {"expire", {"Scadere", "Expire"}},
};

constexpr Named kGuards[] = {
    {"revision",
     {"il messaggio dice la revisione presente; se non ne dice, la pratica non è mai stata spostata",
      "the message states the present revision; where it states none, the case was never moved"}},
    {"offer_valid",
     {"la modalità di accesso vale in quella data, in quel territorio, con quel canale, e l'ora non è "
      "passata",
      "the offer is valid on that date, in that territory, through that channel, and the time has not "
      "passed"}},
    {"accreditation",
     {"l'accreditamento di chi eroga vale in quella data",
      "the provider's accreditation is valid on that date"}},
    {"qualification",
     {"vale la qualifica che la modalità chiede", "the qualification that the offer asks for holds"}},
    {"entitlement_or_plan",
     {"c'è la prova del diritto: titolo sociale con abbastanza residuo, piano attivo e parentela ammessa, o "
      "il sì dello schema",
      "the right is proved: an entitlement with enough left, an active plan and an allowed relation, or the "
      "scheme's yes"}},
    {"places",
     {"c'è posto nel gruppo di posti, contando anche quelli tenuti",
      "there is room in the pool, held places counted"}},
    {"waiting_list", {"chi eroga tiene una lista d'attesa", "the provider keeps a waiting list"}},
    {"wallet_covers", {"il borsellino copre quanto gli spetta", "the wallet covers its part"}},
    {"in_time", {"le condizioni permettono ancora di spostare", "the terms still allow it to be moved"}},
    {"provider_agreed",
     {"il posto l'ha offerto chi eroga, non l'hub", "the provider offered the place, not the hub"}},
};

constexpr Named kEffects[] = {
    {"take_places",
     {"prende i posti, al posto di quelli già presi", "takes the places, instead of those taken before"}},
    {"give_places_back", {"libera i posti", "gives the places back"}},
    {"give_part_back", {"libera i posti di quegli incontri", "gives those sessions' places back"}},
    {"promote_waiting",
     {"offre i posti liberi a chi è in lista, in ordine di arrivo",
      "offers the free places to those on the list, in the order in which they came"}},
    {"join_list", {"va in fondo alla lista d'attesa", "goes to the end of the waiting list"}},
    {"leave_list", {"lascia la lista d'attesa", "leaves the waiting list"}},
    {"reserve",
     {"impegna nel borsellino quanto manca al totale", "reserves in the wallet what the total lacks"}},
    {"capture_on_confirmation",
     {"spende l'impegnato, se la modalità lo prevede alla conferma",
      "spends what is reserved, where the offer says on confirmation"}},
    {"capture_on_delivery", {"spende quanto è stato svolto", "spends what was delivered"}},
    {"settle",
     {"spende quanto le condizioni trattengono, restituisce il resto",
      "spends what the terms keep, gives the rest back"}},
    {"release",
     {"restituisce per ora ciò che è impegnato o speso e non svolto",
      "returns for now what is reserved or spent and not delivered"}},
    {"give_back", {"restituisce tutto ciò che non è stato svolto", "gives back all that was not delivered"}},
    {"reinstate", {"spende ciò che l'assenza non costava", "spends what the absence did not cost"}},
    {"tell", {"dice a tutti lo stato", "tells everybody the state"}},
};

// Whoever asks learns at once what stands against it; only a missing place and a missing proof leave
// something to wait for.
constexpr Guard kToAsk[] = {{"offer_valid", "refuse", {}},   {"accreditation", "refuse", {}},
                            {"qualification", "refuse", {}}, {"entitlement_or_plan", "refuse", "hold"},
                            {"places", "waitlist", {}},      {"wallet_covers", "refuse", {}}};
constexpr Guard kToWait[] = {{"waiting_list", "refuse", {}}};
// What held when it was asked for may have been suspended since.
constexpr Guard kToConfirm[] = {{"revision", {}, {}},
                                {"accreditation", "refuse", {}},
                                {"qualification", "refuse", {}},
                                {"entitlement_or_plan", "refuse", {}}};
// A wallet that does not cover an offered place can be filled before the time is over.
constexpr Guard kToAccept[] = {{"revision", {}, {}},
                               {"accreditation", "refuse", {}},
                               {"qualification", "refuse", {}},
                               {"wallet_covers", {}, {}},
                               {"entitlement_or_plan", "refuse", "hold"},
                               {"provider_agreed", {}, "ask_provider"}};
constexpr Guard kToConfirmHeld[] = {{"revision", {}, {}},
                                    {"accreditation", "refuse", {}},
                                    {"qualification", "refuse", {}},
                                    {"entitlement_or_plan", "refuse", {}},
                                    {"wallet_covers", {}, {}}};
constexpr Guard kToOffer[] = {{"offer_valid", {}, {}}, {"places", {}, {}}};
constexpr Guard kToPropose[] = {{"revision", {}, {}}, {"places", {}, {}}};
// A case that cannot be moved stays where it is.
constexpr Guard kToMove[] = {{"revision", {}, {}},      {"in_time", {}, {}},
                             {"offer_valid", {}, {}},   {"accreditation", {}, {}},
                             {"qualification", {}, {}}, {"entitlement_or_plan", {}, {}},
                             {"places", {}, {}},        {"wallet_covers", {}, {}}};
constexpr Guard kToCorrect[] = {{"wallet_covers", {}, {}}};

constexpr std::string_view kLeft = "leave_list tell";
constexpr std::string_view kUndone = "give_back give_places_back promote_waiting tell";
constexpr std::string_view kSettled = "settle give_places_back promote_waiting tell";
constexpr std::string_view kDone = "capture_on_delivery give_places_back promote_waiting tell";
// What is moved leaves its place at the old time.
constexpr std::string_view kMoved = "take_places promote_waiting reserve tell";
constexpr std::string_view kProposed = "take_places promote_waiting tell";
constexpr std::string_view kCorrected = "reinstate tell";

constexpr Transition kTransitions[] = {
    {"", "request", "requested", kCustomer, kToAsk, "take_places reserve tell"},
    {"", "hold", "held", kHub, {}, "take_places reserve tell"},
    {"", "waitlist", "waitlisted", kHub, kToWait, "join_list tell"},
    {"", "refuse", "refused", kHub, {}, "tell"},

    // A place on the list takes nothing and costs nothing. To offer one and to accept it are two steps:
    // whoever asked months ago may have found another.
    {"waitlisted",
     "offer_place",
     "held",
     kProvider | kHub,
     kToOffer,
     "take_places leave_list tell",
     {},
     kCustomer},
    {"waitlisted", "refuse", "refused", kProvider | kPayer, {}, kLeft},
    {"waitlisted", "cancel", "cancelled_by_customer", kCustomer | kPayer, {}, kLeft},
    {"waitlisted", "cancel", "cancelled_by_provider", kProvider, {}, kLeft},
    {"waitlisted", "expire", "expired", kHub, {}, kLeft},

    // Held for whoever must still say yes: the customer, who is offered a place or another time; or the
    // payer, whose proof is missing. A payer's yes never confirms by itself: the provider is asked with it.
    {"held", "accept_place", "confirmed", kCustomer, kToAccept, "reserve capture_on_confirmation tell",
     kCustomer},
    {"held", "ask_provider", "requested", kHub, {}, "reserve tell", kCustomer},
    {"held", "hold", "held", kHub, {}, "reserve tell", kCustomer},
    {"held", "confirm", "confirmed", kProvider, kToConfirmHeld, "reserve capture_on_confirmation tell",
     kCustomer},
    {"held", "hold", "=", kProvider, kToPropose, kProposed, kCustomer},
    {"held", "reschedule", "=", kProvider, kToPropose, kProposed, kCustomer},
    {"held", "reschedule", "requested", kCustomer, kToMove, kMoved, kCustomer},
    {"held", "scheme_yes", "requested", kPayer, {}, "tell", kPayer},
    {"held", "scheme_no", "refused", kPayer, {}, kUndone, kPayer},

    {"requested", "confirm", "confirmed", kProvider, kToConfirm, "capture_on_confirmation tell"},
    {"requested", "hold", "held", kProvider, kToPropose, kProposed, {}, kCustomer},
    // The provider knows of no place: nobody else is offered it.
    {"requested", "waitlist", "waitlisted", kProvider, {}, "release give_places_back join_list tell"},
    {"requested", "reschedule", "=", kCustomer, kToMove, kMoved},
    // Whoever was there was expected: the confirmation comes late, or never.
    {"requested", "attend", "attended", kProvider, kToConfirm, kDone},

    // What is not confirmed yet can be left at no cost. The provider's cancellation is taken here too: it may
    // have overtaken the confirmation that it cancels.
    {"held requested", "refuse", "refused", kProvider | kPayer | kHub, {}, kUndone},
    {"held requested", "cancel", "cancelled_by_customer", kCustomer | kPayer, {}, kUndone},
    {"held requested confirmed", "cancel", "cancelled_by_provider", kProvider, {}, kUndone},
    {"held requested",
     "cancel_part",
     "=",
     kCustomer | kPayer | kProvider,
     {},
     "give_back give_part_back promote_waiting tell"},
    {"held requested", "expire", "expired", kHub, {}, kUndone},

    {"confirmed", "reschedule", "requested", kCustomer, kToMove, kMoved},
    {"confirmed", "reschedule", "held", kProvider, kToPropose, kProposed, {}, kCustomer},
    {"requested", "reschedule", "held", kProvider, kToPropose, kProposed, {}, kCustomer},
    {"confirmed", "cancel", "cancelled_by_customer", kCustomer | kPayer, {}, kSettled},
    {"confirmed", "cancel_part", "=", kCustomer | kPayer, {}, "settle give_part_back promote_waiting tell"},
    {"confirmed", "cancel_part", "=", kProvider, {}, "give_back give_part_back promote_waiting tell"},
    {"confirmed", "attend", "attended", kProvider, {}, kDone},
    {"confirmed", "attend_part", "=", kProvider, {}, "capture_on_delivery tell"},
    {"confirmed", "no_show", "no_show", kProvider, {}, kSettled},
    {"confirmed", "no_show_part", "=", kProvider, {}, "settle tell"},
    // When time is over, and where the last session of several has been recorded.
    {"held requested confirmed", "attend", "attended", kHub, {}, kDone},
    {"held requested confirmed", "no_show", "no_show", kHub, {}, "give_places_back promote_waiting tell"},

    // An absence can be corrected, an attendance is not taken back: so both end the same, whichever comes
    // first.
    {"no_show", "attend", "attended", kProvider, kToCorrect, kCorrected},
    {"no_show", "correct_part", "attended", kProvider, kToCorrect, kCorrected},
    {"confirmed attended", "correct_part", "=", kProvider, kToCorrect, kCorrected},
};

constexpr Timeout kTimeouts[] = {
    {"waitlisted", "expire", "wait_until", 0, 365 * kDay},
    {"waitlisted", "expire", "start", kDay},
    {"held", "expire", "accept_by", 0, 3 * kDay, kCustomer},
    {"held", "expire", "hold_until", 0, 2 * kDay, kPayer},
    {"held", "expire", "start", kDay},
    {"requested", "expire", "answer_by", 0, 5 * kDay},
    // A day behind the time itself, for answers that come with the files of the night.
    {"requested", "expire", "start", kDay},
    // Most agendas never say that somebody came: what nobody objected to was delivered.
    {"confirmed", "attend", "end", 30 * kDay},
};

// Open Booking API 1.0 (and AwaitingSellerConfirmation of its approval flow), FHIR R4 AppointmentStatus,
// schema.org ReservationStatusType, RFC 5545 STATUS of VEVENT.
constexpr std::string_view kOpenActive = "OpenActive", kFhir = "FHIR Appointment", kSchemaOrg = "schema.org",
                           kCalendar = "iCalendar";
constexpr NameElsewhere kElsewhere[] = {
    {"waitlisted", kFhir, "waitlist"},
    {"waitlisted", kSchemaOrg, "ReservationPending"},
    {"held", kOpenActive, "lease"},
    {"held", kFhir, "pending"},
    {"held", kSchemaOrg, "ReservationHold"},
    {"held", kCalendar, "TENTATIVE"},
    {"requested", kOpenActive, "AwaitingSellerConfirmation"},
    {"requested", kFhir, "pending"},
    {"requested", kSchemaOrg, "ReservationPending"},
    {"requested", kCalendar, "TENTATIVE"},
    {"confirmed", kOpenActive, "OrderItemConfirmed"},
    {"confirmed", kFhir, "booked"},
    {"confirmed", kSchemaOrg, "ReservationConfirmed"},
    {"confirmed", kCalendar, "CONFIRMED"},
    {"refused", kOpenActive, "SellerRejected"},
    {"refused", kFhir, "cancelled"},
    {"refused", kSchemaOrg, "ReservationCancelled"},
    {"refused", kCalendar, "CANCELLED"},
    {"expired", kFhir, "cancelled"},
    {"expired", kSchemaOrg, "ReservationCancelled"},
    {"expired", kCalendar, "CANCELLED"},
    {"cancelled_by_customer", kOpenActive, "CustomerCancelled"},
    {"cancelled_by_customer", kFhir, "cancelled"},
    {"cancelled_by_customer", kSchemaOrg, "ReservationCancelled"},
    {"cancelled_by_customer", kCalendar, "CANCELLED"},
    {"cancelled_by_provider", kOpenActive, "SellerCancelled"},
    {"cancelled_by_provider", kFhir, "cancelled"},
    {"cancelled_by_provider", kSchemaOrg, "ReservationCancelled"},
    {"cancelled_by_provider", kCalendar, "CANCELLED"},
    {"no_show", kOpenActive, "AttendeeAbsent"},
    {"no_show", kFhir, "noshow"},
    {"attended", kOpenActive, "AttendeeAttended"},
    {"attended", kFhir, "fulfilled"},
};

constexpr Machine kBooking{"booking",    {"Prenotazione", "Booking"},
                           kStates,      kEvents,
                           kGuards,      kEffects,
                           kTransitions, kTimeouts,
                           kElsewhere,   kKinds};

}  // namespace

const Machine& booking_machine() { return kBooking; }

}  // namespace raccordo::cases
