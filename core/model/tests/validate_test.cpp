// SPDX-License-Identifier: Apache-2.0
#include "raccordo/model/validate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "raccordo/model/json.hpp"

namespace raccordo {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

struct Validation : testing::Test {
  // The published form, or "refused <path>: <code>".
  std::string publish(std::string_view kind, std::string_view json) {
    std::string out = "before";
    dropped.clear();
    const auto entity = validator.validate(kind, json, keys, out, dropped);
    if (!entity) {
      EXPECT_EQ(out, "before");
      return fmt::format("refused {}: {}", validator.refusal().path, validator.refusal().code);
    }
    EXPECT_EQ(out, "before" + std::string(entity->data));
    last = *entity;
    data = entity->data;
    return data;
  }
  std::vector<std::string> findings() const {
    std::vector<std::string> all;
    for (const auto& field : dropped) all.push_back(fmt::format("{}: {}", field.path, field.code));
    return all;
  }
  std::string id_of(std::string_view kind, std::string_view id) const {
    return uuid_v5(space, fmt::format("{}\n{}", kind, id)).text();
  }

  Uuid space = statement_space("valle-demo", "albo");
  StatementKeys keys{space};
  Validator validator;
  std::vector<DroppedField> dropped;
  ValidEntity last;
  std::string data;
};

TEST(Validator, keeps_the_partners_ids_for_whoever_tries_a_plugin) {
  StatementKeys keys{statement_space("valle-demo", "albo")};
  Validator validator(PublishedIds::kPartners);
  std::string out;
  std::vector<DroppedField> dropped;
  EXPECT_TRUE(validator.validate(
      "service", R"({"email":"no","id":"A:1","name":"Mensa","organization":"C\"7"})", keys, out, dropped));
  EXPECT_EQ(out, R"({"id":"A:1","name":"Mensa","organization":"C\"7"})");
}

TEST_F(Validation, gives_canonical_ids_and_keeps_the_partners_own_as_source_id) {
  EXPECT_EQ(publish("offer", R"({"channel":"pay","id":"A 7","service":"S1"})"),
            fmt::format(
                R"({{"channel":"pay","id":"{}","service":"{}","service_source_id":"S1","source_id":"A 7"}})",
                id_of("offer", "A 7"), id_of("service", "S1")));
  EXPECT_EQ(last.key.text(), id_of("offer", "A 7"));
  EXPECT_EQ(last.source_id, "A 7");
  EXPECT_EQ(last.schema->topic, "offers");
  EXPECT_THAT(dropped, IsEmpty());
}

TEST_F(Validation, keeps_the_partners_own_id_of_each_reference) {
  EXPECT_EQ(
      publish("capacity", R"({"id":"1","service":"S\"1","total":3})"),
      fmt::format(R"({{"id":"{}","service":"{}","service_source_id":"S\"1","source_id":"1","total":3}})",
                  id_of("capacity", "1"), id_of("service", "S\"1")));
  EXPECT_THAT(publish("service", R"({"id":"1","name":"N","organization":"O1"})"),
              HasSubstr(R"(,"organization_source_id":"O1",)"));
  EXPECT_THAT(publish("organization", R"({"id":"1","name":"N","parent":"P1"})"),
              HasSubstr(R"(,"parent_source_id":"P1",)"));
  for (const auto* without : {R"({"id":"1","name":"N"})", R"({"id":"1","name":"N","parent":null})",
                              R"({"id":"1","name":"N","parent":"a\nb"})"})
    EXPECT_THAT(publish("organization", without), Not(HasSubstr("parent"))) << without;
}

TEST_F(Validation, hashes_what_it_publishes) {
  (void)publish("offer", R"({"channel":"pay","id":"1","service":"S"})");
  const auto first = last.hash;
  (void)publish("offer", R"({ "service":"S", "id":"1", "channel":"pay" })");
  EXPECT_EQ(last.hash, first);
  (void)publish("offer", R"({"channel":"pay","description":"x","id":"1","service":"S"})");
  EXPECT_NE(last.hash, first);
}

