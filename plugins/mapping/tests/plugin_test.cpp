// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "raccordo/sdk/testing.hpp"
#include "raccordo/sdk/testing/conformance.hpp"

namespace raccordo {
namespace {

using ::testing::HasSubstr;

constexpr auto kServices = R"(
mapping: 1
input: {format: csv, separator: ";", encoding: windows-1252, header_row: 2, header_rows: 1}
entities:
  - service:
      when: {column: STATO, is_not: cessato}
      id: {parts: [{column: ASL}, {column: id}]}
      name: {column: NOME, trim: true}
      status: {column: STATO, table: {attivo: active}, default: active}
      address: {city: {column: COMUNE}, country: IT}
      need_areas: {column: AREE, split: ",", table: {anziani: elderly}}
  - capacity:
      when: {column: STATO, is_not: cessato}
      id: {parts: [{id_of: service}, tutti]}
      service: {id_of: service}
      total: {column: POSTI, number: it}
      updated: {column: AL, date: gg/mm/aaaa}
)";

constexpr auto kRows = R"(
mapping: 1
input: {format: events}
rows:
  - prenotazioni: {when: {path: state, is: requested}, columns: {Pratica: {path: id}}}
)";

constexpr auto kCase = "6f1c2f6e-6b0a-5c0e-9d54-1c1f0e0f7a11";

Pairs cells(std::string id, std::string posti, std::string stato = "attivo") {
  return {{"id", std::move(id)},          {"ASL", "BG"},
          {"NOME", "CASA\n  \"Airone\""}, {"COMUNE", "Albino"},
          {"STATO", std::move(stato)},    {"POSTI", std::move(posti)},
          {"AREE", "anziani, altro"},     {"AL", "31/12/2025"}};
}

constexpr auto kJson = R"(
mapping: 1
input: {format: json, path: contents}
entities:
  - service: {id: {path: id}, name: {path: name}, need_areas: {path: areas}, maximum_age: {path: "age[1]"}}
)";

constexpr auto kXml = R"(
mapping: 1
input: {format: xml, path: /registro/servizio}
entities:
  - service: {id: {path: "@codice"}, name: {path: nome}, need_areas: {path: area}, description: {path: note/testo}}
)";

TEST(Mapping, makes_several_entities_of_one_row) {
  FakeHost host(raccordo_plugin_entry(), {{"mapping", kServices}});
  ASSERT_TRUE(host.created()) << host.words();
  const auto answer = host.row(cells("7", "1.234"));
  ASSERT_TRUE(answer.accepted()) << answer;
  ASSERT_EQ(answer.published.size(), 2u);
  EXPECT_EQ(
      answer.published[0].json,
      R"({"address":{"city":"Albino","country":"IT"},"id":"BG:7","name":"CASA \"Airone\"","need_areas":["elderly"],"status":"active"})");
  EXPECT_EQ(answer.published[1].json,
            R"({"id":"BG:7:tutti","service":"BG:7","total":1234,"updated":"2025-12-31T00:00:00+01:00"})");
  EXPECT_EQ(answer.findings.size(), 1u);
}

TEST(Mapping, asks_for_its_source_to_be_cut_as_the_file_says) {
  FakeHost host(raccordo_plugin_entry(), {{"mapping", kServices}});
  EXPECT_EQ(host.framed(), (Framed{RACCORDO_FORMAT_CSV, ";", "windows-1252", "", "", 2, 1}));
  FakeHost json(raccordo_plugin_entry(), {{"mapping", kJson}});
  EXPECT_EQ(json.framed().format, RACCORDO_FORMAT_JSON);
  EXPECT_EQ(json.framed().path, "contents");
}

TEST(Mapping, promises_no_format_before_it_has_read_its_file) {
  EXPECT_EQ(raccordo_plugin_entry()->framing->format, RACCORDO_FORMAT_NONE);
}

TEST(Mapping, is_not_created_from_a_file_with_findings_and_says_all_of_them) {
  FakeHost host(raccordo_plugin_entry(), {{"mapping", "mapping: 2\ninput: {format: csw}\n"}});
  EXPECT_FALSE(host.created());
  EXPECT_THAT(host.words(), HasSubstr("mapping: 2 is not known"));
  EXPECT_THAT(host.words(), HasSubstr("“csw” is not a format: did you mean “csv”?"));
  EXPECT_THAT(host.words(), HasSubstr("manca entities"));
}

TEST(Mapping, rejects_records_of_another_format) {
  FakeHost rows(raccordo_plugin_entry(), {{"mapping", kServices}});
  EXPECT_EQ(rows.handle(Sample::document("{}", RACCORDO_FORMAT_JSON)).rejected.at(0).code, "wrong_format");
  FakeHost json(raccordo_plugin_entry(), {{"mapping", kJson}});
  EXPECT_EQ(json.row(cells("1", "1")).rejected.at(0).code, "wrong_format");
}

TEST(Mapping, filters_records_that_no_entity_wants) {
  FakeHost host(raccordo_plugin_entry(), {{"mapping", kServices}});
  EXPECT_EQ(host.row(cells("7", "1", "Cessato")).filtered.size(), 1u);
}

RACCORDO_CONFORMANCE({raccordo_plugin_entry(),
                      {{"mapping", kServices}},
                      {Sample::row(cells("7", "1.234")), Sample::row(cells("8", "n.d.")),
                       Sample::row(cells("", "5")), Sample::row(cells("9", "5", "cessato")),
                       Sample::row({{"other", "file"}}), Sample::row({}),
                       Sample::document("{}", RACCORDO_FORMAT_JSON), Sample::event("booking", kCase, "{}")}});

// The suite for the formats that are not rows.
TEST(Mapping, keeps_to_the_rules_with_json) {
  const Candidate candidate{
      raccordo_plugin_entry(),
      {{"mapping", kJson}},
      {Sample::document(R"({"id":1,"name":"a","areas":["elderly"],"age":[1,2]})", RACCORDO_FORMAT_JSON),
       Sample::document(R"({"id":1})", RACCORDO_FORMAT_JSON), Sample::document("[[[", RACCORDO_FORMAT_JSON),
       Sample::event("booking", kCase, "{}")}};
  EXPECT_THAT(complaints_about(candidate), ::testing::IsEmpty());
}

TEST(Mapping, keeps_to_the_rules_with_xml) {
  const Candidate candidate{
      raccordo_plugin_entry(),
      {{"mapping", kXml}},
      {Sample::document(
           "<servizio codice='1'><nome>a</nome><area>elderly</area><note><testo>x</testo></note></servizio>",
           RACCORDO_FORMAT_XML),
       Sample::document("<servizio/>", RACCORDO_FORMAT_XML),
       Sample::document("<servizio", RACCORDO_FORMAT_XML), Sample::event("booking", kCase, "{}")}};
  EXPECT_THAT(complaints_about(candidate), ::testing::IsEmpty());
}

TEST(Mapping, keeps_to_the_rules_with_events) {
  const Candidate candidate{raccordo_plugin_entry(),
                            {{"mapping", kRows}},
                            {Sample::event("booking", kCase, R"({"id":"7","state":"requested"})"),
                             Sample::event("booking", kCase, "{}"), Sample::event("offer", kCase, "{}"),
                             Sample::deletion("offer", kCase), Sample::row({{"other", "file"}}),
                             Sample::document("{}", RACCORDO_FORMAT_JSON)}};
  EXPECT_THAT(complaints_about(candidate), ::testing::IsEmpty());
}

}  // namespace
}  // namespace raccordo
