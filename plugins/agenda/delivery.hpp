// SPDX-License-Identifier: EUPL-1.2
// Bookings into an agenda.
//
//   requested   automatic: what stands there is asked for first (REPORT); a time that is not free refuses the
//               booking. Then PUT of a new event, and its acceptance confirms it.
//   requested by hand, held   PUT of a new event, TENTATIVE
//   confirmed   GET, then PUT of it as it stands with what changed; where it is not there, of a new one
//   refused, expired, cancelled, waitlisted   GET, then PUT as CANCELLED, or DELETE
//
// A new event goes with If-None-Match: *, another with If-Match: a repetition changes nothing, and nobody's
// change in between is lost: the agenda says 412, and what it has now is asked for.
//
// The booking travels in the contexts: they stay in memory.
#pragma once

#include "plugins/agenda/options.hpp"

namespace agenda {

class Delivery {
 public:
  explicit Delivery(const Options& options) : options_(options) {}

  void on_event(const raccordo::Event& event, raccordo::Effects& effects) const;
  // False: it answers no request of a delivery.
  [[nodiscard]] bool on_response(const raccordo::Response& response, raccordo::Effects& effects) const;

 private:
  struct Under;  // a booking under way
  void look(const Under& under, raccordo::Effects& effects) const;
  void looked(Under under, const raccordo::Response& response, raccordo::Effects& effects) const;
  void create(const Under& under, raccordo::Effects& effects) const;
  void created(const Under& under, const raccordo::Response& response, raccordo::Effects& effects) const;
  void get(Under under, raccordo::Effects& effects) const;
  void got(const Under& under, const raccordo::Response& response, raccordo::Effects& effects) const;
  void change(const Under& under, const raccordo::Response& response, raccordo::Effects& effects) const;
  void changed(const Under& under, const raccordo::Response& response, raccordo::Effects& effects) const;
  void ended(const Under& under, raccordo::Effects& effects) const;
  [[nodiscard]] bool confirms(const Under& under) const;

  const Options& options_;
};

}  // namespace agenda