TEST_F(Validation, takes_unsorted_and_spaced_text_as_the_same_entity) {
  const auto canonical =
      publish("service", R"({"address":{"city":"Lecco","country":"IT"},"id":"1","name":"Sà"})");
  EXPECT_EQ(
      publish("service",
              "{ \"name\": \"S\\u00e0\",\n\"id\":\"1\",\"address\":{\"country\":\"IT\",\"city\":\"Lecco\"}}"),
      canonical);
}

TEST_F(Validation, leaves_out_null_and_empty_optional_values_without_a_word) {
  EXPECT_EQ(
      publish("service", R"({"address":{"city":null},"description":"","id":"1","name":"S","phone":null})"),
      publish("service", R"({"id":"1","name":"S"})"));
  EXPECT_THAT(dropped, IsEmpty());
}

TEST_F(Validation, drops_an_invalid_optional_field_and_says_where) {
  EXPECT_EQ(publish("service",
                    R"({"address":{"country":"Italia"},"email":"a@b","id":"1","name":"S","status":"open"})"),
            publish("service", R"({"id":"1","name":"S"})"));
  (void)publish("service",
                R"({"address":{"country":"Italia"},"email":"a@b","id":"1","name":"S","status":"open"})");
  EXPECT_THAT(findings(), ElementsAre("address.country: invalid_country", "email: invalid_email",
                                      "status: not_in_code_list"));
}

TEST_F(Validation, never_shows_the_value_it_dropped) {
  (void)publish("service", R"({"email":"mario.rossi at example.org","id":"1","name":"S","status":"Rossi"})");
  for (const auto& field : dropped) {
    EXPECT_THAT(field.text.it, Not(HasSubstr("ossi")));
    EXPECT_THAT(field.text.en, Not(HasSubstr("ossi")));
  }
  EXPECT_EQ(dropped[0].text, (Text{"non è un indirizzo di posta elettronica", "not an e-mail address"}));
}

TEST_F(Validation, names_the_nearest_field_for_one_it_does_not_know) {
  (void)publish("service", R"({"descripton":"x","id":"1","name":"S"})");
  EXPECT_THAT(findings(), ElementsAre("descripton: unknown_field"));
  EXPECT_EQ(dropped[0].text.en, "service has no such field; the nearest is description");
}

TEST_F(Validation, drops_a_part_that_lacks_what_it_cannot_be_without) {
  EXPECT_EQ(
      publish("offer", R"({"channel":"pay","id":"1","price":{"cents":-1,"currency":"EUR"},"service":"S"})"),
      publish("offer", R"({"channel":"pay","id":"1","service":"S"})"));
  (void)publish("offer", R"({"channel":"pay","id":"1","price":{"currency":"EUR","unit":"?"},"service":"S"})");
  EXPECT_THAT(findings(), ElementsAre("price.cents: missing"));
  EXPECT_THAT(dropped[0].text.en, HasSubstr("price was left out"));
}

TEST_F(Validation, refuses_an_entity_whose_required_field_is_missing_or_invalid) {
  EXPECT_EQ(publish("offer", R"({"channel":"pay","id":"1"})"), "refused service: missing");
  EXPECT_EQ(publish("offer", R"({"channel":"pay","service":"S"})"), "refused id: missing");
  EXPECT_EQ(publish("offer", R"({"channel":"pay","id":"","service":"S"})"), "refused id: missing");
  EXPECT_EQ(publish("offer", R"({"channel":"cash","id":"1","service":"S"})"),
            "refused channel: not_in_code_list");
  EXPECT_EQ(publish("offer", R"({"channel":"pay","id":1,"service":"S"})"), "refused id: wrong_type");
  EXPECT_EQ(publish("offer", R"({"channel":"pay","id":"a\nb","service":"S"})"), "refused id: invalid_id");
  EXPECT_EQ(publish("offer", R"({})"), "refused channel: missing");
}

