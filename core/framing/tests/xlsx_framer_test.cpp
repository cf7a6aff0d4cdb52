// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include "core/framing/tests/string_file.hpp"
#include "core/framing/tests/workbook.hpp"
#include "core/framing/xlsx_styles.hpp"

namespace raccordo {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Row = std::vector<std::string>;

const std::string kHeader =
    "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>";

Framing xlsx() {
  Framing framing;
  framing.format = Format::kXlsx;
  return framing;
}

Yield read_xlsx(const Parts& parts, const Framing& framing = xlsx(), const FramingLimits& limits = {}) {
  return read_all(framing, StringFile(zipped(parts)), limits);
}

std::string text_row(int row, const std::vector<std::string>& cells) {
  std::string out = "<row r=\"" + std::to_string(row) + "\">";
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (!cells[i].empty())
      out += "<c r=\"" + std::string(1, static_cast<char>('A' + i)) + std::to_string(row) +
             "\" t=\"inlineStr\"><is><t>" + cells[i] + "</t></is></c>";
  return out + "</row>";
}

TEST(XlsxFramer, reads_the_rows_of_the_first_visible_sheet) {
  const auto yield = read_xlsx(
      workbook(kHeader +
               "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\" t=\"s\"><v>2</v></c></row>"
               "<row r=\"3\"/><row r=\"4\"><c r=\"B4\" t=\"str\"><f>A1</f><v>x</v></c></row>"
               "<row r=\"6\"><c r=\"A6\" t=\"b\"><v>1</v></c><c r=\"B6\" t=\"e\"><v>#N/A</v></c></row>"));
  EXPECT_THAT(yield.columns, ElementsAre("id", "nome"));
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"1", "Casa & Caffè"}, Row{"", "x"}, Row{"true", "#N/A"}));
  EXPECT_EQ(yield.records[1].place.line, 4u);
  EXPECT_EQ(yield.records[0].original, "1,Casa & Caffè");
  EXPECT_THAT(yield.malformed, IsEmpty());
  EXPECT_THAT(yield.findings, IsEmpty());
}

TEST(XlsxFramer, says_that_formulas_were_never_calculated) {
  const auto yield = read_xlsx(
      workbook(kHeader +
               "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\"><f>A2*2</f><v></v></c></row>"
               "<row r=\"3\"><c r=\"A3\"><f>A2+1</f></c><c r=\"B3\"><f>A3*2</f><v>4</v></c></row>"
               "<row r=\"4\"><c r=\"A4\"><v>3</v></c><c r=\"B4\" t=\"str\"><f>\"\"</f><v></v></c></row>"));
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"1", ""}, Row{"", "4"}, Row{"3", ""}));
  ASSERT_THAT(yield.findings, SizeIs(1));
  EXPECT_EQ(yield.findings[0].code, "formula_not_calculated");
  EXPECT_EQ(
      yield.findings[0].text.en,
      "formulas that were never calculated, read as empty cells: 2, the first in B2; open the workbook in "
      "a spreadsheet program and save it");
  EXPECT_EQ(
      yield.findings[0].text.it,
      "formule mai calcolate, lette come celle vuote: 2, la prima in B2; aprire la cartella con un foglio "
      "di calcolo e salvarla");
}

TEST(XlsxFramer, finds_a_sheet_by_its_name) {
  auto framing = xlsx();
  framing.sheet = "Altro";
  EXPECT_THAT(read_xlsx(workbook(kHeader), framing).rows(), ElementsAre(Row{"7"}));
  framing.sheet = "Sevizi";
  const auto yield = read_xlsx(workbook(kHeader), framing);
  ASSERT_THAT(yield.codes(), ElementsAre("no_such_sheet"));
  EXPECT_THAT(yield.malformed[0].text.en,
              HasSubstr("there is no sheet \"Sevizi\": there are \"Note\", \"Servizi\", \"Altro\""));
}

