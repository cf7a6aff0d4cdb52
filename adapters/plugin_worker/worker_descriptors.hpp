// SPDX-License-Identifier: EUPL-1.2
// The descriptors that a worker inherits; 0 is empty, 1 and 2 lead to the hub's log, all others are closed.
#pragma once

namespace raccordo {

inline constexpr int kWorkerSocket = 3;
inline constexpr int kWorkerPage = 4;  // closed once it is mapped

}  // namespace raccordo
