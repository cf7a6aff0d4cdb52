// SPDX-License-Identifier: EUPL-1.2
#pragma once

namespace raccordo {

// Many threads share a few heaps: what one frees another takes. Before there are any.
void share_heaps();

// Gives back to the system what was freed. [any]
void give_back_memory();

}  // namespace raccordo
