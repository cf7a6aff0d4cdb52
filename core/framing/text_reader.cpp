// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/text_reader.hpp"

namespace raccordo {

void TextReader::consume(std::size_t bytes) {
  if (places_ == kPlaces) spot_ = spot_at(bytes);
  window_.consume(bytes);
}

Status TextReader::ensure(std::size_t bytes) {
  while (unread().size() < bytes && !at_end()) RACCORDO_CHECK(more());
  return done();
}

Result<char> TextReader::skip_blanks() {
  for (;;) {
    const auto bytes = unread();
    std::size_t size = 0;
    while (size < bytes.size() && is_blank(bytes[size])) ++size;
    const bool found = size < bytes.size();
    const char next = found ? bytes[size] : '\0';
    consume(size);
    if (found || at_end()) return next;
    RACCORDO_CHECK(more());
  }
}

void add_body(std::string_view record, Encoding encoding, Place place, InputBatch& batch) {
  batch.begin(InputKind::kRecord, place);
  if (is_single_byte(encoding)) {
    const std::size_t before = batch.bytes.size();
    append_as_utf8(record, encoding, batch.bytes);
    batch.sizes.push_back(static_cast<std::uint32_t>(batch.bytes.size() - before));
  } else {
    batch.field(record);
  }
  batch.end(record);
}

}  // namespace raccordo
