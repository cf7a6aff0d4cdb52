// SPDX-License-Identifier: EUPL-1.2
// Whose wallet an event is about: only that partner's connectors are handed it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "raccordo/model/result.hpp"

namespace raccordo {

// Facts that name who is told of them, and nobody else is.
[[nodiscard]] bool is_owned(std::string_view kind);

// The `data` of such a fact for a connector of that partner, without the owner's name: JSON. None: it is
// another's, or nobody's. Errors: kInvalid: it is no wallet's data. [any]
[[nodiscard]] Result<std::optional<std::string>> owned_by(const std::string& partner, std::string_view data);

}  // namespace raccordo
