// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include "core/framing/tests/csv_reading.hpp"

namespace raccordo {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

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

TEST(CsvFramer, takes_the_last_record_without_a_line_break) {
  EXPECT_THAT(read_csv("a,b\n1,2").rows(), ElementsAre(Row{"1", "2"}));
  EXPECT_THAT(read_csv("a,b\n1,\"2\"").rows(), ElementsAre(Row{"1", "2"}));
  EXPECT_THAT(read_csv("a,b\n1,").rows(), ElementsAre(Row{"1", ""}));
  EXPECT_THAT(read_csv("a,b\r\n1,2\r").rows(), ElementsAre(Row{"1", "2"}));
}

TEST(CsvFramer, finds_the_separator) {
  EXPECT_THAT(read_csv("a;b\n1,5;2,5\n3,5;4\n").rows(), ElementsAre(Row{"1,5", "2,5"}, Row{"3,5", "4"}));
  EXPECT_THAT(read_csv("a\tb\n1\t2\n").rows(), ElementsAre(Row{"1", "2"}));
  EXPECT_THAT(read_csv("a|b\n1|2\n").rows(), ElementsAre(Row{"1", "2"}));
  EXPECT_THAT(read_csv("\"x;y\",b\n\"1;2;3\",2\n").rows(), ElementsAre(Row{"1;2;3", "2"}));
  EXPECT_THAT(read_csv("Cognome, nome;Età\nRossi, Anna;81\nBianchi;79\n").columns,
              ElementsAre("Cognome, nome", "Età"));
}

TEST(CsvFramer, follows_the_separator_that_excel_writes_above_the_table) {
  const auto yield = read_csv("sep=;\r\na,x;b\r\n1;2\r\n");
  EXPECT_THAT(yield.columns, ElementsAre("a,x", "b"));
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"1", "2"}));
  EXPECT_EQ(yield.records[0].place.line, 3u);
}

TEST(CsvFramer, takes_a_line_that_names_half_a_character_as_separator_for_a_row) {
  EXPECT_THAT(read_csv("sep=\xC3\nAironeÃBrezza\n").columns, ElementsAre("sep=Ã"));
}

TEST(CsvFramer, says_that_it_found_no_separator) {
  const auto yield = read_csv("nome\nAirone\nBrezza\n");
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"Airone"}, Row{"Brezza"}));
  EXPECT_THAT(yield.finding_codes(), ElementsAre("separator_not_found"));
}

TEST(CsvFramer, takes_the_separator_it_is_told) {
  auto framing = csv();
  framing.separator = ":";
  EXPECT_THAT(read_csv("a:b,c\n1:2,3\n", framing).rows(), ElementsAre(Row{"1", "2,3"}));
  framing.separator = "::";
  EXPECT_THAT(read_csv("a::b\n", framing).error, HasSubstr("cannot separate cells"));
}

TEST(CsvFramer, reads_old_macintosh_line_breaks) {
  const auto yield = read_csv("a,b\r1,\"x\ry\"\r2,z\r");
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"1", "x\ry"}, Row{"2", "z"}));
  EXPECT_EQ(yield.records[1].place.line, 4u);
}

TEST(CsvFramer, keeps_a_lone_carriage_return_in_files_with_other_line_breaks) {
  EXPECT_THAT(read_csv("a,b\n1\rx,2\n").rows(), ElementsAre(Row{"1\rx", "2"}));
}

TEST(CsvFramer, names_columns_that_have_no_header) {
  auto framing = csv();
  framing.header_row = 0;
  const auto yield = read_csv("1,Airone\n2,Brezza,x\n", framing);
  EXPECT_THAT(yield.columns, ElementsAre("A", "B", "C"));
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"1", "Airone", ""}, Row{"2", "Brezza", "x"}));
}

TEST(CsvFramer, finds_a_header_further_down) {
  auto framing = csv();
  framing.header_row = 3;
  const auto yield = read_csv("Elenco dei servizi\n\nid,nome\n1,Airone\n", framing);
  EXPECT_THAT(yield.columns, ElementsAre("id", "nome"));
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"1", "Airone"}));
}

TEST(CsvFramer, joins_the_rows_of_a_header) {
  auto framing = csv();
  framing.header_rows = 2;
  const auto yield = read_csv("Nome,Posti,\n,Totali,Liberi\nAirone,9,2\n", framing);
  EXPECT_THAT(yield.columns, ElementsAre("Nome", "Posti Totali", "Posti Liberi"));
}

TEST(CsvFramer, tells_repeated_and_missing_names_apart) {
  EXPECT_THAT(read_csv("tel,tel,,\"posti\n totali\",tel (2)\n1,2,3,4,5\n").columns,
              ElementsAre("tel", "tel (2)", "C", "posti totali", "tel (2) (2)"));
}

