// SPDX-License-Identifier: EUPL-1.2
// Lets go, once a day, of messages that later ones made superfluous: reading all of the log costs more than
// what a day adds to it.
#pragma once

#include <stop_token>

#include "core/engine/flow/flow_parts.hpp"

namespace raccordo {

class Tidying {
 public:
  // Borrowed parts. `keep_deleted`: how long a deletion is remembered.
  Tidying(FlowParts parts, Language language, Duration keep_deleted)
      : parts_(parts), language_(language), keep_deleted_(keep_deleted) {}

  // Tidies when a day has passed since it was done, by this process or another. Errors: those of the ports;
  // it is due still. [any, one at a time]
  [[nodiscard]] Status when_due();

  // Does so until it is asked to stop; what fails is said in the log and tried again at the next look. For a
  // thread of its own: a log that grew long takes a while.
  void run(const std::stop_token& stop);

 private:
  FlowParts parts_;
  Language language_;
  Duration keep_deleted_;
};

}  // namespace raccordo