TEST(XlsxFramer, shows_dates_and_numbers_without_noise) {
  std::string rows = text_row(1, {"a", "b", "c", "d", "e", "f", "g"});
  rows +=
      "<row r=\"2\"><c r=\"A2\"><v>0.30000000000000004</v></c><c r=\"B2\" s=\"1\"><v>45292</v></c>"
      "<c r=\"C2\" s=\"2\"><v>45292.5</v></c><c r=\"D2\" s=\"3\"><v>184</v></c><c r=\"E2\" "
      "s=\"4\"><v>18.5</v></c>"
      "<c r=\"F2\" s=\"5\"><v>1.5</v></c><c r=\"G2\" s=\"6\"><v>0.375</v></c></row>";
  EXPECT_THAT(read_xlsx(workbook(rows)).rows(), ElementsAre(Row{"0.3", "2024-01-01", "2024-01-01T12:00:00",
                                                                "00184", "18.5", "36:00:00", "09:00:00"}));
}

TEST(XlsxFramer, counts_days_from_1904_where_the_workbook_does) {
  auto parts = workbook(text_row(1, {"a"}) + "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>43830</v></c></row>");
  auto& text = parts["xl/workbook.xml"];
  text.replace(text.find("<workbookPr/>"), 13, "<workbookPr date1904=\"1\"/>");
  EXPECT_THAT(read_xlsx(parts).rows(), ElementsAre(Row{"2024-01-01"}));
}

TEST(XlsxFramer, joins_merged_headers) {
  auto framing = xlsx();
  framing.header_row = 2;
  framing.header_rows = 2;
  const auto rows = text_row(1, {"Elenco dei servizi"}) + text_row(2, {"Nome", "", "Posti"}) +
                    text_row(3, {"", "Comune", "Totali", "Liberi"}) +
                    text_row(4, {"Airone", "Pinerolo", "9", "2"});
  const auto merges =
      "<mergeCells count=\"3\"><mergeCell ref=\"A1:D1\"/><mergeCell ref=\"A2:A3\"/><mergeCell "
      "ref=\"C2:D2\"/></mergeCells>";
  const auto yield = read_xlsx(workbook(rows, merges), framing);
  EXPECT_THAT(yield.columns, ElementsAre("Nome", "Comune", "Posti Totali", "Posti Liberi"));
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"Airone", "Pinerolo", "9", "2"}));
}

TEST(XlsxFramer, takes_no_names_from_a_header_that_is_no_text) {
  for (const std::uint32_t height : {1u, 2u}) {
    auto framing = xlsx();
    framing.header_rows = height;
    const std::string broken = text_row(static_cast<int>(height), {"id", "caff\x8b"});
    const auto yield =
        read_xlsx(workbook((height == 2 ? kHeader : "") + broken + text_row(3, {"1", "Casa"})), framing);
    EXPECT_THAT(yield.codes(), ElementsAre("invalid_encoding"));
    EXPECT_EQ(yield.malformed.at(0).place.line, height);
    EXPECT_THAT(yield.rows(), IsEmpty());
  }
}

TEST(XlsxFramer, takes_rows_that_count_backwards) {
  auto framing = xlsx();
  framing.header_rows = 2;
  const auto yield =
      read_xlsx(workbook(text_row(5, {"a"}) + text_row(3, {"1"}) + text_row(4, {"2"})), framing);
  EXPECT_THAT(yield.columns, ElementsAre("a"));
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"1"}, Row{"2"}));
}

TEST(XlsxFramer, names_columns_that_have_no_header) {
  auto framing = xlsx();
  framing.header_row = 0;
  const auto yield = read_xlsx(workbook(text_row(1, {"1", "x"}) + text_row(2, {"2"})), framing);
  EXPECT_THAT(yield.columns, ElementsAre("A", "B"));
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"1", "x"}, Row{"2", ""}));
}

