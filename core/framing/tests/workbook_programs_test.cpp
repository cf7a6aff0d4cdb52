// SPDX-License-Identifier: EUPL-1.2
// Workbooks as programs write them: samples in workbooks/, and Excel's habits built by hand.
#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

#include "core/framing/tests/string_file.hpp"
#include "core/framing/tests/workbook.hpp"

namespace raccordo {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Row = std::vector<std::string>;

Framing xlsx(std::string sheet = "") {
  Framing framing;
  framing.format = Format::kXlsx;
  framing.sheet = std::move(sheet);
  return framing;
}

Yield read_sample(const std::string& name, const Framing& framing) {
  std::ifstream file(RACCORDO_SOURCE_DIR "/core/framing/tests/workbooks/" + name, std::ios::binary);
  EXPECT_TRUE(file) << name;
  return read_all(framing, StringFile({std::istreambuf_iterator<char>(file), {}}));
}

TEST(WorkbookOfCalc, keeps_merged_headers_dates_results_and_texts_that_look_like_numbers) {
  auto framing = xlsx("Servizi & posti");
  framing.header_row = 3;
  framing.header_rows = 2;
  for (const auto* name : {"calc.xlsx", "calc_1904.xlsx"}) {
    const auto yield = read_sample(name, framing);
    EXPECT_THAT(yield.columns,
                ElementsAre("Codice", "Nome", "Posti Totali", "Posti Liberi", "CAP", "Date Dal", "Date Visto",
                            "Date Apre", "Attivo", "Tariffa", "Telefono"));
    EXPECT_THAT(yield.rows(),
                ElementsAre(Row{"A1", "Casa Airone & Caffè", "12", "3", "00184", "2026-03-05",
                                "2026-03-05T14:30:00", "08:30:00", "true", "1234.5", "0121555001"},
                            Row{"007", "  Brezza\nseconda riga", "#DIV/0!", "tre 007", "10064", "1999-12-31",
                                "", "", "false", "0.1", "3391234567"}))
        << name;
    EXPECT_THAT(yield.malformed, IsEmpty());
    EXPECT_EQ(yield.records.at(1).place.line, 8u);
  }
}

TEST(WorkbookOfCalc, is_read_at_its_first_sheet_when_none_is_named) {
  EXPECT_THAT(read_sample("calc.xlsx", xlsx()).columns, ElementsAre("Foglio di esempio, dati inventati"));
}

TEST(WorkbookOfOpenpyxl, is_read_past_its_hidden_sheet) {
  const auto yield = read_sample("openpyxl.xlsx", xlsx());
  EXPECT_THAT(yield.columns,
              ElementsAre("Codice", "Nome", "Posti", "CAP", "Dal", "Visto", "Attivo", "Totale"));
  EXPECT_THAT(yield.rows(),
              ElementsAre(Row{"A1", "Casa Airone & Caffè", "12", "00184", "2026-03-05", "2026-03-05T14:30:00",
                              "true", ""},
                          Row{"007", " due\nrighe ", "0.1", "10064", "2026-03-05", "", "false", ""}));
  ASSERT_THAT(yield.findings, ::testing::SizeIs(1));
  EXPECT_EQ(yield.findings[0].code, "formula_not_calculated");
}

TEST(WorkbookOfXlsxWriter, is_read_past_a_sheet_that_is_one_chart) {
  const auto yield = read_sample("xlsxwriter.xlsx", xlsx());
  EXPECT_THAT(yield.codes(), IsEmpty());
  EXPECT_THAT(yield.rows(),
              ElementsAre(Row{"A1", "Casa Airone & Caffè", "12", "00184", "2026-03-05", "2026-03-05T14:30:00",
                              "true", "24"},
                          Row{"007", " due\nrighe ", "0.1", "10064", "2026-03-05", "", "false", "0.2"}));
}

TEST(WorkbookOfXlsxWriter, has_no_rows_in_a_chart_that_is_asked_for) {
  const auto yield = read_sample("xlsxwriter.xlsx", xlsx("Grafico"));
  ASSERT_THAT(yield.codes(), ElementsAre("no_such_sheet"));
  EXPECT_THAT(yield.malformed[0].text.en, ::testing::HasSubstr("there are \"Servizi\""));
}

// The attributes, extensions and names that Excel writes, in the strict form of the standard.
Parts strict_workbook() {
  const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n";
  const std::string main = "http://purl.oclc.org/ooxml/spreadsheetml/main";
  const std::string types = "http://purl.oclc.org/ooxml/officeDocument/relationships";
  return {
      {"[Content_Types].xml", head + "<Types/>"},
      {"_rels/.rels", head +
                          "<Relationships><Relationship Id=\"rId3\" Type=\"x/extended-properties\" "
                          "Target=\"docProps/app.xml\"/><Relationship Id=\"rId1\" Type=\"" +
                          types + "/officeDocument\" Target=\"/xl/workbook.xml\"/></Relationships>"},
      {"xl/workbook.xml",
       head + "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + types +
           "\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" mc:Ignorable=\"x15\" "
           "conformance=\"strict\"><fileVersion appName=\"xl\"/><workbookPr date1904=\"1\" "
           "dateCompatibility=\"0\"/><mc:AlternateContent><mc:Choice Requires=\"x15\"><x15ac:absPath "
           "url=\"C:\\\"/></mc:Choice></mc:AlternateContent><bookViews/><sheets><sheet name=\"Fòglio1\" "
           "sheetId=\"7\" r:id=\"rId5\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       head + "<Relationships><Relationship Id=\"rId5\" Type=\"" + types +
           "/worksheet\" Target=\"./worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" + types +
           "/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/><Relationship Id=\"rId1\" Type=\"" + types +
           "/styles\" Target=\"../xl/styles.xml\"/></Relationships>"},
      {"xl/styles.xml",
       head + "<styleSheet xmlns=\"" + main +
           "\"><cellStyleXfs><xf numFmtId=\"22\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\" "
           "xfId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"},
      {"xl/sharedStrings.xml",
       head + "<sst xmlns=\"" + main +
           "\" count=\"3\" uniqueCount=\"3\"><si><t>Nome</t></si><si><r><rPr><b/><sz "
           "val=\"11\"/></rPr><t>東</t></r>"
           "<r><t xml:space=\"preserve\"> Airone </t></r><rPh sb=\"0\" "
           "eb=\"1\"><t>アズマ</t></rPh><phoneticPr "
           "fontId=\"1\" type=\"noConversion\"/></si><si><t>riga_x000a_sotto_x005F_x000a_</t></si></sst>"},
      {"xl/worksheets/sheet1.xml",
       head + "<worksheet xmlns=\"" + main +
           "\" mc:Ignorable=\"x14ac xr\" "
           "xr:uid=\"{00000000-0001-0000-0000-000000000000}\"><sheetPr/><dimension "
           "ref=\"A1:C4\"/><sheetViews/><cols><col min=\"1\" max=\"2\"/></cols><sheetData>"
           "<row r=\"1\" spans=\"1:3\" x14ac:dyDescent=\"0.25\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" "
           "t=\"inlineStr\"><is><t>Dal</t></is></c><c r=\"C1\" "
           "t=\"inlineStr\"><is><r><t>Al</t></r></is></c></row>"
           "<row r=\"2\" spans=\"1:3\" ht=\"15.75\" thickBot=\"1\"><c r=\"A2\" t=\"s\"><v>1</v></c><c "
           "r=\"B2\" s=\"1\" "
           "t=\"d\"><v>2026-03-05T00:00:00.000Z</v></c><c r=\"C2\" s=\"1\"><v>43830</v></c></row>"
           "<row r=\"4\" spans=\"1:3\"><c r=\"A4\" t=\"s\" vm=\"1\"><v>2</v></c><c r=\"B4\" cm=\"1\" "
           "t=\"str\"><f "
           "t=\"shared\" ref=\"B4\" si=\"0\">1</f><v>x</v><extLst/></c></row></sheetData><phoneticPr "
           "fontId=\"1\"/>"
           "<pageMargins/></worksheet>"},
  };
}

TEST(WorkbookOfExcel, is_read_in_the_strict_form_with_all_its_attributes) {
  const auto yield = read_all(xlsx(), StringFile(zipped(strict_workbook())));
  EXPECT_THAT(yield.columns, ElementsAre("Nome", "Dal", "Al"));
  EXPECT_THAT(yield.rows(),
              ElementsAre(Row{"東 Airone ", "2026-03-05", "2024-01-01"}, Row{"riga\nsotto_x000a_", "x", ""}));
  EXPECT_THAT(yield.codes(), IsEmpty());
}

}  // namespace
}  // namespace raccordo
