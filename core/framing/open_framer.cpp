// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/csv_framer.hpp"

namespace raccordo {

Result<std::unique_ptr<Framer>> open_framer(const Framing& framing, const ByteFile& file,
                                            const FramingLimits& limits) {
  switch (framing.format) {
    case Format::kCsv:
      return CsvFramer::open(framing, file, limits);
    default:
      break;
  }
  return error(ErrorCode::kInvalid, say("questo formato non si può leggere", "this format cannot be read"));
}

}  // namespace raccordo
