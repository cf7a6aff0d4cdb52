// SPDX-License-Identifier: EUPL-1.2
// What a mapping makes of a record, as plain lines: "service {...}", "reject code field: words", "finding
// ...".
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "plugins/mapping/compile.hpp"
#include "plugins/mapping/execution.hpp"

namespace raccordo::mapping {

class Said final : public Statements {
 public:
  explicit Said(Language language = Language::kEnglish) : language_(language) {}

  void publish(std::string_view kind, std::string_view json) override;
  void step(std::string_view command, std::string_view json) override;
  void write(std::string_view file, std::string_view line) override;
  void reject(std::string_view code, std::string_view field, const Text& text) override;
  void finding(std::string_view code, std::string_view field, const Text& text) override;
  void filter(const Text& reason) override;
  void debug(std::string_view text) override;

  std::vector<std::string> lines;
  std::vector<std::string> debugged;

 private:
  Language language_;
};

using Lines = std::vector<std::string>;
using Cells = std::vector<std::pair<std::string, std::string>>;

// The program, or a failed expectation with all findings.
[[nodiscard]] Program compiled(std::string_view yaml);

// One row, or one body, through a mapping file.
[[nodiscard]] Lines row(std::string_view yaml, const Cells& cells, Language language = Language::kEnglish);
[[nodiscard]] Lines body(std::string_view yaml, std::string_view body,
                         Language language = Language::kEnglish);

// One event of a kind through a mapping file.
[[nodiscard]] Lines event(std::string_view yaml, std::string_view kind, std::string_view data);

// One service made of the columns A, B, C ...: `fields` are the lines below id and name. What the service
// says besides `id` and `name` comes back, or the rejection or finding.
[[nodiscard]] Lines service(std::string_view fields, const Cells& cells);

// A row as the machine gets it.
class RowOf {
 public:
  explicit RowOf(const Cells& cells);
  [[nodiscard]] Record record() const;

 private:
  Cells cells_;
  std::vector<raccordo_bytes> columns_;
  std::vector<raccordo_bytes> values_;
};

}  // namespace raccordo::mapping
