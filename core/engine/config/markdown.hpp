// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

namespace raccordo {

// A table of GitHub's Markdown; pipes in cells are escaped.
class MarkdownTable {
 public:
  explicit MarkdownTable(const std::vector<std::string>& names) {
    row(names);
    text_ += "|";
    for (std::size_t i = 0; i < names.size(); ++i) text_ += " --- |";
    text_ += "\n";
  }

  void row(const std::vector<std::string>& cells) {
    text_ += "|";
    for (const auto& cell : cells) {
      text_ += " ";
      for (const char c : cell) text_ += c == '|' ? std::string("\\|") : std::string(1, c);
      text_ += " |";
    }
    text_ += "\n";
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace raccordo
