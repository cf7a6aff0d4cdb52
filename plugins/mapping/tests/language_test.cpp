// SPDX-License-Identifier: EUPL-1.2
// Each word of the language, as a person would use it.
#include <gtest/gtest.h>

#include "raccordo/model/validate.hpp"
#include "said.hpp"

namespace raccordo::mapping {
namespace {

Lines one(std::string line) { return {std::move(line)}; }

// ---------------------------------------------------------------------------------------------- where it
// comes from

TEST(Language, takes_a_column_a_constant_and_leaves_empty_cells_out) {
  EXPECT_EQ(service("description: {column: A}", {{"A", "Mensa"}}), one(R"({"description":"Mensa"})"));
  EXPECT_EQ(service("description: {column: A}", {{"A", ""}}), one("{}"));
  EXPECT_EQ(service("description: {column: A}", {{"A", " \n\xc2\xa0"}}), one("{}"));
  EXPECT_EQ(service("unit_type: rsa", {}), one(R"({"unit_type":"rsa"})"));
  EXPECT_EQ(service("description: {constant: \"Di \\\"tutti\\\"\"}", {}),
            one(R"({"description":"Di \"tutti\""})"));
}

TEST(Language, finds_columns_whatever_their_capitals_and_blanks) {
  EXPECT_EQ(service("description: {column: Posti letto}", {{" POSTI\nLETTO ", "x"}}),
            one(R"({"description":"x"})"));
  EXPECT_EQ(service("description: {column: a}", {{"A", "x"}, {"a", "y"}}), one(R"({"description":"y"})"));
}

TEST(Language, says_which_column_is_missing) {
  EXPECT_EQ(service("description: {column: DENOMINAZIONE}", {{"DENOMINAZONE", "x"}}),
            one("reject column_missing DENOMINAZIONE: the file has no column “DENOMINAZIONE”: did you mean "
                "“DENOMINAZONE”?"));
  EXPECT_EQ(service("description: {column: a b}", {{"A B", "x"}, {"a  b", "y"}}),
            one("reject column_missing a b: the file has no column “a b”: did you mean “A B”?"));
}

TEST(Language, looks_columns_up_again_for_another_file) {
  Execution execution(compiled(
      "mapping: 1\ninput: {format: csv}\nentities:\n- service: {id: {column: A}, name: {column: B}}\n"));
  Said said;
  execution.run(RowOf({{"A", "1"}, {"B", "x"}}).record(), said);
  execution.run(RowOf({{"B", "y"}, {"A", "2"}}).record(), said);
  execution.run(RowOf({{"B", "y"}, {"C", "2"}}).record(), said);
  execution.run(RowOf({{"A", "3"}, {"B", "z"}}).record(), said);
  EXPECT_EQ(said.lines, (Lines{R"(service {"id":"1","name":"x"})", R"(service {"id":"2","name":"y"})",
                               "reject column_missing A: the file has no column “A”",
                               R"(service {"id":"3","name":"z"})"}));
}

TEST(Language, joins_what_is_filled) {
  const auto* fields = "description: {join: [{column: A}, {column: B}, fine], with: \", \"}";
  EXPECT_EQ(service(fields, {{"A", "via Roma"}, {"B", "5"}}), one(R"({"description":"via Roma, 5, fine"})"));
  EXPECT_EQ(service(fields, {{"A", "via Roma"}, {"B", ""}}), one(R"({"description":"via Roma, fine"})"));
  EXPECT_EQ(service("description: {join: [{column: A}, {column: B}]}", {{"A", ""}, {"B", ""}}), one("{}"));
  EXPECT_EQ(
      service("description: {join: [{join: [{column: A}, {column: B}], with: /}, {column: A}], with: -}",
              {{"A", "a"}, {"B", "b"}}),
      one(R"({"description":"a/b-a"})"));
}

TEST(Language, makes_ids_of_parts_that_cannot_be_mistaken_for_others) {
  const auto* yaml =
      "mapping: 1\ninput: {format: csv}\nentities:\n- service: {id: {parts: [{column: A}, {column: B}]}, "
      "name: n}\n";
  EXPECT_EQ(row(yaml, {{"A", " BG "}, {"B", "1"}}), one(R"(service {"id":"BG:1","name":"n"})"));
  EXPECT_EQ(row(yaml, {{"A", "a:b"}, {"B", "c%"}}), one(R"(service {"id":"a%3Ab:c%25","name":"n"})"));
  EXPECT_EQ(row(yaml, {{"A", "a"}, {"B", ""}}),
            one("reject id_incomplete B: it is empty, but it is a part of service.id"));
}

TEST(Language, refers_to_entities_above) {
  const auto* yaml = R"(
mapping: 1
input: {format: csv}
entities:
- organization: {called: gestore, id: {column: G}, name: {column: G}}
- service: {id: {column: S}, name: {column: S}, organization: {id_of: gestore}}
- capacity: {id: {parts: [{id_of: service}, posti]}, service: {id_of: service}, total: {column: P, number: plain}}
)";
  EXPECT_EQ(row(yaml, {{"G", "g:1"}, {"S", "s:1"}, {"P", "4"}}),
            (Lines{R"(organization {"id":"g:1","name":"g:1"})",
                   R"(service {"id":"s:1","name":"s:1","organization":"g:1"})",
                   R"(capacity {"id":"s:1:posti","service":"s:1","total":4})"}));
}

// ---------------------------------------------------------------------------------------------- what is done
// to it

TEST(Language, trims_as_told) {
  EXPECT_EQ(service("description: {column: A}", {{"A", " a  b "}}), one(R"({"description":" a  b "})"));
  EXPECT_EQ(service("description: {column: A, trim: true}", {{"A", " a\n b "}}),
            one(R"({"description":"a b"})"));
  EXPECT_EQ(service("description: {column: A, trim: ends}", {{"A", " a  b "}}),
            one(R"({"description":"a  b"})"));
  EXPECT_EQ(service("description: {column: A, trim: all}", {{"A", " a  b "}}),
            one(R"({"description":"ab"})"));
}

TEST(Language, reads_numbers) {
  EXPECT_EQ(service("maximum_age: {column: A, number: it}", {{"A", "64,5"}}), one(R"({"maximum_age":64.5})"));
  EXPECT_EQ(
      service("maximum_age: {column: A, number: it}", {{"A", "n.d."}}),
      (Lines{"finding not_a_number A: for service.maximum_age it is not a number such as 1.234,50", "{}"}));
  EXPECT_EQ(service("description: {column: A, number: plain}", {{"A", "0012.0"}}),
            one(R"({"description":"12"})"));
}

TEST(Language, reads_dates) {
  EXPECT_EQ(service("assured_date: {column: A, date: gg/mm/aaaa}", {{"A", "5/3/2026"}}),
            one(R"({"assured_date":"2026-03-05"})"));
  EXPECT_EQ(
      service("assured_date: {column: A, date: [gg/mm/aaaa, iso]}", {{"A", "2026-13-01"}}),
      (Lines{"finding not_a_date A: for service.assured_date it is not a date in the form gg/mm/aaaa, iso",
             "{}"}));
  EXPECT_EQ(service("last_modified: {column: A, date: {format: gg/mm/aaaa hh:mm, zone: Z}}",
                    {{"A", "5/3/2026 10:00"}}),
            one(R"({"last_modified":"2026-03-05T10:00:00Z"})"));
}

TEST(Language, looks_values_up_in_tables) {
  const auto* fields = "status: {column: A, table: {Attivo: active, Chiuso: defunct, \"n.d.\": ~}}";
  EXPECT_EQ(service(fields, {{"A", "ATTIVO "}}), one(R"({"status":"active"})"));
  EXPECT_EQ(service(fields, {{"A", "n.d."}}), one("{}"));
  EXPECT_EQ(service(fields, {{"A", "sospeso"}}),
            (Lines{"finding not_in_table A: the value is not in the table of service.status", "{}"}));
  EXPECT_EQ(service("status: {column: A, table: {Attivo: active}, else: inactive}", {{"A", "boh"}}),
            one(R"({"status":"inactive"})"));
  EXPECT_EQ(service("status: {column: A, table: {Attivo: active}, else: inactive}", {{"A", ""}}), one("{}"));
  EXPECT_EQ(service("status: {column: A, table: {x: active}, else: {column: B, table: {y: defunct}}}",
                    {{"A", "?"}, {"B", "y"}}),
            one(R"({"status":"defunct"})"));
  EXPECT_EQ(service("maximum_age: {column: A, table: {adulti: 64, minori: 18}}", {{"A", "minori"}}),
            one(R"({"maximum_age":18})"));
}

TEST(Language, takes_named_tables_and_words_for_empty_from_the_whole_file) {
  const auto* yaml = R"(
mapping: 1
input: {format: csv}
trim: true
empty: ["-", n.d.]
tables: {stati: {SI: active, NO: inactive}}
entities:
- service: {id: {column: A}, name: {column: B}, status: {column: S, table: stati}, description: {column: D, trim: false}}
)";
  EXPECT_EQ(row(yaml, {{"A", " 1 "}, {"B", "a \n b"}, {"S", "no"}, {"D", " x "}}),
            one(R"(service {"description":" x ","id":"1","name":"a b","status":"inactive"})"));
  EXPECT_EQ(row(yaml, {{"A", "1"}, {"B", "N.D."}, {"S", "-"}, {"D", "-"}}),
            one("reject missing B: “B” is empty, but service.name needs it"));
  EXPECT_EQ(row(yaml, {{"A", "1"}, {"B", "b"}, {"S", "?"}, {"D", " - "}}),
            (Lines{"finding not_in_table S: for service.status the value is not in the table “stati”",
                   R"(service {"id":"1","name":"b"})"}));
}

