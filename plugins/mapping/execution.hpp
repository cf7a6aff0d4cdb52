// SPDX-License-Identifier: EUPL-1.2
// Runs a program over records. All memory is reused from record to record; nothing of one is seen by the
// next.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/mapping/arena.hpp"
#include "plugins/mapping/body.hpp"
#include "plugins/mapping/columns.hpp"
#include "plugins/mapping/program.hpp"
#include "plugins/mapping/statements.hpp"

namespace raccordo::mapping {

// One record: a row, or a body.
struct Record {
  Strings columns;
  Strings cells;
  std::string_view body;
  std::string_view kind = {};  // of an event
};

// One owner, one thread at a time. [instance]
class Execution {
 public:
  explicit Execution(Program program);
  Execution(const Execution&) = delete;
  Execution& operator=(const Execution&) = delete;

  // Everything the record makes, or one rejection and whatever was stated before it: the host takes all or
  // nothing.
  void run(const Record& record, Statements& statements);

  [[nodiscard]] const Program& program() const { return program_; }

 private:
  // Why a value could not be read.
  enum class Trouble : std::uint8_t {
    kNone,
    kNotANumber,
    kNotWhole,
    kTooLarge,
    kNotADate,
    kNotInTable,
    kNotAValue,
    kEmptyPart,
    kNeedsNumber
  };

  struct Value {
    std::string_view text;
    Holds holds = Holds::kNothing;
    std::uint16_t source = kNoSource;
  };

  struct Failure {
    Trouble trouble = Trouble::kNone;
    std::uint32_t table = 0;  // what was to be done: index into numbers, dates or tables
    std::uint8_t mode = 0;
    std::uint16_t source = kNoSource;
    std::string_view value;
  };

  // An object that is being written.
  struct Open {
    std::size_t begin = 0;  // where it began in the output
    bool seen = false;      // something in it came from the record
    bool dropped = false;   // a part that it cannot be without is missing
  };

  [[nodiscard]] bool open(const Record& record, Statements& statements);
  void reject_missing_column(Statements& statements);
  // False: the record was rejected.
  bool execute(const Record& record, Statements& statements);

  [[nodiscard]] Value& top() { return stack_[depth_ - 1]; }
  void push(Value value) { stack_[depth_++] = value; }
  Value pop() { return stack_[--depth_]; }

  [[nodiscard]] static Value text_value(std::string_view text, std::uint16_t source);
  [[nodiscard]] Value piece_value(const Piece& piece, std::uint16_t source);
  void fail(Trouble trouble, const Op& op);

  void trim_top(const Op& op);
  void number(const Op& op);
  void date(const Op& op);
  [[nodiscard]] bool table(const Op& op);
  void join(const Op& op);
  void make_id(const Op& op);
  [[nodiscard]] bool skips(const Op& op, const Value& value) const;
  void begin_split(const Op& op);
  [[nodiscard]] bool next_piece();

  [[nodiscard]] bool emit(const Op& op, Statements& statements);
  [[nodiscard]] bool fits(Value& value, const OutField& field);
  void write(const Value& value, FieldType type);
  [[nodiscard]] bool item(const Op& op, Statements& statements);
  [[nodiscard]] bool close_object(const Op& op, Statements& statements);
  [[nodiscard]] bool close_list(const Op& op, Statements& statements);
  [[nodiscard]] bool state(const Op& op, Statements& statements);
  [[nodiscard]] bool cell(const Op& op, Statements& statements);
  void write_row(const Op& op, Statements& statements);

  // Left out, or the end of the record; says what is the matter.
  [[nodiscard]] bool without(const Value& value, const OutField& field, Presence presence,
                             Statements& statements);
  void reject_empty(const Value& value, const OutField& field, Statements& statements);
  void tell(const OutField& field, bool rejected, Statements& statements);
  [[nodiscard]] Text words(const Failure& failure, const OutField& field) const;
  [[nodiscard]] std::string_view source_name(std::uint16_t source, const OutField& field) const;

  const Program program_;
  Columns columns_;
  std::unique_ptr<Body> body_;
  Arena arena_;
  std::string out_;
  std::array<Value, kMaxStack + 1> stack_;
  std::size_t depth_ = 0;
  char separator_ = ';';                        // of the row that is being written
  std::array<Open, 2 * kMaxObjects + 2> open_;  // a list and an object for each level
  std::size_t open_count_ = 0;
  std::vector<Value> ids_;  // by entity
  Failure failure_;

  // The list that is being read.
  std::string_view split_rest_;
  std::string_view split_at_;
  std::uint16_t split_source_ = kNoSource;
  bool split_more_ = false;
};

}  // namespace raccordo::mapping
