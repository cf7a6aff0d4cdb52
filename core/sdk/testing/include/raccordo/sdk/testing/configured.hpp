// SPDX-License-Identifier: Apache-2.0
// Options as a configuration writes them, in the form that the contract hands to a plugin.
#pragma once

#include <raccordo/abi.h>

#include <optional>
#include <string>
#include <string_view>

#include "raccordo/sdk/testing/sample.hpp"

namespace raccordo {
inline namespace sdk {

// "30s" is 30000, "64MiB" 67108864, for durations and sizes; other types stay as they are. Empty when
// unreadable.
[[nodiscard]] std::optional<std::string> contract_form(std::uint32_t type, std::string_view written);

// What was given, and the defaults of what was not. What cannot be read goes on as it was written.
[[nodiscard]] Pairs configured(const raccordo_plugin& plugin, const Pairs& given);

}  // namespace sdk
}  // namespace raccordo
