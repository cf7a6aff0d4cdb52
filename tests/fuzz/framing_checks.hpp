// SPDX-License-Identifier: EUPL-1.2
// What holds for every framer and any file.
#pragma once

#include "core/ports/plugin_runner.hpp"

#include <string>

namespace raccordo::fuzz {

// Reads the file whole, in small pieces, from a mark on; frames every record again. Throws Broken.
void check_framing(const Framing& framing, const std::string& file);

}  // namespace raccordo::fuzz
