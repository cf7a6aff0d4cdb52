// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/framing/record_framer.hpp"
#include "core/framing/text_encoding.hpp"

namespace raccordo {

// The whole file as one record, up to a size. Text becomes UTF-8 without byte order mark; an XML declaration
// is believed. A file with zero bytes and no UTF-16 mark is no text: it is handed on as it is.
class DocumentFramer final : public RecordFramer {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Framer>> open(const Framing& framing, const ByteFile& file,
                                                            const FramingLimits& limits);
  Mark mark() const override { return {position(), 1, records(), 0}; }
  std::string context() const override;
  std::uint64_t position() const override { return ended_ ? file_.size() : 0; }
  std::vector<FramingFinding> findings() const override;

 protected:
  Result<bool> next(InputBatch& batch, std::vector<Malformed>& malformed) override;

 private:
  DocumentFramer(const ByteFile& file, const FoundEncoding& encoding, const FramingLimits& limits)
      : RecordFramer(Format::kDocument, file.name(), limits), file_(file), encoding_(encoding) {}

  const ByteFile& file_;
  FoundEncoding encoding_;
  bool told_ = false;  // the encoding was given or declared
  bool ended_ = false;
};

// What keeps a file from being a document: the same for one that is read and for a parked one that is put
// through again.
[[nodiscard]] std::optional<Fault> fault_of_document(std::string_view bytes, const FoundEncoding& encoding,
                                                     const FramingLimits& limits);

// A document's bytes as text. `binary` ones stay as they are.
[[nodiscard]] std::string document_text(std::string_view bytes, Encoding encoding);

}  // namespace raccordo