TEST(CsvFramer, says_that_a_name_is_there_twice_and_what_the_others_are_called) {
  const auto yield = read_csv("id,tel,nome,tel\n1,2,3,4\n");
  ASSERT_THAT(yield.finding_codes(), ElementsAre("column_repeated"));
  EXPECT_EQ(
      yield.findings[0].text.en,
      "column \"tel\" is there 2 times (B, D): the name means the first, the others are called \"tel (2)\"");
  EXPECT_THAT(read_csv("id,tel,,\n1,2,3,4\n").finding_codes(), IsEmpty());
}

TEST(CsvFramer, counts_one_empty_row_as_one) {
  const auto yield = read_csv("a,b\n1,2\n,\n3,4\n");
  ASSERT_THAT(yield.finding_codes(), ElementsAre("empty_rows"));
  EXPECT_EQ(yield.findings[0].text, (Text{"1 riga vuota saltata", "1 empty row skipped"}));
}

TEST(CsvFramer, fills_short_rows_and_forgives_empty_surplus) {
  EXPECT_THAT(read_csv("a,b,c\n1\n1,2,3,,\n").rows(), ElementsAre(Row{"1", "", ""}, Row{"1", "2", "3"}));
}

TEST(CsvFramer, parks_rows_with_too_many_cells) {
  const auto yield = read_csv("a,b\n1,2,,x\n3,4\n");
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"3", "4"}));
  ASSERT_THAT(yield.codes(), ElementsAre("too_many_cells"));
  EXPECT_EQ(yield.malformed[0].text.en, "line 2, column 6: 4 cells where the header has 2");
  EXPECT_EQ(yield.malformed[0].text.it, "riga 2, colonna 6: 4 celle dove l'intestazione ne ha 2");
  EXPECT_EQ(yield.malformed[0].original, "1,2,,x");
}

TEST(CsvFramer, skips_rows_without_any_text_and_says_how_many) {
  const auto yield = read_csv("a,b\n\n1,2\n,\n\"\",\n3,4\n\n");
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"1", "2"}, Row{"3", "4"}));
  ASSERT_THAT(yield.finding_codes(), ElementsAre("empty_rows"));
  EXPECT_EQ(yield.findings[0].text.en, "2 empty rows skipped");
  EXPECT_EQ(yield.records[1].place.line, 6u);
}

TEST(CsvFramer, takes_quotes_inside_an_unquoted_cell_as_they_are) {
  EXPECT_THAT(read_csv("a,b\nTubo 5\",Casa \"Rosa\"\n").rows(),
              ElementsAre(Row{"Tubo 5\"", "Casa \"Rosa\""}));
}

TEST(CsvFramer, forgives_blanks_behind_a_closing_quote) {
  EXPECT_THAT(read_csv("a,b\n\"1\" ,\"2\" \n").rows(), ElementsAre(Row{"1", "2"}));
}

TEST(CsvFramer, parks_text_behind_a_closing_quote) {
  const auto yield = read_csv("a,b\nè,\"Casa\" Rosa\n3,4\n");
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"3", "4"}));
  ASSERT_THAT(yield.codes(), ElementsAre("text_behind_quote"));
  EXPECT_EQ(yield.malformed[0].line, 2u);
  EXPECT_EQ(yield.malformed[0].column, 10u);
}

TEST(CsvFramer, goes_on_behind_a_quote_that_is_never_closed) {
  const auto yield = read_csv("a,b,c\n1,2,3\n4,\"5,6\n7,8,9\n10,11,12\n");
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"1", "2", "3"}, Row{"7", "8", "9"}, Row{"10", "11", "12"}));
  ASSERT_THAT(yield.codes(), ElementsAre("unclosed_quote"));
  EXPECT_EQ(yield.malformed[0].text.en, "line 3, column 3: a quote is opened and never closed");
  EXPECT_EQ(yield.malformed[0].original, "4,\"5,6");
}

TEST(CsvFramer, goes_on_behind_a_quote_that_another_one_seems_to_close) {
  const auto yield = read_csv("a,b,c\n4,\"5,6\n7,\"8\",9\n10,11,12\n");
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"7", "8", "9"}, Row{"10", "11", "12"}));
  EXPECT_THAT(yield.codes(), ElementsAre("text_behind_quote"));
}

TEST(CsvFramer, does_not_take_the_rest_of_a_broken_record_for_a_record) {
  const auto yield = read_csv("a,b,c\n1,\"Casa\nrossa,\"x\" y\n2,\n7,8,9\n10,11\n");
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"7", "8", "9"}, Row{"10", "11", ""}));
  EXPECT_THAT(yield.codes(), ElementsAre("text_behind_quote", "text_behind_quote", "row_behind_broken_one"));
  EXPECT_THAT(yield.malformed[2].text.en, ::testing::HasSubstr(": 2 cells instead of 3,"));
  const auto one = read_csv("a,b,c\n1,\"Casa\nrossa,\"x\" y\n2\n7,8,9\n");
  ASSERT_THAT(one.codes(), ElementsAre("text_behind_quote", "text_behind_quote", "row_behind_broken_one"));
  EXPECT_THAT(one.malformed[2].text.en, ::testing::HasSubstr(": 1 cell instead of 3,"));
  EXPECT_THAT(one.malformed[2].text.it, ::testing::HasSubstr(": 1 cella invece di 3,"));
}