TEST(XlsxFramer, fills_gaps_and_parks_rows_with_too_many_cells) {
  const auto yield = read_xlsx(workbook(text_row(1, {"a", "b", "c"}) + text_row(2, {"1", "", "3"}) +
                                        text_row(3, {"1", "2", "3", "4"}) + text_row(4, {"5"})));
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"1", "", "3"}, Row{"5", "", ""}));
  ASSERT_THAT(yield.codes(), ElementsAre("too_many_cells"));
  EXPECT_EQ(yield.malformed[0].text.en, "line 3, column 4: 4 cells where the header has 3");
  EXPECT_EQ(yield.malformed[0].original, "1,2,3,4");
}

TEST(XlsxFramer, reads_prefixed_parts_and_rows_that_do_not_count) {
  auto parts = workbook("");
  parts["xl/worksheets/sheet1.xml"] =
      "<x:worksheet xmlns:x='y'><x:sheetData><x:row><x:c "
      "t='inlineStr'><x:is><x:t>a</x:t></x:is></x:c></x:row>"
      "<x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>";
  const auto yield = read_xlsx(parts);
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"1"}));
  EXPECT_EQ(yield.records[0].place.line, 2u);
}

TEST(XlsxFramer, parks_a_cell_that_refers_to_nothing_and_goes_on) {
  const auto yield = read_xlsx(workbook(kHeader +
                                        "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>99</v></c></row>"
                                        "<row r=\"3\"><c r=\"?\"><v>1</v></c></row>" +
                                        text_row(4, {"1"})));
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"1", ""}));
  EXPECT_THAT(yield.codes(), ElementsAre("broken_workbook", "broken_workbook"));
}

