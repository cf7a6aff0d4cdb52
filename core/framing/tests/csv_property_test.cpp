// SPDX-License-Identifier: EUPL-1.2
// Generated tables, written as CSV in every way that readers must understand, come back as they were.
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "core/framing/tests/string_file.hpp"

namespace raccordo {
namespace {

using Row = std::vector<std::string>;

class Table {
 public:
  explicit Table(std::uint32_t seed) : random_(seed) {}

  std::vector<Row> rows() {
    const std::size_t columns = 2 + pick(9);
    std::vector<Row> rows;
    Row header;
    for (std::size_t c = 0; c < columns; ++c) header.push_back("colonna " + std::to_string(c));
    rows.push_back(header);
    for (std::size_t r = pick(120); r > 0; --r) rows.push_back(row(columns));
    return rows;
  }

  std::string written(const std::vector<Row>& rows, char separator) {
    const std::string line_break = pick(2) == 0 ? "\n" : "\r\n";
    std::string out = pick(3) == 0 ? "\xEF\xBB\xBF" : "";
    for (std::size_t r = 0; r < rows.size(); ++r) {
      for (std::size_t c = 0; c < rows[r].size(); ++c) {
        if (c > 0) out += separator;
        write_cell(rows[r][c], separator, out);
      }
      if (r + 1 < rows.size() || pick(2) == 0) out += line_break;
    }
    return out;
  }

 private:
  std::size_t pick(std::size_t below) { return random_() % below; }

  Row row(std::size_t columns) {
    Row row{"#"};  // so that no row is empty
    while (row.size() < columns) row.push_back(cell());
    return row;
  }

  std::string cell() {
    static const std::vector<std::string> kParts{"a",  "Casa ", "\"", "\n", "\r\n", ";", ",",
                                                 "\t", "|",     "è",  "€",  "😀",    " "};
    std::string text;
    for (std::size_t n = pick(4) == 0 ? 0 : pick(12); n > 0; --n) text += kParts[pick(kParts.size())];
    if (pick(50) == 0) text.append(20'000, 'x');
    return text;
  }

  void write_cell(const std::string& cell, char separator, std::string& out) {
    const bool needed = cell.find_first_of(std::string("\"\r\n") + separator) != std::string::npos;
    if (!needed && pick(3) != 0) {
      out += cell;
      return;
    }
    out += '"';
    for (const char c : cell) out.append(c == '"' ? 2 : 1, c);
    out += '"';
  }

  std::mt19937 random_;
};

TEST(CsvProperty, what_was_written_is_read_back) {
  for (std::uint32_t seed = 1; seed <= 400; ++seed) {
    Table table(seed);
    const auto rows = table.rows();
    const char separator = std::string_view(",;\t|")[seed % 4];
    Framing framing;
    framing.format = Format::kCsv;
    framing.separator = std::string(1, separator);
    const auto yield = read_all(framing, StringFile(table.written(rows, separator)));
    ASSERT_EQ(yield.columns, rows.front()) << seed;
    ASSERT_EQ(yield.rows(), std::vector<Row>(rows.begin() + 1, rows.end())) << seed;
    ASSERT_TRUE(yield.malformed.empty()) << seed;
  }
}

TEST(CsvProperty, a_record_framed_again_is_the_same) {
  for (std::uint32_t seed = 1; seed <= 50; ++seed) {
    Table table(seed);
    Framing framing;
    framing.format = Format::kCsv;
    framing.separator = ";";
    const auto yield = read_all(framing, StringFile(table.written(table.rows(), ';')));
    for (const auto& record : yield.records) {
      InputBatch batch;
      ASSERT_TRUE(reframe(yield.context, record.original, "file.test", record.place, batch).ok());
      Yield again;
      add_records(batch, again);
      ASSERT_EQ(again.records.at(0), record);
      ASSERT_EQ(batch.columns, yield.columns);
    }
  }
}

TEST(CsvVectors, lombardia_s_register_has_650_records) {
  const char* folder = std::getenv("RACCORDO_VECTORS");
  const std::filesystem::path vectors = folder != nullptr ? folder : RACCORDO_SOURCE_DIR "/../shared/vectors";
  std::ifstream in(vectors / "lombardia-rsa/rsa-accreditate.csv", std::ios::binary);
  if (!in) GTEST_SKIP() << "lombardia-rsa/rsa-accreditate.csv is not there: set RACCORDO_VECTORS";
  Framing framing;
  framing.format = Format::kCsv;
  const auto yield = read_all(framing, StringFile({std::istreambuf_iterator<char>(in), {}}));
  EXPECT_TRUE(yield.malformed.empty());
  EXPECT_EQ(yield.columns.size(), 11u);
  ASSERT_EQ(yield.records.size(), 650u);
  int broken_lines = 0;
  int places = 0;
  int alzheimer = 0;
  for (const auto& record : yield.records) {
    bool line_break = false;
    for (const auto& cell : record.fields) line_break = line_break || cell.find('\n') != std::string::npos;
    broken_lines += line_break ? 1 : 0;
    places += std::atoi(record.fields[9].c_str());
    alzheimer += std::atoi(record.fields[10].c_str());
  }
  EXPECT_EQ(broken_lines, 518);
  EXPECT_EQ(places, 58'300);
  EXPECT_EQ(alzheimer, 1'634);
}

}  // namespace
}  // namespace raccordo
