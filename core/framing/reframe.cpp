// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/context.hpp"
#include "core/framing/csv_faults.hpp"
#include "core/framing/document_framer.hpp"
#include "core/framing/framer.hpp"
#include "core/framing/json_value.hpp"
#include "core/framing/text_reader.hpp"
#include "core/framing/xml_element.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo {
namespace {

// The record that is put through again.
struct Parked {
  std::string_view original;
  std::string_view file;
  Place place;
  const FramingLimits& limits;
};

Error still_malformed(const Parked& parked) {
  return error(ErrorCode::kInvalid,
               say("{}:{}: il record è ancora malformato", "{}:{}: the record is still malformed",
                   parked.file, parked.place.line));
}

Error faulty(const Parked& parked, const Fault& fault) {
  return error(ErrorCode::kInvalid,
               Text{fmt::format("{}:{}: {}", parked.file, parked.place.line, fault.why.it),
                    fmt::format("{}:{}: {}", parked.file, parked.place.line, fault.why.en)});
}

Status share(const Context& context, std::string_view file, InputBatch& batch) {
  if (batch.empty()) {
    batch.format = context.format;
    batch.file = file;
    batch.columns = context.columns;
    return done();
  }
  if (batch.format == context.format && batch.file == file && batch.columns == context.columns) return done();
  return error(ErrorCode::kInvalid, say("record di file diversi non stanno nello stesso gruppo",
                                        "records of different files do not share a batch"));
}

// Of a workbook, whose rows are kept as lines of our own, only the characters are looked at.
std::optional<Fault> fault_of(const CsvCut& cut, const Context& context, const Parked& parked) {
  FoundEncoding encoding{context.encoding};
  encoding.has_nul = context.format == Format::kCsv;
  const std::size_t max_bytes =
      context.format == Format::kCsv ? parked.limits.max_record_bytes : parked.original.size();
  return fault_of_row(cut, parked.original, encoding, {max_bytes, context.columns.size()});
}

Status reframe_row(const Context& context, const Parked& parked, InputBatch& batch) {
  const CsvDialect dialect{context.separator, context.line_break, context.encoding};
  const std::size_t columns = context.columns.size();
  std::string bytes;
  std::vector<std::uint32_t> sizes;
  if (parked.original.empty() || columns == 0) return still_malformed(parked);
  // With a line break behind it, as it stood: without one, a carriage return in its last cell would pass for
  // one.
  std::string line(parked.original);
  line += context.line_break == '\n' ? "\r\n" : "\r";
  const auto cut =
      cut_csv_record(line, true, dialect, {columns, columns + parked.limits.max_columns}, {bytes, sizes});
  if (cut.end != CsvEnd::kRecord || cut.text_size != parked.original.size()) return still_malformed(parked);
  if (const auto fault = fault_of(cut, context, parked)) return faulty(parked, *fault);
  sizes.resize(columns, 0);
  batch.begin(InputKind::kRecord, parked.place);
  std::string_view rest = bytes;
  for (const auto size : sizes) {
    batch.field(rest.substr(0, size));
    rest.remove_prefix(size);
  }
  batch.end(parked.original);
  return done();
}

// Of a body: JSON or an XML element.
std::optional<Fault> fault_of(const Context& context, const Parked& parked) {
  if (parked.original.size() > parked.limits.max_record_bytes)
    return too_large(parked.limits.max_record_bytes);
  if (context.encoding == Encoding::kUtf8 && !json::is_utf8(parked.original))
    return not_utf8(parked.original);
  return std::nullopt;
}

Status reframe_json(const Context& context, const Parked& parked, InputBatch& batch) {
  if (const auto fault = fault_of(context, parked)) return faulty(parked, *fault);
  JsonValue value(parked.limits.max_depth);
  const auto cut = value.cut(parked.original, true);
  if (cut.end != CutEnd::kWhole || cut.size != parked.original.size()) return still_malformed(parked);
  add_body(parked.original, context.encoding, parked.place, batch);
  return done();
}

Status reframe_element(const Context& context, const Parked& parked, InputBatch& batch) {
  if (const auto fault = fault_of(context, parked)) return faulty(parked, *fault);
  XmlElement element(parked.limits);
  if (parked.original.empty() || parked.original.front() != '<') return still_malformed(parked);
  const auto cut = element.cut(parked.original, true, 0);
  if (cut.end != CutEnd::kWhole || cut.size != parked.original.size()) return still_malformed(parked);
  add_body(parked.original, context.encoding, parked.place, batch);
  return done();
}

Status reframe_document(const Context& context, const Parked& parked, InputBatch& batch) {
  if (parked.original.empty()) return still_malformed(parked);
  if (const auto fault = fault_of_document(parked.original, {context.encoding}, parked.limits))
    return faulty(parked, *fault);
  batch.begin(InputKind::kRecord, parked.place);
  batch.field(document_text(parked.original, context.encoding));
  batch.end(parked.original);
  return done();
}

}  // namespace

Status reframe(std::string_view context, std::string_view original, std::string_view file, Place place,
               InputBatch& batch, const FramingLimits& limits) {
  RACCORDO_TRY(const Context known, read_context(context));
  RACCORDO_CHECK(share(known, file, batch));
  const Parked parked{original, file, place, limits};
  switch (known.format) {
    case Format::kLines:
    case Format::kJson:
      return reframe_json(known, parked, batch);
    case Format::kXml:
      return reframe_element(known, parked, batch);
    case Format::kDocument:
      return reframe_document(known, parked, batch);
    default:
      break;
  }
  return reframe_row(known, parked, batch);
}

}  // namespace raccordo