TEST(Language, has_a_default_for_what_is_empty_but_not_for_what_is_wrong) {
  EXPECT_EQ(service("description: {column: A, default: niente}", {{"A", ""}}),
            one(R"({"description":"niente"})"));
  EXPECT_EQ(service("description: {column: A, default: {column: B, default: c}}", {{"A", ""}, {"B", "b"}}),
            one(R"({"description":"b"})"));
  EXPECT_EQ(service("maximum_age: {column: A, number: it, default: 99}", {{"A", ""}}),
            one(R"({"maximum_age":99})"));
  EXPECT_EQ(
      service("maximum_age: {column: A, number: it, default: 99}", {{"A", "x"}}),
      (Lines{"finding not_a_number A: for service.maximum_age it is not a number such as 1.234,50", "{}"}));
}

TEST(Language, rejects_the_record_when_something_required_is_missing_or_wrong) {
  EXPECT_EQ(service("description: {column: A, required: true}", {{"A", ""}}),
            one("reject missing A: “A” is empty, but service.description needs it"));
  EXPECT_EQ(service("maximum_age: {column: A, number: it, required: true}", {{"A", "x"}}),
            one("reject not_a_number A: for service.maximum_age it is not a number such as 1.234,50"));
}

TEST(Language, splits_into_lists) {
  EXPECT_EQ(service("need_areas: {column: A, split: \";\", table: {anziani: elderly, minori: family_minors}}",
                    {{"A", "anziani ; minori;;"}}),
            one(R"({"need_areas":["elderly","family_minors"]})"));
  EXPECT_EQ(
      service("need_areas: {column: A, split: \";\", table: {anziani: elderly}}", {{"A", "anziani;altro"}}),
      (Lines{"finding not_in_table A: the value is not in the table of service.need_areas",
             R"({"need_areas":["elderly"]})"}));
  EXPECT_EQ(service("need_areas: {column: A, split: \";\"}", {{"A", ""}}), one("{}"));
  EXPECT_EQ(service("need_areas: {column: A, split: \";\", default: elderly}", {{"A", ""}}),
            one(R"({"need_areas":["elderly"]})"));
  EXPECT_EQ(service("need_areas: {column: A, split: \";\", required: true}", {{"A", ";"}}),
            one("reject missing service.need_areas: “service.need_areas” is empty, but service.need_areas "
                "needs it"));
  EXPECT_EQ(service("need_areas: [{column: A}, elderly]", {{"A", "family_minors"}}),
            one(R"({"need_areas":["family_minors","elderly"]})"));
}

