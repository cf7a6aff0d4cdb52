// SPDX-License-Identifier: EUPL-1.2
// CSV in the encodings that offices write.
#include <gmock/gmock.h>

#include "core/framing/tests/csv_reading.hpp"

namespace raccordo {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(CsvFramer, leaves_a_byte_order_mark_out_of_the_first_name) {
  EXPECT_THAT(read_csv("\xEF\xBB\xBFid,n\n1,2\n").columns, ElementsAre("id", "n"));
}

TEST(CsvFramer, tells_of_utf16_without_a_mark_what_to_write) {
  std::string little;
  std::string big;
  for (const char c : std::string_view("id;nome\n1;Airone\n")) little += {c, '\0'}, big += {'\0', c};
  for (const auto& [bytes, name] : {std::pair(little, "utf-16le"), std::pair(big, "utf-16be")}) {
    const auto yield = read_csv(bytes);
    ASSERT_THAT(yield.malformed, SizeIs(1)) << name;
    EXPECT_THAT(yield.malformed[0].text.en, HasSubstr(std::string("write encoding: ") + name));
    auto framing = csv();
    framing.encoding = name;
    EXPECT_THAT(read_csv(bytes, framing).rows(), ElementsAre(Row{"1", "Airone"}));
  }
}

TEST(CsvFramer, converts_windows_1252) {
  const auto yield = read_csv("nome;prezzo\nCaff\xE8;\x80 5\n");
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"Caffè", "€ 5"}));
  EXPECT_EQ(yield.records[0].original, "Caff\xE8;\x80 5");
  EXPECT_THAT(yield.context, HasSubstr("windows-1252"));
  EXPECT_THAT(yield.findings, IsEmpty());
}

TEST(CsvFramer, says_when_it_guessed_the_encoding) {
  const auto yield = read_csv("nome;prezzo\nCaff\xE8;\xA4 5\n");
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"Caffè", "¤ 5"}));
  EXPECT_THAT(yield.finding_codes(), ElementsAre("encoding_guessed"));
  auto framing = csv();
  framing.encoding = "ISO-8859-15";
  EXPECT_THAT(read_csv("nome;prezzo\nCaff\xE8;\xA4 5\n", framing).rows(), ElementsAre(Row{"Caffè", "€ 5"}));
}

TEST(CsvFramer, finds_the_one_letter_at_the_end_of_a_large_file) {
  std::string bytes = "a,b\n";
  while (bytes.size() < 600'000) bytes += "1,2\n";
  const auto latin = read_csv(bytes + "citt\xE0,3\n");
  EXPECT_EQ(latin.records.back().fields[0], "città");
  const auto utf8 = read_csv(bytes + "città,3\n");
  EXPECT_EQ(utf8.records.back().fields[0], "città");
  EXPECT_THAT(utf8.context, HasSubstr("utf-8"));
}

std::string utf16(std::u16string_view text, bool big_endian) {
  std::string bytes;
  for (const char16_t unit : text) {
    const auto high = static_cast<char>(unit >> 8);
    const auto low = static_cast<char>(unit & 0xFF);
    bytes += big_endian ? high : low;
    bytes += big_endian ? low : high;
  }
  return bytes;
}

TEST(CsvFramer, reads_utf_16_and_keeps_offsets_of_the_file) {
  for (const bool big_endian : {false, true}) {
    const auto yield = read_csv(utf16(u"\uFEFFnome\tx\nCittà €😀\t1\nB\t2\n", big_endian));
    EXPECT_THAT(yield.rows(), ElementsAre(Row{"Città €😀", "1"}, Row{"B", "2"}));
    EXPECT_EQ(yield.records[0].place.offset, 2u + 2 * 7);
    EXPECT_EQ(yield.records[1].place.offset, 2u + 2 * (7 + 12));
  }
}

TEST(CsvFramer, parks_records_that_are_not_the_encoding_it_was_told) {
  auto framing = csv();
  framing.encoding = "utf-8";
  const auto yield = read_csv("a,b\nè,citt\xE0 x\n3,4\n", framing);
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"3", "4"}));
  ASSERT_THAT(yield.codes(), ElementsAre("invalid_encoding"));
  EXPECT_EQ(yield.malformed[0].text.en, "line 2, column 7: not valid UTF-8");
}

TEST(CsvFramer, refuses_an_encoding_nobody_knows) {
  auto framing = csv();
  framing.encoding = "ebcdic";
  EXPECT_EQ(read_csv("a,b\n", framing).error, "unknown encoding: \"ebcdic\"");
}

TEST(CsvFramer, parks_records_with_zero_bytes) {
  const auto yield = read_csv(std::string("a,b\n1,\0x\n3,4\n", 13));
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"3", "4"}));
  EXPECT_THAT(yield.codes(), ElementsAre("nul_byte"));
}

TEST(CsvFramer, says_that_a_file_of_zeros_is_one) {
  for (const std::size_t size : {1u, 1'000u, 5'000'000u}) {
    const auto yield = read_csv(std::string(size, '\0'));
    EXPECT_THAT(yield.records, IsEmpty());
    ASSERT_THAT(yield.codes(), ElementsAre("zeros"));
    EXPECT_THAT(yield.malformed[0].text.en, HasSubstr("was the file copied whole"));
    EXPECT_LE(yield.malformed[0].original.size(), 65'536u);
  }
}

TEST(CsvFramer, takes_back_its_mark_behind_half_a_unit_of_utf16) {
  auto bytes = utf16(u"\uFEFFnome\tx\nA\t1\nB\t2", false);
  bytes += '3';
  const StringFile file(bytes);
  auto first = open_framer(csv(), file, {});
  read_all(**first);
  auto second = open_framer(csv(), file, {});
  EXPECT_TRUE((*second)->resume((*first)->mark()).ok());
}

}  // namespace
}  // namespace raccordo
