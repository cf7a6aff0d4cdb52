// SPDX-License-Identifier: EUPL-1.2
// A store in which what partners sent stands sealed: originals of parked records, how they came (a call's
// address may name somebody), words about them, which may quote a value, and what partners answered to
// requests of which more is to come. Whoever asks sees them opened. What an older hub kept in the clear is
// given back as it is.
#pragma once

#include <memory>

#include "core/ports/seals.hpp"
#include "core/ports/store.hpp"

namespace raccordo {

// `seals` outlives it. What does not open, because its key is missing or it was altered, stays sealed: an
// original has its `alg` then and cannot be put through again, and words say that they are sealed; a
// request whose answer does not open is not among those that were accepted: it is made again, as it was.
[[nodiscard]] std::unique_ptr<Store> sealing_store(std::unique_ptr<Store> inner, const Seals& seals);

}  // namespace raccordo
