// SPDX-License-Identifier: EUPL-1.2
// Misspelt keys of a mapping file. One slip is one finding: the key counts as the name that the finding
// suggests, so that nothing else says this name is missing, and what stands below it is looked at too.
#pragma once

#include <span>
#include <string_view>

#include "plugins/mapping/mapping_file.hpp"
#include "raccordo/model/schema.hpp"

namespace raccordo::mapping {

// A map as it was meant. Each key that is not `known` is told once; it becomes the nearest known name if this
// is not written, and falls away otherwise: what comes back holds known keys only.
[[nodiscard]] Node spelt(const Node& map, std::span<const std::string_view> known, Label where,
                         Findings& findings);

// The same for the fields of an entity or of an object, `path` in messages. `words`: what else may stand
// there.
[[nodiscard]] Node spelt_fields(const Schema& schema, std::string_view path,
                                std::span<const std::string_view> words, const Node& map, Findings& findings);

}  // namespace raccordo::mapping
