// SPDX-License-Identifier: Apache-2.0
// The code lists of config/codes, compiled in. Lists are sorted by name, codes by code.
#pragma once

#include <span>
#include <string_view>

#include "raccordo/model/schema.hpp"

namespace raccordo::generated {

struct CodeList {
  std::string_view name;
  std::span<const Code> codes;
};

[[nodiscard]] std::span<const CodeList> code_lists();

}  // namespace raccordo::generated
