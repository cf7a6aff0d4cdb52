// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/csv_framer.hpp"
#include "core/framing/document_framer.hpp"
#include "core/framing/json_framer.hpp"
#include "core/framing/lines_framer.hpp"
#include "core/framing/xlsx_framer.hpp"
#include "core/framing/xml_framer.hpp"

namespace raccordo {

Result<std::unique_ptr<Framer>> open_framer(const Framing& framing, const ByteFile& file,
                                            const FramingLimits& limits) {
  if (framing.format == Format::kCsv) return CsvFramer::open(framing, file, limits);
  if (framing.format == Format::kLines) return LinesFramer::open(framing, file, limits);
  if (framing.format == Format::kJson) return JsonFramer::open(framing, file, limits);
  if (framing.format == Format::kXml) return XmlFramer::open(framing, file, limits);
  if (framing.format == Format::kXlsx) return XlsxFramer::open(framing, file, limits);
  if (framing.format == Format::kDocument) return DocumentFramer::open(framing, file, limits);
  return error(ErrorCode::kInvalid, say("nessun formato da leggere", "no format to read"));
}

}  // namespace raccordo
