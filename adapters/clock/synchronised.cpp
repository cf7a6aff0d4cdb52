// SPDX-License-Identifier: EUPL-1.2
#include "adapters/clock/synchronised.hpp"

#include <sys/timex.h>

namespace raccordo {

Diagnosis examine_clock() {
  timex asked{};
  if (::adjtimex(&asked) >= 0 && (asked.status & STA_UNSYNC) == 0)
    return {Health::kGood, say("l'ora è regolata dalla rete", "the time is kept by the network"), {}};
  return {Health::kDoubtful,
          say("nessuno regola l'ora di questa macchina", "nobody keeps the time of this machine"),
          say("attivare NTP, per esempio: timedatectl set-ntp true",
              "switch NTP on, for example: timedatectl set-ntp true")};
}

}  // namespace raccordo
