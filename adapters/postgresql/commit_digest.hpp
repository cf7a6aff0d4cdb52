// SPDX-License-Identifier: EUPL-1.2
// What a commit says, as one number: the same commit tried again is recognised.
#pragma once

#include "core/ports/store.hpp"

namespace raccordo::postgresql {

[[nodiscard]] Uuid digest_of(const SourceCommit& commit);
[[nodiscard]] Uuid digest_of(const SinkCommit& commit);

}  // namespace raccordo::postgresql