TEST(XlsxFramer, refuses_a_zip_bomb) {
  const auto bomb = workbook(kHeader + text_row(2, {std::string(60'000'000, 'x')}));
  const auto yield = read_xlsx(bomb);
  EXPECT_THAT(yield.records, IsEmpty());
  ASSERT_THAT(yield.codes(), ElementsAre("inflates_too_much"));
  EXPECT_THAT(yield.malformed[0].text.en, HasSubstr("zip bomb"));
  FramingLimits limits;
  limits.max_inflated_bytes = 1'000;
  EXPECT_THAT(read_xlsx(workbook(kHeader + text_row(2, {std::string(2'000, 'x')})), xlsx(), limits).codes(),
              ElementsAre("inflates_too_much"));
}

TEST(XlsxFramer, caps_the_texts_that_cells_share) {
  FramingLimits limits;
  limits.max_shared_strings_bytes = 10;
  const auto yield = read_xlsx(workbook(kHeader), xlsx(), limits);
  ASSERT_THAT(yield.codes(), ElementsAre("inflates_too_much"));
  EXPECT_THAT(yield.malformed[0].text.en,
              HasSubstr("the texts that cells share are larger than 10 bytes: save "
                        "the sheet as CSV, or split it"));
  EXPECT_THAT(yield.malformed[0].text.it, HasSubstr("salvare il foglio come CSV, o dividerlo"));
}

TEST(XlsxFramer, counts_the_place_of_each_shared_text_too) {
  auto parts = workbook(kHeader);
  const auto read = [&](std::size_t texts) {
    std::string list = "<sst><si><t>a</t></si><si><t>b</t></si>";
    for (std::size_t i = 2; i < texts; ++i) list += "<si/>";
    parts["xl/sharedStrings.xml"] = list + "</sst>";
    FramingLimits limits;
    limits.max_shared_strings_bytes = 4'002;
    return read_xlsx(parts, xlsx(), limits).codes();
  };
  EXPECT_THAT(read(1'000), IsEmpty());
  EXPECT_THAT(read(1'001), ElementsAre("inflates_too_much"));
}

TEST(XlsxFramer, parks_a_row_whose_cells_share_more_than_a_record_may_be) {
  auto parts = workbook(kHeader + "<row r=\"2\"><c t=\"s\"><v>2</v></c><c t=\"s\"><v>2</v></c></row>" +
                        "<row r=\"3\"><c t=\"s\"><v>3</v></c></row>" + text_row(4, {"1"}));
  parts["xl/sharedStrings.xml"] = "<sst><si><t>a</t></si><si><t>b</t></si><si><t>" + std::string(600, 'x') +
                                  "</t></si><si><r><t>" + std::string(600, 'x') + "</t></r><r><t>" +
                                  std::string(600, 'y') + "</t></r></si></sst>";
  FramingLimits limits;
  limits.max_record_bytes = 1'000;
  const auto yield = read_xlsx(parts, xlsx(), limits);
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"1", ""}));
  EXPECT_THAT(yield.codes(), ElementsAre("record_too_large", "record_too_large"));
}

TEST(XlsxFramer, reads_texts_whatever_stands_between_their_pieces) {
  const auto yield = read_xlsx(workbook(
      text_row(1, {"a", "b", "c", "d", "e"}) +
      "<row r=\"2\"><c t=\"inlineStr\"><is><r><rPr><b/></rPr><t>x</t></r><rPh><t>no</t></rPh><r><t> "
      "y</t></r></is></c>"
      "<c t=\"str\"><v>1<!-- no -->2<![CDATA[<3>]]></v></c><c t=\"str\"><v>a\r\nb_x0041_&#x5F;x0042_</v></c>"
      "<c><extLst><ext><v>9</v></ext></extLst></c><c "
      "t=\"inlineStr\"><is><t>_x00_x0043__x</t></is></c></row>"));
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"x y", "12<3>", "a\nbAB", "", "_x00C_x"}));
}

TEST(XlsxFramer, parks_a_row_larger_than_the_limit_and_goes_on) {
  FramingLimits limits;
  limits.max_record_bytes = 300;
  const auto yield = read_xlsx(
      workbook(kHeader + text_row(2, {std::string(2'000, 'x')}) + text_row(3, {"1"})), xlsx(), limits);
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"1", ""}));
  EXPECT_THAT(yield.codes(), ElementsAre("record_too_large"));
}

TEST(XlsxFramer, says_what_other_kind_of_file_it_is) {
  const std::string old = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(2'000, 'x');
  std::string encrypted = old;
  for (const char c : std::string_view("EncryptedPackage")) encrypted += {c, '\0'};
  const std::vector<std::pair<std::string, std::string>> cases{
      {old, "old_workbook"},
      {encrypted, "encrypted_workbook"},
      {"<html><table>", "not_a_workbook"},
      {std::string(5'000, '\0'), "zeros"},
      {"PK\x03\x04 and no more", "broken_workbook"},
      {zipped({{"a.txt", "hello"}}), "broken_workbook"},
      {zipped(workbook(kHeader), "secret"), "encrypted_workbook"}};
  for (const auto& [bytes, code] : cases) {
    const auto yield = read_all(xlsx(), StringFile(bytes));
    EXPECT_THAT(yield.records, IsEmpty());
    EXPECT_THAT(yield.codes(), ElementsAre(code));
  }
  EXPECT_THAT(read_all(xlsx(), StringFile("")).finding_codes(), ElementsAre("empty_file"));
}

TEST(XlsxFramer, says_that_a_sheet_ends_in_the_middle) {
  auto parts = workbook("");
  parts["xl/worksheets/sheet1.xml"] =
      "<worksheet><sheetData>" + kHeader + text_row(2, {"1"}) + "<row r=\"3\"><c>";
  const auto yield = read_xlsx(parts);
  EXPECT_THAT(yield.rows(), ElementsAre(Row{"1", ""}));
  ASSERT_THAT(yield.codes(), ElementsAre("broken_workbook"));
  EXPECT_EQ(yield.malformed[0].line, 2u);  // behind the last whole row
}

TEST(XlsxFramer, refuses_doctype_in_any_part) {
  for (const auto* part : {"xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"}) {
    auto parts = workbook(kHeader);
    auto& text = parts[part];
    text.insert(text.find("?>") + 2, "<!DOCTYPE x [<!ENTITY a 'b'>]>");
    EXPECT_THAT(read_xlsx(parts).codes(), ElementsAre("broken_workbook")) << part;
  }
}

TEST(XlsxFramer, survives_every_truncation) {
  const auto bytes = zipped(workbook(kHeader + text_row(2, {"1"})));
  for (std::size_t size = 1; size < bytes.size(); size += 7) {
    const auto yield = read_all(xlsx(), StringFile(bytes.substr(0, size)));
    ASSERT_THAT(yield.malformed, SizeIs(1)) << size;
  }
}

TEST(XlsxFramer, hands_on_what_the_file_says_when_it_cannot_be_read) {
  StringFile file(zipped(workbook(kHeader)));
  file.fails_from = 300;
  EXPECT_EQ(read_all(xlsx(), file).error, "the share went away");
}

TEST(XlsxReframe, takes_a_row_again) {
  const auto yield = read_xlsx(workbook(kHeader + text_row(2, {"1", "a, &quot;b&quot;"})));
  ASSERT_THAT(yield.records, SizeIs(1));
  InputBatch batch;
  ASSERT_TRUE(
      reframe(yield.context, yield.records[0].original, "file.test", yield.records[0].place, batch).ok());
  Yield again;
  add_records(batch, again);
  EXPECT_EQ(again.records[0], yield.records[0]);
  EXPECT_EQ(batch.format, Format::kXlsx);
}

TEST(CellFormat, tells_dates_from_numbers) {
  for (const auto* code : {"dd/mm/yyyy", "[$-410]d mmmm yyyy;@", "yyyy", "mmm"}) {
    EXPECT_TRUE(format_of_code(code).date) << code;
    EXPECT_FALSE(format_of_code(code).time) << code;
  }
  for (const auto* code : {"h:mm AM/PM", "[h]:mm:ss", "mm:ss.0"}) {
    EXPECT_FALSE(format_of_code(code).date) << code;
    EXPECT_TRUE(format_of_code(code).time) << code;
  }
  for (const auto* code :
       {"General", "0.00", "#,##0 \"giorni\"", "0.00E+00", "[Red]0", "\\d0", "@", "#,##0;[Red]dd"}) {
    EXPECT_FALSE(format_of_code(code).date) << code;
    EXPECT_FALSE(format_of_code(code).time) << code;
  }
}

std::string cell_number(std::string_view number, const CellFormat& format, bool from_1904) {
  std::string text;
  append_cell_number(number, format, from_1904, text);
  return text;
}

TEST(CellNumber, shows_what_a_cell_shows) {
  EXPECT_EQ(cell_number("1E+20", {}, false), "100000000000000000000");
  EXPECT_EQ(cell_number("1.0000000000000001E-7", {}, false), "0.0000001");
  EXPECT_EQ(cell_number("-3.5", {}, false), "-3.5");
  EXPECT_EQ(cell_number("0.25", {}, false), "0.25");
  EXPECT_EQ(cell_number("2.50", {}, false), "2.5");
  EXPECT_EQ(cell_number("007", {}, false), "7");
  EXPECT_EQ(cell_number("00.5", {}, false), "0.5");
  EXPECT_EQ(cell_number(".5", {}, false), "0.5");
  EXPECT_EQ(cell_number("5.", {}, false), "5");
  EXPECT_EQ(cell_number("-0", {}, false), "-0");
  EXPECT_EQ(cell_number("0", {}, false), "0");
  EXPECT_EQ(cell_number("1.2.3", {}, false), "1.2.3");
  EXPECT_EQ(cell_number("0.12345678901234567", {}, false), "0.123456789012346");
  EXPECT_EQ(cell_number("3391234567", {}, false), "3391234567");
  EXPECT_EQ(cell_number("not a number", {}, false), "not a number");
  EXPECT_EQ(cell_number("1", {true, false}, false), "1900-01-01");
  EXPECT_EQ(cell_number("59", {true, false}, false), "1900-02-28");
  EXPECT_EQ(cell_number("61", {true, false}, false), "1900-03-01");
  EXPECT_EQ(cell_number("45291.999999", {true, true}, false), "2024-01-01T00:00:00");
  EXPECT_EQ(cell_number("-1", {true, false}, false), "-1");
  EXPECT_EQ(cell_number("1e300", {true, false}, false).size(), 301u);
}

}  // namespace
}  // namespace raccordo
