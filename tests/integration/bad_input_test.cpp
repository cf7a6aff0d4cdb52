// SPDX-License-Identifier: EUPL-1.2
// Files that are not what they should be: each is told in words, nothing stated before is lost, and the
// repaired file goes through.
#include <gmock/gmock.h>

#include "core/framing/tests/workbook.hpp"
#include "tests/integration/hub_folder.hpp"

namespace raccordo::testing {
namespace {

using ::testing::HasSubstr;

constexpr int kParked = 3;

// A complete source in one format: what goes missing from it would be deleted.
class BadInput : public ::testing::Test {
 protected:
  void given(const std::string& input, const std::string& file, const std::string& good) {
    const bool rows = input.find("csv") != input.npos || input.find("xlsx") != input.npos;
    const std::string from = rows ? "column" : "path";
    file_ = "in/" + file;
    good_ = good;
    hub.configure(
        "  - id: albo\n    plugin: mapping\n    options: {mapping: albo.yaml}\n    from: {files: {path: \"" +
        file_ + "\", snapshot: complete}}\n");
    hub.write("albo.yaml", "mapping: 1\ninput: {" + input + "}\nentities:\n  - service:\n      id: {" + from +
                               ": id}\n      name: {" + from + ": nome}\n");
    hub.write(file_, good_);
    EXPECT_EQ(told(hub.once(), "albo"), "received 2 delivered 2 entities 2");
  }

  // One reading of the bad content says these words, on standard error or of a parked record.
  void says(const std::string& content, int exit, const std::vector<std::string>& words) {
    hub.write(file_, content);
    const auto ran = hub.raccordo({"run", "hub.yaml", "--once", "--json", "--lang", "en"});
    EXPECT_EQ(ran.exit, exit) << ran.err;
    std::string text = ran.err;
    for (const auto& record : hub.parked()) text += record.at("en").get<std::string>() + "\n";
    for (const auto& each : words) EXPECT_THAT(text, HasSubstr(each));
    EXPECT_EQ(hub.ledger().at("connectors")[0].at("deleted"), 0);
  }

  // Nothing was lost, and the next reading of a good file works.
  void goes_on(const std::string& repaired) {
    const auto before = hub.events("services").size();
    EXPECT_GE(before, 2u);
    hub.write(file_, repaired);
    const auto ledger = hub.once();
    EXPECT_EQ(ledger.at("connectors")[0].at("deleted"), 0) << ledger;
    EXPECT_EQ(hub.events("services").size(), before + 1) << ledger;
    // What was parked is superseded by a reading without faults.
    EXPECT_EQ(hub.ledger().at("connectors")[0].at("parked"), 0);
  }

  HubFolder hub;

