// SPDX-License-Identifier: EUPL-1.2
// The contract's strings and lists as views. What comes from a plugin may be NULL where it must not be.
#pragma once

#include <string_view>

#include "raccordo/abi.h"

namespace raccordo {

[[nodiscard]] inline bool sound(raccordo_bytes bytes) { return bytes.data != nullptr || bytes.size == 0; }

[[nodiscard]] inline std::string_view view(raccordo_bytes bytes) {
  return bytes.data == nullptr ? std::string_view{} : std::string_view(bytes.data, bytes.size);
}

[[nodiscard]] inline raccordo_bytes borrow(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace raccordo