// ------------------------------------------------------------------------------------------------- objects,
// lists

TEST(Language, nests_objects_and_leaves_out_those_of_constants_only) {
  const auto* fields = "address: {city: {column: A}, country: IT}";
  EXPECT_EQ(service(fields, {{"A", "Albino"}}), one(R"({"address":{"city":"Albino","country":"IT"}})"));
  EXPECT_EQ(service(fields, {{"A", ""}}), one("{}"));
  EXPECT_EQ(service("address: {country: IT}", {}), one(R"({"address":{"country":"IT"}})"));
}

// What bookings need to know: every line is one that the hub accepts whole.
void expect_accepted(const Lines& lines) {
  Validator validator;
  StatementKeys keys(statement_space("valle-demo", "albo"));
  for (const auto& line : lines) {
    std::string out;
    std::vector<DroppedField> dropped;
    const auto blank = line.find(' ');
    EXPECT_TRUE(validator.validate(line.substr(0, blank), line.substr(blank + 1), keys, out, dropped))
        << line;
    EXPECT_TRUE(dropped.empty()) << line << ' ' << dropped.front().path;
  }
}

TEST(Language, states_who_pays_how_much_where_and_when) {
  const auto lines =
      row(R"(
mapping: 1
input: {format: csv}
entities:
- offer:
    id: {column: A}
    service: s
    channel: municipal_entitlement
    price: {cents: {column: P, number: {format: it, times: 100}}, currency: EUR, unit: hour}
    split:
      - {party: body, cents: {column: E, number: {format: it, times: 100}}}
      - {party: user, cents: {column: U, number: {format: it, times: 100}}}
    territory: {column: T, split: ","}
    time_bands:
      - {days: [weekday], from: {column: D, date: "hh:mm"}, to: "13:00:00"}
)",
          {{"A", "1"}, {"P", "22,50"}, {"E", "16,50"}, {"U", "6"}, {"T", "012127, 012134"}, {"D", "08:00"}});
  EXPECT_EQ(lines, one(R"(offer {"channel":"municipal_entitlement","id":"1",)"
                       R"("price":{"cents":2250,"currency":"EUR","unit":"hour"},"service":"s",)"
                       R"("split":[{"cents":1650,"party":"body"},{"cents":600,"party":"user"}],)"
                       R"("territory":["012127","012134"],)"
                       R"("time_bands":[{"days":["weekday"],"from":"08:00:00","to":"13:00:00"}]})"));
  expect_accepted(lines);
}

