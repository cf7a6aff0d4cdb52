// SPDX-License-Identifier: EUPL-1.2
// Puts a program together: what is used twice stands in its tables once, and jumps are filled in when their
// end is known.
#pragma once

#include <string_view>
#include <vector>

#include "plugins/mapping/program.hpp"

namespace raccordo::mapping {

class Builder {
 public:
  explicit Builder(Program& program) : program_(program) {}

  [[nodiscard]] const InputForm& input() const { return program_.input; }

  // Appends an operation and says where it stands. `change` is how many values more (or fewer) it leaves on
  // the stack.
  std::size_t add(Op op, int change = 0);
  std::size_t here() const { return program_.ops.size(); }
  // The jump at `op` goes to the operation that is added next.
  void land(std::size_t op) { program_.ops[op].b = static_cast<std::uint32_t>(here()); }
  // Corrects the count where two ways to the same place are written one behind the other.
  void forget_value() { --depth_; }
  [[nodiscard]] std::size_t most_values() const { return most_; }

  std::uint32_t column(std::string_view name);
  std::uint32_t path(Path path);
  std::uint32_t constant(Constant constant);
  std::uint32_t number(NumberFormat format);
  std::uint32_t dates(DateFormats formats);
  std::uint32_t table(ValueTable table);
  std::uint32_t field(OutField field);
  std::uint32_t entity(OutEntity entity);
  std::uint32_t row(OutRow row);
  std::uint16_t source(std::string_view name);

 private:
  Program& program_;
  std::size_t depth_ = 0;
  std::size_t most_ = 0;
};

}  // namespace raccordo::mapping
