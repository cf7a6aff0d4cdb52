// SPDX-License-Identifier: EUPL-1.2
// Leaving parts of an XML file behind, in any size and without looking into them.
#pragma once

#include <string>
#include <string_view>

#include "core/framing/text_reader.hpp"

namespace raccordo {

// Everything up to and including `text`. False: it does not come.
[[nodiscard]] Result<bool> leave_until(TextReader& reader, std::string_view text);

// Everything up to the end tag of this name.
[[nodiscard]] Result<bool> leave_element(TextReader& reader, const std::string& name);

// Where the element at the start of `bytes` ends although something is wrong with it at `fault`, or npos.
[[nodiscard]] std::size_t behind_broken(std::string_view bytes, const std::string& name, std::size_t fault);

}  // namespace raccordo