TEST(Language, states_awards_qualifications_plans_and_entitlements) {
  const auto lines = row(R"(
mapping: 1
input: {format: csv}
entities:
- accreditation:
    id: {column: A}
    provider: {column: C}
    kind: accreditamento
    state: {column: S, table: {attivo: granted, sospeso: suspended}}
    act: {number: {column: N}, date: {column: G, date: gg/mm/aaaa}}
    unit_types: {column: T, split: ","}
- qualification:
    id: {column: A}
    provider: {column: C}
    scheme: uni_pdr_58
    evidences:
      - {requirement_group: legal_administrative, outcome: met, valid_to: {column: G, date: gg/mm/aaaa}}
- plan:
    id: {column: A}
    name: {column: N}
    letters: {column: L, split: ","}
    relations: [self, parent]
- entitlement:
    id: {column: A}
    holder: {column: H}
    unit_type: sad
    providers: [{provider: {column: C}}]
    quantity: {per_week: {column: Q, number: it}, unit: hour}
)",
                         {{"A", "1"},
                          {"C", "C1"},
                          {"S", "sospeso"},
                          {"N", "12/2026"},
                          {"G", "30/06/2026"},
                          {"T", "sad, cdd"},
                          {"L", "f_ter"},
                          {"H", "P-7"},
                          {"Q", "6"}});
  EXPECT_EQ(
      lines,
      (Lines{R"(accreditation {"act":{"date":"2026-06-30","number":"12/2026"},"id":"1",)"
             R"("kind":"accreditamento","provider":"C1","state":"suspended","unit_types":["sad","cdd"]})",
             R"(qualification {"evidences":[{"outcome":"met","requirement_group":"legal_administrative",)"
             R"("valid_to":"2026-06-30"}],"id":"1","provider":"C1","scheme":"uni_pdr_58"})",
             R"(plan {"id":"1","letters":["f_ter"],"name":"12/2026","relations":["self","parent"]})",
             R"(entitlement {"holder":"P-7","id":"1","providers":[{"provider":"C1"}],)"
             R"("quantity":{"per_week":6,"unit":"hour"},"unit_type":"sad"})"}));
  expect_accepted(lines);
}

