// SPDX-License-Identifier: EUPL-1.2
// A cooperative's agenda over CalDAV: README.md.
#include <raccordo/sdk.hpp>

#include "plugins/agenda/delivery.hpp"
#include "plugins/agenda/options.hpp"
#include "plugins/agenda/reading.hpp"

namespace agenda {
namespace {

using namespace raccordo;

class Agenda {
 public:
  explicit Agenda(Options options) : options_(std::move(options)) {}

  void on_event(const Event& event, Effects& effects) const { Delivery(options_).on_event(event, effects); }
  void on_tick(const Tick& tick, Effects& effects) const { AgendaReading(options_).on_tick(tick, effects); }
  void on_response(const Response& response, Effects& effects) const {
    if (!Delivery(options_).on_response(response, effects))
      AgendaReading(options_).on_response(response, effects);
  }

 private:
  Options options_;
};

}  // namespace
}  // namespace agenda

RACCORDO_PLUGIN(agenda::Agenda, name("agenda")
                                    .version("0.1.0")
                                    .licence("EUPL-1.2")
                                    .summary("Agende CalDAV di chi eroga: ore libere, prenotazioni, disdette",
                                             "Providers' CalDAV agendas: free times, bookings, cancellations")
                                    .publishes<Service, Offer, Capacity>()
                                    .subscribes("booking")
                                    .commands("booking.confirm.v1", "booking.refuse.v1", "booking.cancel.v1",
                                              "booking.reschedule.v1")
                                    .sees("identity", "contact")
                                    .options(agenda::kOptions))
