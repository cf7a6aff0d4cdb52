// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/memory.hpp"

#include <malloc.h>

namespace raccordo {

void share_heaps() { ::mallopt(M_ARENA_MAX, 4); }

void give_back_memory() { ::malloc_trim(0); }

}  // namespace raccordo
