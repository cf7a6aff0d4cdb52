// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include "core/framing/tests/string_file.hpp"

namespace raccordo {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Row = std::vector<std::string>;

Framing csv() {
  Framing framing;
  framing.format = Format::kCsv;
  return framing;
}

Yield read_csv(std::string bytes, const Framing& framing = csv(), const FramingLimits& limits = {}) {
  return read_all(framing, StringFile(std::move(bytes)), limits);
}

TEST(CsvFramer, reads_rows_below_a_header) {
  const auto yield = read_csv("id,nome\n1,Airone\n2,Brezza\n");
  EXPECT_THAT(yield.columns, ElementsAre("id", "nome"));
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"1", "Airone"}, Row{"2", "Brezza"}));
  EXPECT_THAT(yield.malformed, IsEmpty());
  EXPECT_EQ(yield.records[1].place.line, 3u);
  EXPECT_EQ(yield.records[1].place.offset, 17u);
  EXPECT_EQ(yield.records[1].original, "2,Brezza");
}

TEST(CsvFramer, keeps_line_breaks_inside_quotes) {
  const auto yield = read_csv("id,nome\r\n1,\"Casa\r\n\"\"Rosa\"\"\"\r\n2,Brezza\r\n");
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"1", "Casa\r\n\"Rosa\""}, Row{"2", "Brezza"}));
  EXPECT_EQ(yield.records[1].place.line, 4u);
}

}  // namespace
}  // namespace raccordo
