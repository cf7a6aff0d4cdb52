// SPDX-License-Identifier: EUPL-1.2
// Words for a plugin that is not taken: its path, what is wrong, what to do. And for one that is not waited
// for.
#pragma once

#include <string_view>

#include "core/ports/plugin_runner.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo {

[[nodiscard]] inline Error refused(std::string_view path, const Text& what, Text hint,
                                   ErrorCode code = ErrorCode::kInvalid) {
  return error(code,
               {fmt::format("plugin {} rifiutato: {}", path, what.it),
                fmt::format("plugin {} refused: {}", path, what.en)},
               std::move(hint));
}

[[nodiscard]] inline Error told_to_stop(const RunSpec& spec) {
  return error(
      ErrorCode::kUnavailable,
      say("{}: il plugin {} non aveva ancora risposto quando si è chiesto di fermarsi",
          "{}: plugin {} had not answered yet when it was asked to stop", spec.connector, spec.plugin->name));
}

}  // namespace raccordo
