// SPDX-License-Identifier: EUPL-1.2
// ${NAME} and ${NAME:-default} in the scalars of a configuration. `$$` is a dollar sign; a default is taken
// as it is.
#pragma once

#include <string>
#include <string_view>

#include "core/ports/environment.hpp"

namespace raccordo {

// Errors: kNotFound (an unset variable without a default), kInvalid (no closing brace, no name).
// An empty variable counts as unset for the form with a default, as in a shell.
[[nodiscard]] Result<std::string> expand_variables(std::string_view text, const Environment& environment);

}  // namespace raccordo
