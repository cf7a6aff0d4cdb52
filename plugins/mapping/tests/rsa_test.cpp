// SPDX-License-Identifier: EUPL-1.2
// The register of Regione Lombardia through the mapping that the hub ships: what a correct reader finds in
// it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "said.hpp"

namespace raccordo::mapping {
namespace {

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// RFC 4180; the hub's own reader is not linked into plugins.
std::vector<std::vector<std::string>> rows_of(const std::string& text) {
  std::vector<std::vector<std::string>> rows(1);
  std::string cell;
  bool quoted = false;
  const auto end_cell = [&] { rows.back().push_back(std::exchange(cell, {})); };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"')
      cell += text[++i];
    else if (c == '"')
      quoted = !quoted;
    else if (!quoted && c == ',')
      end_cell();
    else if (!quoted && c == '\n')
      end_cell(), rows.emplace_back();
    else if (quoted || c != '\r')
      cell += c;
  }
  if (rows.back().empty() && cell.empty())
    rows.pop_back();
  else
    end_cell();
  return rows;
}

std::string vectors() {
  if (const char* set = std::getenv("RACCORDO_VECTORS"); set != nullptr && *set != '\0') return set;
  return std::string(RACCORDO_MAPPINGS) + "/../../../shared/vectors";
}

std::int64_t total_in(const std::string& line) {
  const std::string key = "\"total\":";
  const auto at = line.find(key);
  return at == std::string::npos ? 0 : std::atoll(line.c_str() + at + key.size());
}

TEST(RsaLombardia, yields_the_places_that_the_register_has) {
  const auto rows = rows_of(read_file(vectors() + "/lombardia-rsa/rsa-accreditate.csv"));
  if (rows.size() < 2) GTEST_SKIP() << "lombardia-rsa/rsa-accreditate.csv is not there: set RACCORDO_VECTORS";
  Execution execution(compiled(read_file(std::string(RACCORDO_MAPPINGS) + "/rsa-lombardia.yaml")));
  Said said;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    Cells cells;
    for (std::size_t c = 0; c < rows[0].size(); ++c)
      cells.emplace_back(rows[0][c], c < rows[i].size() ? rows[i][c] : "");
    execution.run(RowOf(cells).record(), said);
  }
  std::int64_t places = 0, alzheimer = 0;
  std::size_t services = 0, of_cremona = 0, capacities = 0, others = 0;
  for (const auto& line : said.lines) {
    if (line.starts_with("service ")) {
      ++services;
      of_cremona += line.find(R"("link_type":"asl","value":"CR"})") != std::string::npos ? 1 : 0;
    } else if (line.starts_with("capacity ")) {
      ++capacities;
      (line.find(R"("kind":"alzheimer")") != std::string::npos ? alzheimer : places) += total_in(line);
    } else {
      ++others;
    }
  }
  EXPECT_EQ(services, 650u);
  EXPECT_EQ(places, 58'300);
  EXPECT_EQ(alzheimer, 1'634);
  EXPECT_EQ(of_cremona, 29u);
  EXPECT_EQ(others, 0u);
  EXPECT_GT(capacities, 650u);
  RecordProperty("capacities", static_cast<int>(capacities));
}

}  // namespace
}  // namespace raccordo::mapping
