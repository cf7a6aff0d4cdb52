// SPDX-License-Identifier: EUPL-1.2
// Words for a plugin that is not taken: its path, what is wrong, what to do.
#pragma once

#include <string_view>

#include "raccordo/model/result.hpp"

namespace raccordo {

[[nodiscard]] inline Error refused(std::string_view path, const Text& what, Text hint,
                                   ErrorCode code = ErrorCode::kInvalid) {
  return error(code,
               {fmt::format("plugin {} rifiutato: {}", path, what.it),
                fmt::format("plugin {} refused: {}", path, what.en)},
               std::move(hint));
}

}  // namespace raccordo
