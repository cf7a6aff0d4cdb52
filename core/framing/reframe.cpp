// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/context.hpp"
#include "core/framing/csv_record.hpp"
#include "core/framing/document_framer.hpp"
#include "core/framing/framer.hpp"
#include "core/framing/json_value.hpp"
#include "core/framing/text_reader.hpp"
#include "core/framing/xml_element.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo {
namespace {

Error still_malformed(std::string_view file, Place place) {
  return error(ErrorCode::kInvalid, say("{}:{}: il record è ancora malformato",
                                        "{}:{}: the record is still malformed", file, place.line));
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

Status reframe_row(const Context& context, std::string_view original, std::string_view file, Place place,
                   InputBatch& batch) {
  const CsvDialect dialect{context.separator, context.line_break, context.encoding};
  const std::size_t columns = context.columns.size();
  std::string bytes;
  std::vector<std::uint32_t> sizes;
  if (original.empty()) return still_malformed(file, place);
  // With a line break behind it, as it stood: without one, a carriage return in its last cell would pass for
  // one.
  std::string line(original);
  line += context.line_break == '\n' ? "\r\n" : "\r";
  const auto cut = cut_csv_record(line, true, dialect, {columns, columns + 4096}, {bytes, sizes});
  if (cut.end != CsvEnd::kRecord || cut.surplus != 0 || cut.text_size != original.size())
    return still_malformed(file, place);
  sizes.resize(columns, 0);
  batch.begin(InputKind::kRecord, place);
  std::string_view rest = bytes;
  for (const auto size : sizes) {
    batch.field(rest.substr(0, size));
    rest.remove_prefix(size);
  }
  batch.end(original);
  return done();
}

Status reframe_json(const Context& context, std::string_view original, std::string_view file, Place place,
                    InputBatch& batch) {
  JsonValue value(FramingLimits{}.max_depth);
  const auto cut = value.cut(original, true);
  const bool text = context.encoding != Encoding::kUtf8 || json::is_utf8(original);
  if (cut.end != CutEnd::kWhole || cut.size != original.size() || !text) return still_malformed(file, place);
  add_body(original, context.encoding, place, batch);
  return done();
}

Status reframe_element(const Context& context, std::string_view original, std::string_view file, Place place,
                       InputBatch& batch) {
  XmlElement element({});
  const bool text = context.encoding != Encoding::kUtf8 || json::is_utf8(original);
  if (original.empty() || original.front() != '<' || !text) return still_malformed(file, place);
  const auto cut = element.cut(original, true, 0);
  if (cut.end != CutEnd::kWhole || cut.size != original.size()) return still_malformed(file, place);
  add_body(original, context.encoding, place, batch);
  return done();
}

Status reframe_document(const Context& context, std::string_view original, std::string_view file, Place place,
                        InputBatch& batch) {
  if (original.empty()) return still_malformed(file, place);
  batch.begin(InputKind::kRecord, place);
  batch.field(document_text(original, context.encoding));
  batch.end(original);
  return done();
}

}  // namespace

Status reframe(std::string_view context, std::string_view original, std::string_view file, Place place,
               InputBatch& batch) {
  RACCORDO_TRY(const Context known, read_context(context));
  RACCORDO_CHECK(share(known, file, batch));
  switch (known.format) {
    case Format::kCsv:
      return reframe_row(known, original, file, place, batch);
    case Format::kLines:
    case Format::kJson:
      return reframe_json(known, original, file, place, batch);
    case Format::kXml:
      return reframe_element(known, original, file, place, batch);
    case Format::kDocument:
      return reframe_document(known, original, file, place, batch);
    default:
      break;
  }
  return reframe_row(known, original, file, place, batch);
}

}  // namespace raccordo
