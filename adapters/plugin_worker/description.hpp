// SPDX-License-Identifier: EUPL-1.2
// What a plugin says of itself, read from its static description and checked. Runs where the library is
// loaded.
#pragma once

#include <cstddef>
#include <string>

#include "core/ports/plugin_runner.hpp"
#include "raccordo/abi.h"

namespace raccordo {

// Errors: kInvalid, each with the path, what is wrong, what to do: another contract version, a short struct,
// missing functions, names or options that are not well-formed. [any]
[[nodiscard]] Result<PluginDescription> read_description(const std::string& path,
                                                         const raccordo_plugin* plugin);

// What version 0 begins with; later ones only append.
constexpr std::size_t kSmallestFraming =
    offsetof(raccordo_framing, header_rows) + sizeof(raccordo_framing::header_rows);

// How records are cut, as a plugin declares it, in a struct of that size at least. False when a value has no
// meaning.
[[nodiscard]] bool read_framing(const raccordo_framing& from, Framing& to);

// One line of JSON, keys as in the contract. [any]
[[nodiscard]] std::string to_json(const PluginDescription& description);

}  // namespace raccordo
