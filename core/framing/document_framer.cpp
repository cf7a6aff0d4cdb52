// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/document_framer.hpp"

#include <algorithm>

#include "core/framing/context.hpp"
#include "core/framing/xml_encoding.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo {
namespace {

bool is_binary(std::string_view bytes, Encoding encoding) {
  return !is_utf16(encoding) && bytes.find('\0') != bytes.npos;
}

std::string_view without_mark(std::string_view bytes) {
  for (const std::string_view mark : {"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"})
    if (bytes.starts_with(mark)) return bytes.substr(mark.size());
  return bytes;
}

}  // namespace

std::string document_text(std::string_view bytes, Encoding encoding) {
  if (is_binary(bytes, encoding)) return std::string(bytes);
  bytes = without_mark(bytes);
  std::string text;
  if (is_single_byte(encoding)) {
    append_as_utf8(bytes, encoding, text);
  } else if (is_utf16(encoding)) {
    Utf16Reader reader(encoding == Encoding::kUtf16Be);
    reader.append(bytes, text);
    reader.finish(text);
  } else {
    text = bytes;
  }
  return text;
}

std::optional<Fault> fault_of_document(std::string_view bytes, const FoundEncoding& encoding,
                                       const FramingLimits& limits) {
  if (bytes.size() > limits.max_document_bytes)
    return Fault{"document_too_large",
                 say("il documento supera {} byte", "the document is larger than {} bytes",
                     limits.max_document_bytes)};
  if (bytes.find_first_not_of('\0') == bytes.npos) return nul_byte(bytes, encoding);
  if (encoding.encoding == Encoding::kUtf8 && !is_binary(bytes, encoding.encoding) && !json::is_utf8(bytes))
    return not_utf8(bytes);
  return std::nullopt;
}

Result<std::unique_ptr<Framer>> DocumentFramer::open(const Framing& framing, const ByteFile& file,
                                                     const FramingLimits& limits) {
  std::string unknown;
  RACCORDO_TRY(FoundEncoding encoding, find_xml_encoding(file, framing.encoding, unknown));
  const bool told = !framing.encoding.empty() || encoding.encoding != Encoding::kUtf8;
  if (!told) {
    RACCORDO_TRY(encoding, find_encoding(file, {}));
  }
  std::unique_ptr<DocumentFramer> framer(new DocumentFramer(file, encoding, limits));
  framer->told_ = told;
  return std::unique_ptr<Framer>(std::move(framer));
}

Result<bool> DocumentFramer::next(InputBatch& batch, std::vector<Malformed>& malformed) {
  if (ended_ || file_.size() == 0) return false;
  std::string bytes;
  for (std::size_t size = 0, got = 1; got != 0 && size <= limits_.max_document_bytes; size += got) {
    bytes.resize(std::max<std::size_t>(64u << 10, size * 2));
    RACCORDO_TRY(got, file_.read_at(size, std::span(bytes).subspan(size)));
    bytes.resize(size + got);
  }
  ended_ = true;
  if (const auto fault = fault_of_document(bytes, encoding_, limits_)) {
    const bool whole = bytes.size() <= limits_.max_document_bytes;
    malformed.push_back(malformed_at({0, 1}, spot_of(bytes, fault->at, {1, 1}, encoding_.encoding), *fault,
                                     bytes, whole, limits_));
    return true;
  }
  batch.begin(InputKind::kRecord, {0, 1});
  batch.field(document_text(bytes, encoding_.encoding));
  batch.end(bytes);
  return true;
}

std::string DocumentFramer::context() const {
  Context context{Format::kDocument, encoding_.encoding};
  return write_context(context);
}

std::vector<FramingFinding> DocumentFramer::findings() const {
  std::vector<FramingFinding> found;
  if (file_.size() == 0) found.push_back({"empty_file", say("il file è vuoto", "the file is empty")});
  if (encoding_.guessed && !told_) found.push_back(encoding_guessed());
  return found;
}

}  // namespace raccordo