 private:
  std::string file_;
  std::string good_;
};

constexpr const char* kCsv = "format: csv, separator: \";\", encoding: utf-8";
constexpr const char* kTwoRows = "id;nome\n1;Airone\n2;Brezza\n";
constexpr const char* kThreeRows = "id;nome\n1;Airone\n2;Brezza\n3;Cicogna\n";

constexpr const char* kXml = "format: xml, path: /registro/servizio";
const std::string kXmlTwo =
    "<registro><servizio><id>1</id><nome>Airone</nome></servizio>"
    "<servizio><id>2</id><nome>Brezza</nome></servizio>";
const std::string kXmlThird = "<servizio><id>3</id><nome>Cicogna</nome></servizio>";

constexpr const char* kLines = "format: lines";
const std::string kTwoLines = "{\"id\":\"1\",\"nome\":\"Airone\"}\n{\"id\":\"2\",\"nome\":\"Brezza\"}\n";
const std::string kThirdLine = "{\"id\":\"3\",\"nome\":\"Cicogna\"}\n";

TEST_F(BadInput, an_empty_file_deletes_nothing) {
  given(kCsv, "albo.csv", kTwoRows);
  says("", 0, {"albo.csv", "the file is empty", "2 deletions held: no record arrived"});
  goes_on(kThreeRows);
}

TEST_F(BadInput, a_file_of_zeros_is_parked_as_such) {
  given(kCsv, "albo.csv", kTwoRows);
  says(std::string(64u << 10, '\0'), kParked,
       {"albo.csv:1", "nothing but zero bytes: was the file copied whole?", "2 deletions held"});
  EXPECT_EQ(hub.parked().at(0).at("size"), 64 << 10);
  goes_on(kThreeRows);
}

TEST_F(BadInput, a_row_in_another_encoding_is_parked_with_its_line) {
  given(kCsv, "albo.csv", kTwoRows);
  says("id;nome\n1;Airone\n2;Citt\xE0\n3;Cicogna\n", kParked,
       {"albo.csv:3", "line 3, column 7", "not valid UTF-8", "1 deletion held"});
  goes_on("id;nome\n1;Airone\n2;Citt\xC3\xA0\n3;Cicogna\n");
}

TEST_F(BadInput, an_encoding_nobody_knows_is_named) {
  given(kXml, "albo.xml", kXmlTwo + "</registro>");
  says("<?xml version=\"1.0\" encoding=\"klingon\"?>" + kXmlTwo + "</registro>", kParked,
       {"albo.xml", "the file declares the encoding \"klingon\", which is not among those read"});
  goes_on(kXmlTwo + kXmlThird + "</registro>");
}

TEST_F(BadInput, a_truncated_xml_keeps_what_came_before_the_cut) {
  given(kXml, "albo.xml", kXmlTwo + "</registro>");
  says(kXmlTwo + "<servizio><id>3</id><no", kParked, {"albo.xml", "the file ends in the middle"});
  goes_on(kXmlTwo + kXmlThird + "</registro>");
}

TEST_F(BadInput, a_line_of_200_MB_is_one_parked_record) {
  given(kCsv, "albo.csv", kTwoRows);
  says("id;nome\n1;Airone\n2;" + std::string(200'000'000, 'x') + "\n", kParked,
       {"albo.csv:3", "the record is larger than 1048576 bytes", "1 deletion held"});
  goes_on(kThreeRows);
}

TEST_F(BadInput, json_nested_100000_deep_is_one_parked_record) {
  given(kLines, "albo.ndjson", kTwoLines);
  says("{\"id\":\"1\",\"nome\":\"Airone\"}\n{\"id\":\"2\",\"nome\":" + std::string(100'000, '[') +
           std::string(100'000, ']') + "}\n",
       kParked, {"albo.ndjson:2", "more than 64 levels inside each other"});
  goes_on(kTwoLines + kThirdLine);
}

TEST_F(BadInput, a_repeated_key_is_parked_and_the_rest_goes_on) {
  given("format: json, path: servizi", "albo.json",
        R"({"servizi":[{"id":"1","nome":"Airone"},{"id":"2","nome":"Brezza"}]})");
  says(R"({"servizi":[{"id":"1","nome":"Airone"},{"id":"2","id":"9","nome":"Brezza"}]})", kParked,
       {"albo.json:1", "a key repeated in the same object"});
  goes_on(
      R"({"servizi":[{"id":"1","nome":"Airone"},{"id":"2","nome":"Brezza"},{"id":"3","nome":"Cicogna"}]})");
}

TEST_F(BadInput, invalid_utf8_is_parked_with_its_line) {
  given(kLines, "albo.ndjson", kTwoLines);
  says("{\"id\":\"1\",\"nome\":\"Airone\"}\n{\"id\":\"2\",\"nome\":\"\xFF\xFE\"}\n", kParked,
       {"albo.ndjson:2", "line 2", "not valid UTF-8"});
  goes_on(kTwoLines + kThirdLine);
}

std::string cells(const std::string& a, const std::string& b) {
  std::string row = "<row>";
  for (const auto& text : {a, b}) row += "<c t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
  return row + "</row>";
}

TEST_F(BadInput, a_zip_bomb_is_called_one) {
  const auto two = cells("id", "nome") + cells("1", "Airone") + cells("2", "Brezza");
  given("format: xlsx, sheet: Servizi", "albo.xlsx", zipped(workbook(two)));
  says(zipped(workbook(two + cells("3", std::string(60'000'000, 'x')))), kParked,
       {"albo.xlsx", "inflates beyond the limits: it may be a zip bomb"});
  goes_on(zipped(workbook(two + cells("3", "Cicogna"))));
}

}  // namespace
}  // namespace raccordo::testing
