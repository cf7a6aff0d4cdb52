// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/cases/enquiry.hpp"

namespace raccordo::cases {
namespace {

constexpr auto kCustomer = Party::kCustomer;
constexpr auto kProvider = Party::kProvider;
constexpr auto kHub = Party::kHub;
constexpr std::int64_t kDay = 86'400;

constexpr State kStates[] = {
    {"open", {"Aperta", "Open"}, kProvider},
    {"answered", {"Con risposta", "Answered"}, kCustomer},
    {"converted", {"Diventata prenotazione", "Turned into a booking"}, kHub, true},
    {"closed", {"Chiusa", "Closed"}, kHub, true},
};

constexpr Named kEvents[] = {
    {"open", {"Chiedere", "Ask"}},
    {"answer", {"Rispondere", "Answer"}},
    {"convert", {"Farne una prenotazione", "Turn into a booking"}},
    {"close", {"Chiudere", "Close"}},
};

constexpr Named kGuards[] = {
    {"revision",
     {"se il messaggio dice una revisione, è la presente",
      "where the message states a revision, it is the present one"}},
};

constexpr Named kEffects[] = {
    {"tell", {"dice a tutti lo stato", "tells everybody the state"}},
};

constexpr Guard kAsItStands[] = {{"revision", {}, {}}};

// An answer may be followed by another: what was said first stays in the history.
constexpr Transition kTransitions[] = {
    {"", "open", "open", kCustomer, {}, "tell"},
    {"open", "answer", "answered", kProvider, kAsItStands, "tell"},
    {"answered", "answer", "=", kProvider, kAsItStands, "tell"},
    // Together with the booking, which is not refused: else the enquiry stays where it is.
    {"open answered", "convert", "converted", kCustomer | kProvider, kAsItStands, "tell"},
    {"open answered", "close", "closed", kCustomer | kProvider | kHub, kAsItStands, "tell"},
};

constexpr Timeout kTimeouts[] = {
    {"open", "close", "answer_by", 0, 30 * kDay},
    {"answered", "close", "", 0, 30 * kDay},
};

constexpr Machine kEnquiry{
    "enquiry", {"Richiesta di informazioni", "Enquiry"}, kStates, kEvents, kGuards, kEffects, kTransitions,
    kTimeouts};

}  // namespace

const Machine& enquiry_machine() { return kEnquiry; }

}  // namespace raccordo::cases