TEST(Language, leaves_an_object_out_that_lacks_what_it_cannot_be_without) {
  const auto* yaml = R"(
mapping: 1
input: {format: csv}
entities:
- offer:
    id: {column: A}
    service: s
    channel: pay
    price: {cents: {column: P, number: {format: it, times: 100}}, currency: EUR, unit: {column: U}}
)";
  EXPECT_EQ(
      row(yaml, {{"A", "1"}, {"P", "18,5"}, {"U", "hour"}}),
      one(R"(offer {"channel":"pay","id":"1","price":{"cents":1850,"currency":"EUR","unit":"hour"},"service":"s"})"));
  EXPECT_EQ(row(yaml, {{"A", "1"}, {"P", ""}, {"U", "hour"}}),
            one(R"(offer {"channel":"pay","id":"1","service":"s"})"));
  EXPECT_EQ(row(yaml, {{"A", "1"}, {"P", "gratis"}, {"U", "hour"}}),
            (Lines{"finding not_a_number P: for offer.price.cents it is not a number such as 1.234,50",
                   R"(offer {"channel":"pay","id":"1","service":"s"})"}));
}

TEST(Language, lists_objects) {
  const auto* fields =
      "phones:\n- {number: {column: A}, type: sede}\n- {number: {column: B}, extension: {column: C, number: "
      "plain}}";
  EXPECT_EQ(service(fields, {{"A", "1"}, {"B", "2"}, {"C", "7"}}),
            one(R"({"phones":[{"number":"1","type":"sede"},{"extension":7,"number":"2"}]})"));
  EXPECT_EQ(service(fields, {{"A", ""}, {"B", "2"}, {"C", ""}}), one(R"({"phones":[{"number":"2"}]})"));
  EXPECT_EQ(service(fields, {{"A", ""}, {"B", ""}, {"C", ""}}), one("{}"));
}

// -----------------------------------------------------------------------------------------------------
// conditions

TEST(Language, makes_an_entity_only_when_its_conditions_hold) {
  const auto* yaml = R"(
mapping: 1
input: {format: csv}
entities:
- service: {when: {column: A, is: [si, "1"]}, id: {column: B}, name: s}
- organization: {when: [{column: A, is_not: no}, {column: B}], id: {column: B}, name: o}
)";
  EXPECT_EQ(row(yaml, {{"A", "SI"}, {"B", "1"}}),
            (Lines{R"(service {"id":"1","name":"s"})", R"(organization {"id":"1","name":"o"})"}));
  EXPECT_EQ(row(yaml, {{"A", "forse"}, {"B", "1"}}), one(R"(organization {"id":"1","name":"o"})"));
  EXPECT_EQ(row(yaml, {{"A", "No"}, {"B", "1"}}), one("filter no entity wants this record (when)"));
  EXPECT_EQ(row(yaml, {{"A", ""}, {"B", ""}}), one("filter no entity wants this record (when)"));
}

TEST(Language, rejects_a_record_whose_condition_cannot_be_read) {
  const auto* yaml =
      "mapping: 1\ninput: {format: csv}\nentities:\n- service: {when: {column: A, number: it, is: \"1\"}, "
      "id: \"1\", name: s}\n";
  EXPECT_EQ(row(yaml, {{"A", "1,0"}}), one(R"(service {"id":"1","name":"s"})"));
  EXPECT_EQ(row(yaml, {{"A", "x"}}),
            one("reject not_a_number A: for when it is not a number such as 1.234,50"));
}

TEST(Language, has_no_id_of_what_was_not_made) {
  const auto* yaml = R"(
mapping: 1
input: {format: csv}
entities:
- organization: {when: {column: G}, id: {column: G}, name: o}
- service: {id: {column: S}, name: s, organization: {id_of: organization}}
)";
  EXPECT_EQ(row(yaml, {{"G", "1"}, {"S", "2"}}).back(),
            R"(service {"id":"2","name":"s","organization":"1"})");
  EXPECT_EQ(row(yaml, {{"G", ""}, {"S", "2"}}), one(R"(service {"id":"2","name":"s"})"));
}

// ------------------------------------------------------------------------------------------------------
// JSON, XML

