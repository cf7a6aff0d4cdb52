// SPDX-License-Identifier: EUPL-1.2
// A compiled mapping file: a flat list of operations for a small stack machine, and the tables that they
// point into. Immutable. Operations stand in the order of the canonical keys, so that running them writes
// sorted JSON.
#pragma once

#include <raccordo/abi.h>

#include <cstdint>
#include <string>
#include <vector>

#include "plugins/mapping/date.hpp"
#include "plugins/mapping/number.hpp"
#include "plugins/mapping/path.hpp"
#include "plugins/mapping/spaces.hpp"
#include "plugins/mapping/table.hpp"
#include "raccordo/model/schema.hpp"

namespace raccordo::mapping {

// a, b: see each. "The top" is the value on top of the stack. Jumps go forward, those of lists back as well.
enum class Do : std::uint8_t {
  // Put a value on the stack.
  kConstant,  // a: constant
  kColumn,    // a: column
  kPath,      // a: path
  kIdOf,      // a: entity

  // Change the top; an empty or unreadable value stays what it is.
  kTrim,        // mode: Trim
  kEmptyWords,  // a: table of words that mean nothing
  kNumber,      // a: number format; mode: NumberKind
  kDate,        // a: date formats; mode: Moment
  kTable,       // a: table; mode: 1 an `else` follows; b: where it goes on when that is not needed
  kJoin,        // a: how many values it takes; b: constant between them
  kId,          // a: how many parts it takes; b: which of them, from 1, is an id already; 0: none
  kKeepId,      // a: entity; the value stays

  // Jump to b.
  kJump,
  kIfFilled,      // when the top is not empty; else the top is dropped
  kSkipUnless,    // takes the top; unless it is filled
  kSkipUnlessIn,  // takes the top; a: table; unless it is in there
  kSkipIfIn,      // takes the top; a: table; if it is in there

  // Write.
  kEntity,     // a: entity: begins it
  kEmit,       // takes the top; a: field; mode: Presence
  kEmitReady,  // a: constant: a whole `"key":value,` that never changes
  kObject,     // a: field
  kObjectEnd,  // a: field; mode: Presence; b: 1 when all of it is constant
  kList,       // a: field
  kSplit,      // takes the top; a: constant, the separator; b: where the list ends. Begins its pieces
  kEach,       // a: path; b: where the list ends. Begins its values
  kNextPiece,  // puts the next piece of a split on the stack, or jumps to b
  kNextEach,   // puts the next value of a path on the stack, or jumps to b
  kItem,       // takes the top; a: field
  kListEnd,    // a: field; mode: Presence
  kEntityEnd,  // a: entity: states it, or asks for its step

  // A line of a file.
  kSkipUnlessOf,  // a: row: unless the event is of its kind, jumps to b
  kRow,           // a: row: begins it
  kCell,          // takes the top; a: field; mode: Presence
  kRowEnd,        // a: row: writes it
};

// What happens when a field stays empty or cannot be read.
enum class Presence : std::uint8_t {
  kOptional,  // empty: left out. Unreadable: left out with a finding
  kNeeded,    // by its object, which is then left out as a whole
  kRequired,  // the record is rejected
};

inline constexpr std::uint16_t kNoSource = 0xffff;

struct Op {
  Do what = Do::kJump;
  std::uint8_t mode = 0;
  std::uint16_t source = kNoSource;  // whose trouble it is, for messages: index into Program::sources
  std::uint32_t a = 0;
  std::uint32_t b = 0;
};

// A value as the machine holds it.
enum class Holds : std::uint8_t { kNothing, kText, kWhole, kDecimal, kBoolean, kUnreadable };

[[nodiscard]] constexpr bool filled(Holds holds) { return holds != Holds::kNothing; }
[[nodiscard]] constexpr bool readable(Holds holds) {
  return holds != Holds::kNothing && holds != Holds::kUnreadable;
}

struct Constant {
  Holds holds = Holds::kNothing;
  std::string text;
};

// A field as it is written.
struct OutField {
  std::string key;   // `"name":`
  std::string path;  // "service.address.city", for messages
  FieldType type = FieldType::kText;
};

struct OutEntity {
  std::string kind;
  std::string called;  // what the mapping file calls it
  std::string step;    // the command that it is; empty: an entity
};

// A file's line.
struct OutRow {
  std::string file;  // its name, a line break, the first line of the file
  std::string kind;  // of the events it is made of
  char separator = ';';
};

// A table's values are constants.
struct ValueTable {
  Table keys;
  std::string name;  // empty: written in place
};

// How the host is to cut the source.
struct InputForm {
  raccordo_format format = RACCORDO_FORMAT_NONE;
  std::string separator;
  std::string encoding;
  std::string sheet;
  std::string path;
  std::uint32_t header_row = 1;
  std::uint32_t header_rows = 1;
  bool events = false;  // what the hub tells: nothing is cut

  [[nodiscard]] bool rows() const { return format == RACCORDO_FORMAT_CSV || format == RACCORDO_FORMAT_XLSX; }
  [[nodiscard]] bool xml() const { return format == RACCORDO_FORMAT_XML; }
};

struct Program {
  InputForm input;
  std::vector<Op> ops;
  std::vector<std::string> columns;  // as the mapping names them
  std::vector<Path> paths;
  std::vector<Constant> constants;
  std::vector<NumberFormat> numbers;
  std::vector<DateFormats> dates;
  std::vector<ValueTable> tables;
  std::vector<OutField> fields;
  std::vector<OutEntity> entities;
  std::vector<OutRow> rows;
  std::vector<std::string> sources;  // columns and paths in the partner's words
};

inline constexpr std::size_t kMaxStack = 64;    // values at once
inline constexpr std::size_t kMaxObjects = 16;  // objects within objects

}  // namespace raccordo::mapping
