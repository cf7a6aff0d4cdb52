// SPDX-License-Identifier: EUPL-1.2
// One poll of an agenda: what people did there to the hub's appointments becomes steps of bookings, what it
// offers becomes a service with its free times.
//
//   state     PROPFIND: has anything changed since the cursor? Can it say what?
//   list      REPORT: what changed (sync-collection); where it cannot say, all addresses and tags
//   changed   REPORT: the hub's own appointments among them, some at a time
//   offered   REPORT: everything in the days to come, where a service is published
//   done      PROPFIND: nothing of it is looked at
//
// The cursor is kept once all of it was read; until then everything is read again, and a step that was made
// already is answered as it was. It is kept by an answer of its own where the last page asked for steps: a
// page is parked where a step is refused, and what is parked keeps no cursor.
#pragma once

#include <set>
#include <string>

#include "plugins/agenda/options.hpp"

namespace agenda {

class AgendaReading {
 public:
  explicit AgendaReading(const Options& options) : options_(options) {}

  void on_tick(const raccordo::Tick& tick, raccordo::Effects& effects) const;
  void on_response(const raccordo::Response& response, raccordo::Effects& effects) const;

 private:
  struct Poll;
  void state(Poll poll, const raccordo::Response& response, raccordo::Effects& effects) const;
  void list(Poll poll, const raccordo::Response& response, raccordo::Effects& effects) const;
  [[nodiscard]] std::size_t cancel(const std::set<std::string>& gone, Poll& poll,
                                   raccordo::Effects& effects) const;
  void changed(Poll poll, const raccordo::Response& response, raccordo::Effects& effects) const;
  void offered(const Poll& poll, const raccordo::Response& response, raccordo::Effects& effects) const;
  void ask_list(const Poll& poll, raccordo::Effects& effects) const;
  void go_on(Poll poll, std::size_t steps, raccordo::Effects& effects) const;
  void publish(const std::vector<Span>& free, raccordo::Effects& effects) const;

  const Options& options_;
};

}  // namespace agenda
