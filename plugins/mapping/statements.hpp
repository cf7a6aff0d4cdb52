// SPDX-License-Identifier: EUPL-1.2
// Where what a record makes goes to: the host's effects, or a test.
#pragma once

#include <string_view>

#include "raccordo/model/text.hpp"

namespace raccordo::mapping {

class Statements {
 public:
  virtual ~Statements() = default;

  virtual void publish(std::string_view kind, std::string_view json) = 0;
  // A step of a case.
  virtual void step(std::string_view command, std::string_view json) = 0;
  // A line of a file; `file`: its name, a line break, its first line.
  virtual void write(std::string_view file, std::string_view line) = 0;
  virtual void reject(std::string_view code, std::string_view field, const Text& text) = 0;
  virtual void finding(std::string_view code, std::string_view field, const Text& text) = 0;
  virtual void filter(const Text& reason) = 0;
  // For the log's debug level: the only words that may show what a record holds.
  virtual void debug(std::string_view text) = 0;
};

}  // namespace raccordo::mapping
