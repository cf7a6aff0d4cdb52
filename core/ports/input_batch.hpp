// SPDX-License-Identifier: EUPL-1.2
// Inputs for one plugin instance, laid out so that framers fill them and a socket carries them without
// another copy: all fields' bytes in one buffer, all sizes in another.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace raccordo {

// The numbers of raccordo_input_kind.
enum class InputKind : std::uint32_t { kRecord = 1, kEvent, kRequest, kResponse, kOutcome, kTick };

// The numbers of raccordo_format.
enum class Format : std::uint32_t { kNone = 0, kCsv, kXlsx, kLines, kJson, kXml, kDocument };
[[nodiscard]] constexpr bool is_rows(Format format) {
  return format == Format::kCsv || format == Format::kXlsx;
}

// Where a record stood, for messages and for finding it again.
struct Place {
  std::uint64_t offset = 0;  // of its first byte in the file; for XLSX the row
  std::uint64_t line = 0;    // from 1; for XLSX the row
};

struct InputItem {
  InputKind kind = InputKind::kRecord;
  std::uint32_t first_field = 0;  // index into sizes
  std::uint32_t field_count = 0;
  std::uint64_t first_byte = 0;  // index into bytes
  std::uint64_t original = 0;    // index into originals
  std::uint32_t original_size = 0;
  Place place;
};

// The fields of an input, by kind:
//   record, rows:   one for each cell, as many as there are columns
//   record, others: the body
//   event:          topic, type, kind, id, source_id, partner_id, data, "1" when deleted
//   request:        method, path, query, body, then name and value of each header
//   response:       status, body, context, then name and value of each header
//   outcome:        "1" when accepted, revision, reason, data, context, then each command that is legal now
//   tick:           milliseconds since the epoch, cursor
struct InputBatch {
  // Shared by all records of the batch.
  Format format = Format::kNone;
  std::string file;                  // without its folder
  std::vector<std::string> columns;  // of rows

  std::vector<InputItem> items;
  std::vector<std::uint32_t> sizes;
  std::string bytes;
  std::string originals;  // records as they stood in the file, for parking; never sent to a plugin

  [[nodiscard]] std::size_t size() const { return items.size(); }
  [[nodiscard]] bool empty() const { return items.empty(); }

  // Building one input: begin, its fields, end. `original` is copied.
  void begin(InputKind kind, Place place);
  void field(std::string_view value) {
    bytes.append(value);
    sizes.push_back(static_cast<std::uint32_t>(value.size()));
  }
  void end(std::string_view original);

  // Appends input `i` of another batch, which then shares what its records share.
  void add(const InputBatch& from, std::size_t i);

  // Forgets the inputs, keeps memory and what is shared.
  void clear();

  [[nodiscard]] std::string_view original_of(const InputItem& item) const {
    return std::string_view(originals).substr(item.original, item.original_size);
  }
};

inline void InputBatch::begin(InputKind kind, Place place) {
  items.push_back(
      {kind, static_cast<std::uint32_t>(sizes.size()), 0, bytes.size(), originals.size(), 0, place});
}

inline void InputBatch::end(std::string_view original) {
  auto& item = items.back();
  item.field_count = static_cast<std::uint32_t>(sizes.size()) - item.first_field;
  item.original_size = static_cast<std::uint32_t>(original.size());
  originals.append(original);
}

inline void InputBatch::add(const InputBatch& from, std::size_t i) {
  format = from.format;
  file = from.file;
  columns = from.columns;
  const auto& item = from.items[i];
  begin(item.kind, item.place);
  std::string_view rest = std::string_view(from.bytes).substr(item.first_byte);
  for (std::uint32_t k = 0; k < item.field_count; ++k) {
    const auto size = from.sizes[item.first_field + k];
    field(rest.substr(0, size));
    rest.remove_prefix(size);
  }
  end(from.original_of(item));
}

inline void InputBatch::clear() {
  items.clear();
  sizes.clear();
  bytes.clear();
  originals.clear();
}

}  // namespace raccordo
