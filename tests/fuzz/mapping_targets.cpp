// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include "plugins/mapping/compile.hpp"
#include "plugins/mapping/execution.hpp"
#include "raccordo/model/json.hpp"
#include "tests/fuzz/targets.hpp"

namespace raccordo::fuzz {
namespace {

using namespace raccordo::mapping;

class Checking final : public Statements {
 public:
  void publish(std::string_view /*kind*/, std::string_view json) override {
    const auto same = json::canonical(json);
    if (json::is_utf8(json)) must(same.ok() && *same == json, "a mapping publishes what is not canonical");
  }
  void step(std::string_view command, std::string_view json) override {
    must(!command.empty(), "a step without a name");
    publish(command, json);
  }
  void write(std::string_view file, std::string_view line) override {
    must(file.find('\n') != std::string_view::npos, "a file without its first line");
    must(line.ends_with('\n'), "a row without an end");
  }
  void reject(std::string_view code, std::string_view /*field*/, const Text& text) override {
    must(!code.empty() && !text.it.empty(), "a rejection without words");
  }
  void finding(std::string_view code, std::string_view /*field*/, const Text& text) override {
    must(!code.empty() && !text.it.empty(), "a finding without words");
  }
  void filter(const Text& reason) override { must(!reason.it.empty(), "filtered without a reason"); }
  void debug(std::string_view /*text*/) override {}
};

raccordo_bytes borrowed(std::string_view text) { return {text.data(), text.size()}; }

std::vector<raccordo_bytes> cells_of(std::string_view line) {
  std::vector<raccordo_bytes> cells;
  for (std::size_t at = 0; at <= line.size();) {
    const auto end = std::min(line.find(';', at), line.size());
    cells.push_back(borrowed(line.substr(at, end - at)));
    at = end + 1;
  }
  return cells;
}

// The first line names the columns, each other one is a row.
void run_rows(Execution& execution, std::string_view table) {
  Checking checking;
  auto [header, rest] = cut_at(table, "\n");
  const auto columns = cells_of(header);
  while (!rest.empty()) {
    const auto [line, behind] = cut_at(rest, "\n");
    auto cells = cells_of(line);
    cells.resize(columns.size(), raccordo_bytes{"", 0});
    execution.run({Strings(raccordo_list{columns.data(), columns.size()}),
                   Strings(raccordo_list{cells.data(), cells.size()}),
                   {},
                   {}},
                  checking);
    rest = behind;
  }
}

}  // namespace

// A mapping file, a line of =====, and a table or a document for it.
void mapping(std::string_view bytes) {
  const auto [yaml, input] = cut_at(bytes, kNextPart);
  Findings findings;
  auto program = compile(yaml, findings);
  must(program.has_value() == findings.empty(), "a program and findings");
  for (const auto& finding : findings.list()) must(!finding.what.it.empty(), "a finding without words");
  if (!program) return;
  Execution execution(std::move(*program));
  if (execution.program().input.rows()) return run_rows(execution, input);
  Checking checking;
  execution.run({{}, {}, input, "booking"}, checking);
}

}  // namespace raccordo::fuzz
