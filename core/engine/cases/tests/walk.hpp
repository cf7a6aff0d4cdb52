// SPDX-License-Identifier: EUPL-1.2
// Walks through every case that a machine allows: all messages by everybody, all that time does, whatever
// guards say.
#pragma once

#include <set>

#include "core/engine/cases/tests/imagined_case.hpp"

namespace raccordo::cases::testing {

struct Walked {
  std::set<std::string> cases;   // keys of all that were reached
  std::set<std::string> states;  // of the machine
  std::set<std::string> wrong;   // "confirmed by cancel: money stays reserved"
};

enum class Until { kAllSeen, kSomethingWrong };

[[nodiscard]] Walked walk(const Machine& machine, const Offered& offered, Until until = Until::kAllSeen);
// Over all that offers differ in.
[[nodiscard]] Walked walk_all(const Machine& machine);

}  // namespace raccordo::cases::testing