TEST(CsvFramer, says_that_a_file_is_empty) {
  for (const auto* bytes : {"", "\xEF\xBB\xBF"}) {
    const auto yield = read_csv(bytes);
    EXPECT_THAT(yield.records, IsEmpty());
    EXPECT_THAT(yield.malformed, IsEmpty());
    EXPECT_THAT(yield.finding_codes(), ElementsAre("empty_file"));
  }
}

TEST(CsvFramer, says_that_there_is_only_a_header) {
  const auto yield = read_csv("a,b\n");
  EXPECT_THAT(yield.columns, ElementsAre("a", "b"));
  EXPECT_THAT(yield.finding_codes(), ElementsAre("header_only"));
}

TEST(CsvFramer, parks_a_record_larger_than_the_limit_and_goes_on) {
  FramingLimits limits;
  limits.max_record_bytes = 100;
  limits.max_original_bytes = 10;
  const auto yield = read_csv("a,b\n1," + std::string(1'000'000, 'x') + "\n3,4\n", csv(), limits);
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"3", "4"}));
  ASSERT_THAT(yield.codes(), ElementsAre("record_too_large"));
  EXPECT_EQ(yield.malformed[0].text.en, "line 2, column 1: the record is larger than 100 bytes");
  EXPECT_EQ(yield.malformed[0].original, "1,xxxxxxxx");
  EXPECT_TRUE(yield.malformed[0].original_cut);
  EXPECT_EQ(yield.records[0].place.line, 3u);
}

TEST(CsvFramer, takes_a_record_as_large_as_the_limit) {
  FramingLimits limits;
  limits.max_record_bytes = 10;
  EXPECT_THAT(read_csv("a,b\n1,3456789\n", csv(), limits).rows(), SizeIs(1));
  EXPECT_THAT(read_csv("a,b\n1,34567890\n", csv(), limits).codes(), ElementsAre("record_too_large"));
}

TEST(CsvFramer, parks_a_header_that_cannot_be_one) {
  const auto yield = read_csv("a,\"b\n1,2\n");
  EXPECT_THAT(yield.records, IsEmpty());
  EXPECT_THAT(yield.codes(), ElementsAre("header"));
}

TEST(CsvFramer, parks_rows_with_more_columns_than_a_file_may_have) {
  const auto yield = read_csv(std::string("a,b\n") + std::string(10'000, ',') + "\n1,2\n");
  EXPECT_THAT(yield.codes(), ElementsAre("too_many_columns"));
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"1", "2"}));
}

TEST(CsvFramer, loses_no_line_when_every_one_opens_a_quote) {
  std::string bytes = "a,b,c\n";
  for (int i = 0; i < 10'000; ++i) bytes += "\"x\n";
  const auto yield = read_csv(bytes);
  EXPECT_THAT(yield.records, IsEmpty());
  EXPECT_THAT(yield.malformed, SizeIs(10'000));
  EXPECT_EQ(yield.malformed.back().line, 10'001u);
}

TEST(CsvFramer, goes_on_where_a_mark_was_taken) {
  std::string bytes = "a,b\n";
  for (int i = 0; i < 1000; ++i) bytes += std::to_string(i) + (i % 7 == 0 ? ",\"x\ny\"\n" : ",z\n");
  const StringFile file(bytes);
  const auto whole = read_all(csv(), file);
  FramingLimits limits;
  limits.batch_records = 100;
  auto first = open_framer(csv(), file, limits);
  ASSERT_TRUE(first.ok());
  InputBatch batch;
  Yield pieces;
  for (int i = 0; i < 3; ++i) ASSERT_TRUE((*first)->read(batch, pieces.malformed).ok());
  add_records(batch, pieces);
  const auto mark = (*first)->mark();
  EXPECT_EQ(mark.records, 300u);
  auto second = open_framer(csv(), file, limits);
  ASSERT_TRUE(second.ok());
  ASSERT_TRUE((*second)->resume(mark).ok());
  const auto rest = read_all(**second);
  pieces.records.insert(pieces.records.end(), rest.records.begin(), rest.records.end());
  EXPECT_EQ(pieces.records, whole.records);
}

TEST(CsvFramer, hands_on_what_the_file_says_when_it_cannot_be_read) {
  StringFile file("a,b\n" + std::string(1'000'000, '\n') + "1,2\n");
  file.fails_from = 500'000;
  auto framing = csv();
  framing.encoding = "utf-8";
  EXPECT_EQ(read_all(framing, file).error, "the share went away");
}

TEST(CsvFramer, refuses_a_mark_behind_the_end) {
  const StringFile file("a,b\n1,2\n");
  auto framer = open_framer(csv(), file, {});
  ASSERT_TRUE(framer.ok());
  const auto status = (*framer)->resume({1'000, 5, 3, 0});
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, ErrorCode::kConflict);
}

}  // namespace
}  // namespace raccordo
