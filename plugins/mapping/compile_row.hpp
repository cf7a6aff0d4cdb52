// SPDX-License-Identifier: EUPL-1.2
// One item of `rows`: a line of a file for the partner, made of an event.
#pragma once

#include <string>
#include <string_view>

#include "plugins/mapping/compile_value.hpp"

namespace raccordo::mapping {

class RowCompiler {
 public:
  explicit RowCompiler(ValueCompiler& values)
      : values_(values), builder_(values.builder()), findings_(values.findings()) {}

  // `entry`: the file's name and what its lines are made of.
  void compile(const Entry& entry);

 private:
  [[nodiscard]] std::string kind_of(const Node& row);
  [[nodiscard]] char separator_of(const Node& row);
  [[nodiscard]] std::string heading_of(const Node& columns, char separator) const;
  void cells(const Node& columns);

  ValueCompiler& values_;
  Builder& builder_;
  Findings& findings_;
};

// As a cell of a CSV file, in quotes where it needs them (RFC 4180).
void append_cell(std::string_view text, char separator, std::string& out);

}  // namespace raccordo::mapping
