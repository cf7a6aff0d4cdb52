// SPDX-License-Identifier: EUPL-1.2
// CSV read from memory.
#pragma once

#include "core/framing/tests/string_file.hpp"

namespace raccordo {

using Row = std::vector<std::string>;

inline Framing csv() {
  Framing framing;
  framing.format = Format::kCsv;
  return framing;
}

inline Yield read_csv(std::string bytes, const Framing& framing = csv(), const FramingLimits& limits = {}) {
  return read_all(framing, StringFile(std::move(bytes)), limits);
}

}  // namespace raccordo
