// SPDX-License-Identifier: EUPL-1.2
// Whether somebody keeps this machine's time.
#pragma once

#include "core/ports/diagnosis.hpp"

namespace raccordo {

// As the kernel was told by whoever keeps it (adjtimex(2), STA_UNSYNC). [any]
[[nodiscard]] Diagnosis examine_clock();

}  // namespace raccordo
