// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "core/engine/config/reference.hpp"

namespace raccordo {

// Every command with its options, in both languages.
[[nodiscard]] ReferencePage commands_page();

}  // namespace raccordo