TEST_F(Validation, refuses_a_plugin_that_sets_the_source_id) {
  EXPECT_EQ(publish("offer", R"({"channel":"pay","id":"1","service":"S","source_id":"2"})"),
            "refused source_id: set_by_hub");
  EXPECT_EQ(publish("offer", R"({"channel":"pay","id":"1","service":"S","service_source_id":"S"})"),
            "refused service_source_id: set_by_hub");
}

TEST_F(Validation, refuses_what_is_no_entity) {
  EXPECT_EQ(publish("ofer", "{}"), "refused : unknown_kind");
  EXPECT_THAT(validator.refusal().text.en, HasSubstr("the nearest is offer"));
  EXPECT_EQ(publish("offer", "[]"), "refused : wrong_type");
  EXPECT_EQ(publish("offer", ""), "refused : invalid_json");
  EXPECT_EQ(publish("offer", R"({"channel":"pay","id":"1","service":"S"}x)"), "refused : invalid_json");
  EXPECT_EQ(publish("offer", R"({"channel":"pay","id":"1","id":"1","service":"S"})"),
            "refused : invalid_json");
  EXPECT_EQ(publish("offer", "{\"channel\":\"pay\",\"id\":\"\xff\",\"service\":\"S\"}"),
            "refused : invalid_json");
  EXPECT_EQ(publish("offer", "{\"x\":" + std::string(100'000, '[')), "refused : invalid_json");
  EXPECT_EQ(publish("offer", std::string(kMaxEntityBytes + 1, ' ')), "refused : too_large");
}

TEST_F(Validation, refuses_repeated_keys_inside_unknown_fields_too) {
  EXPECT_EQ(publish("service", R"({"id":"1","name":"S","zzz":{"a":1,"a":2}})"), "refused : invalid_json");
}

TEST_F(Validation, keeps_escapes_and_counts_decoded_bytes) {
  EXPECT_THAT(publish("service", R"({"id":"a\"b","name":"\"S\"\n"})"),
              HasSubstr(R"("name":"\"S\"\n","source_id":"a\"b")"));
  EXPECT_EQ(last.source_id, "a\"b");
  EXPECT_EQ(last.key.text(), id_of("service", "a\"b"));
}

TEST_F(Validation, tells_of_a_price_without_unit_and_keeps_it) {
  EXPECT_THAT(
      publish("offer", R"({"channel":"pay","id":"1","price":{"cents":1,"currency":"EUR"},"service":"S"})"),
      HasSubstr(R"("price":{"cents":1,"currency":"EUR"})"));
  EXPECT_THAT(findings(), ElementsAre("price.unit: missing"));
  EXPECT_EQ(dropped[0].text,
            (Text{"manca, e chi legge lo attende (Unità)", "missing, and readers expect it (Unit)"}));
}

TEST_F(Validation, leaves_out_a_split_that_is_not_the_price) {
  const auto offer = [](std::string_view price, std::string_view split) {
    return fmt::format(R"({{"channel":"pay","id":"1",{}"service":"S","split":{}}})", price, split);
  };
  const std::string_view price = R"("price":{"cents":2250,"currency":"EUR","unit":"hour"},)";
  for (const auto* whole : {R"([{"cents":1650,"party":"body"},{"cents":600,"party":"user"}])",
                            R"([{"party":"body","percent":80},{"party":"user","percent":20}])",
                            R"([{"party":"body","percent":33.33},{"party":"user","percent":66.67}])",
                            R"([{"cents":2025,"party":"body"},{"party":"user","percent":10}])"}) {
    EXPECT_THAT(publish("offer", offer(price, whole)), HasSubstr(whole));
    EXPECT_THAT(dropped, IsEmpty()) << whole;
  }
  const auto without =
      publish("offer", R"({"channel":"pay","id":"1",)" + std::string(price) + R"("service":"S"})");
  for (const auto* wrong :
       {R"([{"cents":1650,"party":"body"},{"cents":601,"party":"user"}])",
        R"([{"party":"body","percent":80}])",
        R"([{"party":"body","percent":33.333},{"party":"user","percent":66.667}])",
        R"([{"cents":2250,"party":"body","percent":100}])",
        R"([{"cents":9223372036854775807,"party":"body"},{"cents":2250,"party":"user"}])"}) {
    EXPECT_EQ(publish("offer", offer(price, wrong)), without);
    EXPECT_THAT(findings(), ElementsAre("split: shares_do_not_add_up")) << wrong;
  }
  (void)publish("offer", offer("", R"([{"cents":1,"party":"user"}])"));
  EXPECT_THAT(findings(), ElementsAre("split: shares_do_not_add_up")) << "cents of no price";
  (void)publish("offer", offer("", R"([{"party":"user","percent":100}])"));
  EXPECT_THAT(dropped, IsEmpty());
}

// The tariff stands behind its split.
TEST_F(Validation, leaves_a_split_out_wherever_it_stands) {
  const std::string_view wrong = R"([{"cents":1,"party":"user"}])";
  const auto entitlement = [](std::string_view split) {
    return fmt::format(
        R"({{"holder":"P-7","id":"T1",{}"tariff":{{"cents":2100,"currency":"EUR","unit":"hour"}},"unit_type":"cdd"}})",
        split);
  };
  const auto without = publish("entitlement", entitlement(""));
  EXPECT_EQ(publish("entitlement", entitlement(fmt::format(R"("split":{},)", wrong))), without);
  EXPECT_THAT(findings(), ElementsAre("split: shares_do_not_add_up"));
  EXPECT_EQ(json::canonical(data).value(), data);
}

TEST_F(Validation, keeps_the_partners_own_id_beside_references_in_lists) {
  EXPECT_EQ(
      publish(
          "entitlement",
          R"({"holder":"P-7","id":"T1","providers":[{"provider":"C1"},{"provider":"C2"},{}],"unit_type":"cdd"})"),
      fmt::format(R"({{"holder":"P-7","id":"{}","providers":[{{"provider":"{}","provider_source_id":"C1"}},)"
                  R"({{"provider":"{}","provider_source_id":"C2"}}],"source_id":"T1","unit_type":"cdd"}})",
                  id_of("entitlement", "T1"), id_of("organization", "C1"), id_of("organization", "C2")));
}

TEST_F(Validation, takes_a_partners_id_for_no_reference_but_its_own) {
  EXPECT_THAT(
      publish("qualification",
              R"({"id":"Q","provider":"C1","scheme":"uni_pdr_58","services":[{"service":"S1"}]})"),
      HasSubstr(R"("services":[{"service":")" + id_of("service", "S1") + R"(","service_source_id":"S1"}])"));
  EXPECT_THAT(
      publish("accreditation", R"({"act":{"number":"12"},"id":"A","kind":"appalto","provider":"C1"})"),
      Not(HasSubstr("body")));
}

TEST_F(Validation, refuses_an_entitlement_that_names_its_holder) {
  EXPECT_EQ(publish("entitlement", R"({"holder":"RSSMRA85T10A562S","id":"T1","unit_type":"cdd"})"),
            "refused holder: not_a_pseudonym");
  EXPECT_THAT(validator.refusal().text.en, Not(HasSubstr("RSS")));
}

TEST_F(Validation, lists_a_bounded_number_of_findings) {
  std::string json = R"({"id":"1","name":"S")";
  for (int i = 0; i <= 100; ++i) json += fmt::format(R"(,"x{:03}":1)", i);
  (void)publish("service", json + "}");
  EXPECT_EQ(dropped.back().text, (Text{"1 altro campo lasciato fuori", "1 more field left out"}));
  for (int i = 101; i < 200; ++i) json += fmt::format(R"(,"x{:03}":1)", i);
  (void)publish("service", json + "}");
  ASSERT_EQ(dropped.size(), kMaxDropped + 1);
  EXPECT_EQ(dropped.back().code, "not_listed");
  EXPECT_EQ(dropped.back().text.en, "100 more fields left out");
}

}  // namespace
}  // namespace raccordo
