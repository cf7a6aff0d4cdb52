// SPDX-License-Identifier: EUPL-1.2
#include "said.hpp"

#include <gtest/gtest.h>

namespace raccordo::mapping {

void Said::publish(std::string_view kind, std::string_view json) {
  lines.push_back(fmt::format("{} {}", kind, json));
}
void Said::step(std::string_view command, std::string_view json) {
  lines.push_back(fmt::format("{} {}", command, json));
}
void Said::write(std::string_view file, std::string_view line) {
  lines.push_back(fmt::format("write {}|{}", file, line));
}
void Said::reject(std::string_view code, std::string_view field, const Text& text) {
  lines.push_back(fmt::format("reject {} {}: {}", code, field, text.in(language_)));
}
void Said::finding(std::string_view code, std::string_view field, const Text& text) {
  lines.push_back(fmt::format("finding {} {}: {}", code, field, text.in(language_)));
}
void Said::filter(const Text& reason) { lines.push_back("filter " + reason.in(language_)); }
void Said::debug(std::string_view text) { debugged.emplace_back(text); }

Program compiled(std::string_view yaml) {
  Findings findings;
  auto program = compile(yaml, findings);
  EXPECT_TRUE(program) << findings.in(Language::kEnglish);
  return program ? std::move(*program) : Program{};
}

RowOf::RowOf(const Cells& cells) : cells_(cells) {
  for (const auto& [column, value] : cells_) {
    columns_.push_back(bytes(column));
    values_.push_back(bytes(value));
  }
}

Record RowOf::record() const {
  return {Strings(raccordo_list{columns_.data(), columns_.size()}),
          Strings(raccordo_list{values_.data(), values_.size()}),
          {},
          {}};
}

Lines row(std::string_view yaml, const Cells& cells, Language language) {
  Execution execution(compiled(yaml));
  Said said(language);
  execution.run(RowOf(cells).record(), said);
  return said.lines;
}

Lines body(std::string_view yaml, std::string_view body, Language language) {
  Execution execution(compiled(yaml));
  Said said(language);
  execution.run({{}, {}, body, {}}, said);
  return said.lines;
}

Lines event(std::string_view yaml, std::string_view kind, std::string_view data) {
  Execution execution(compiled(yaml));
  Said said;
  execution.run({{}, {}, data, kind}, said);
  return said.lines;
}

Lines service(std::string_view fields, const Cells& cells) {
  std::string yaml = "mapping: 1\ninput: {format: csv}\nentities:\n- service:\n    id: \"1\"\n    name: n\n";
  for (std::size_t at = 0; at < fields.size();) {
    const auto end = std::min(fields.find('\n', at), fields.size());
    yaml += "    " + std::string(fields.substr(at, end - at)) + "\n";
    at = end + 1;
  }
  Lines lines = row(yaml, cells);
  for (auto& line : lines) {
    const auto drop = [&](std::string_view text) {
      if (const auto at = line.find(text); at != std::string::npos) line.erase(at, text.size());
    };
    drop("service ");
    drop(R"("id":"1",)");
    drop(R"("id":"1")");
    drop(R"(,"name":"n")");
    drop(R"("name":"n",)");
    drop(R"("name":"n")");
  }
  return lines;
}

}  // namespace raccordo::mapping
