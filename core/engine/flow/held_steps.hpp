// SPDX-License-Identifier: EUPL-1.2
// Steps of cases that a delivery's plugin asked for with what it wrote: they are taken once the file has its
// name. Until then they are kept with the file's name, as text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/engine/cases/commands.hpp"

namespace raccordo {

struct HeldStep {
  CaseCommand command;
  std::string context;
  std::string place;  // of the event that it was asked for with
};

// JSON; empty for none.
[[nodiscard]] std::string text_of(const std::vector<HeldStep>& steps);
// None where it is no such text.
[[nodiscard]] std::vector<HeldStep> held_steps_in(std::string_view text);

// Whether a step says something about people: it would lie in the clear until it is taken.
[[nodiscard]] bool says_something_about_people(std::string_view command_json);

}  // namespace raccordo
