// SPDX-License-Identifier: EUPL-1.2
// The words of a step that is not made.
#pragma once

#include "core/engine/cases/rules.hpp"

namespace raccordo::cases {

[[nodiscard]] Text why_not(const Machine& machine, const Standing& standing, Verdict verdict,
                           std::string_view event, Party by);
[[nodiscard]] Text what_instead(const Machine& machine, const Answer& answer, std::string_view event);

}  // namespace raccordo::cases
