// SPDX-License-Identifier: EUPL-1.2
// What framers of formats whose records do not end with lines do alike: they stand at a place of one text.
#pragma once

#include "core/framing/record_framer.hpp"
#include "core/framing/text_reader.hpp"

namespace raccordo {

class TextFramer : public RecordFramer {
 public:
  Mark mark() const final { return {reader_.place().offset, reader_.spot().line, records(), 0}; }
  std::uint64_t position() const final { return reader_.place().offset; }
  std::string context() const final;
  std::vector<FramingFinding> findings() const final;

 protected:
  TextFramer(Format format, const ByteFile& file, const FoundEncoding& encoding, const FramingLimits& limits)
      : RecordFramer(format, file.name(), limits), reader_(file, encoding) {}

  [[nodiscard]] virtual bool ended() const = 0;

  TextReader reader_;
};

}  // namespace raccordo