TEST(Language, reads_json) {
  const auto* yaml = R"(
mapping: 1
input: {format: json, path: contents}
entities:
- service:
    id: {path: id}
    name: {path: "names[0].it"}
    need_areas: {path: areas, table: {anziani: elderly, minori: family_minors}}
    maximum_age: {path: age.max}
    address: {city: {path: place.city}}
)";
  EXPECT_EQ(
      body(
          yaml,
          R"({"id":7,"names":[{"it":"Mensa"}],"areas":["anziani","minori"],"age":{"max":64},"place":{"city":"Albino"}})"),
      one(R"(service {"address":{"city":"Albino"},"id":"7","maximum_age":64,"name":"Mensa","need_areas":["elderly","family_minors"]})"));
  EXPECT_EQ(body(yaml, R"({"id":"7","names":[{"it":"Mensa"}],"age":{"max":"64"},"place":"x"})"),
            (Lines{"finding wrong_type age.max: service.maximum_age wants another type of value",
                   R"(service {"id":"7","name":"Mensa"})"}));
  EXPECT_EQ(body(yaml, R"({"id":{"x":1},"names":[{"it":"Mensa"}]})"),
            one("reject not_a_value id: service.id wants one value, here stands a list or an object"));
  EXPECT_EQ(body(yaml, "{\"id\":").front().substr(0, 55),
            "reject broken_json : the record's JSON cannot be read: ");
}

TEST(Language, reads_xml) {
  const auto* yaml = R"(
mapping: 1
input: {format: xml, path: /registro/servizio}
entities:
- service:
    id: {path: "@codice"}
    name: {path: denominazione, trim: true}
    need_areas: {path: utenza/area, table: {anziani: elderly, minori: family_minors}}
    maximum_age: {path: eta/max, number: it}
)";
  EXPECT_EQ(
      body(yaml,
           "<servizio codice='c1'><denominazione>\n Casa  Airone "
           "</denominazione><utenza><area>Anziani</area><area>minori</area></utenza>"
           "<eta><max>64</max></eta></servizio>"),
      one(R"(service {"id":"c1","maximum_age":64,"name":"Casa Airone","need_areas":["elderly","family_minors"]})"));
  EXPECT_EQ(body(yaml, "<servizio><denominazione>x</denominazione></servizio>"),
            one("reject missing @codice: “@codice” is empty, but service.id needs it"));
}

// --------------------------------------------------------------------------------------------------------
// messages

TEST(Language, speaks_italian_too) {
  const auto* yaml =
      "mapping: 1\ninput: {format: csv}\nentities:\n- service: {id: {column: A}, name: n, assured_date: "
      "{column: D, date: gg/mm/aaaa}}\n";
  EXPECT_EQ(row(yaml, {{"A", ""}, {"D", ""}}, Language::kItalian),
            one("reject missing A: «A» è vuoto, ma serve per service.id"));
  EXPECT_EQ(row(yaml, {{"A", "1"}, {"D", "ieri"}}, Language::kItalian).front(),
            "finding not_a_date D: per service.assured_date non è una data nella forma gg/mm/aaaa");
}

TEST(Language, shows_what_a_record_holds_to_the_debug_log_only) {
  Execution execution(
      compiled("mapping: 1\ninput: {format: csv}\nentities:\n- service: {id: \"1\", name: n, maximum_age: "
               "{column: A, number: it}}\n"));
  Said said;
  execution.run(RowOf(Cells{{"A", "segreto"}}).record(), said);
  EXPECT_EQ(said.debugged, one("A: not_a_number: \"segreto\""));
  for (const auto& line : said.lines) EXPECT_EQ(line.find("segreto"), std::string::npos) << line;
}

TEST(Language, forgets_each_record) {
  Execution execution(
      compiled("mapping: 1\ninput: {format: csv}\nentities:\n- service: {id: {column: A}, name: {column: A}, "
               "maximum_age: {column: B, number: it}}\n"));
  Said once;
  execution.run(RowOf({{"A", "2"}, {"B", "x"}}).record(), once);
  Said said;
  execution.run(RowOf({{"A", std::string(300'000, 'a')}, {"B", "x"}}).record(), said);
  execution.run(RowOf({{"A", ""}, {"B", "x"}}).record(), said);
  said.lines.clear();
  execution.run(RowOf({{"A", "2"}, {"B", "x"}}).record(), said);
  EXPECT_EQ(said.lines, once.lines);
}

}  // namespace
}  // namespace raccordo::mapping
