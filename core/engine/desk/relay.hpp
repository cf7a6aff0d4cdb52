// SPDX-License-Identifier: EUPL-1.2
// What cases have to tell, told to the backbone in its order. Told twice it is the same event.
#pragma once

#include "core/ports/backbone.hpp"
#include "core/ports/case_store.hpp"

namespace raccordo::cases {

// Tells some of what is left. How many; none: nothing was. [relay] Errors: those of store and backbone: what
// was not told stays.
[[nodiscard]] Result<std::size_t> relay(CaseStore& store, Backbone& backbone,
                                        const CaseStore::Fence& fence = {});

}  // namespace raccordo::cases
