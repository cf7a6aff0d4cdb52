// SPDX-License-Identifier: Apache-2.0
// The code lists and the model that refers to them.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "core/model/tests/vectors.hpp"
#include "raccordo/model/schema.hpp"

namespace raccordo {
namespace {

void visit(const Schema& schema, std::set<const Schema*>& seen, const auto& each) {
  if (!seen.insert(&schema).second) return;
  for (const auto& field : schema.fields) {
    each(schema, field);
    if (field.object != nullptr) visit(*field.object, seen, each);
  }
}

void each_field(const auto& each) {
  std::set<const Schema*> seen;
  for (const auto* schema : catalogue_kinds()) visit(*schema, seen, each);
  for (const auto* schema : case_kinds()) visit(*schema, seen, each);
}

TEST(CodeLists, are_compiled_in_as_the_files_have_them) {
  std::size_t lists = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(RACCORDO_SOURCE_DIR) / "config/codes")) {
    if (entry.path().extension() != ".csv") continue;
    ++lists;
    std::ifstream file(entry.path());
    std::string line;
    std::getline(file, line);
    EXPECT_EQ(line, "code,it,en,source");
    const auto codes = code_list(entry.path().stem().string());
    for (const auto& code : codes) {
      ASSERT_TRUE(std::getline(file, line)) << entry.path();
      EXPECT_EQ(line.substr(0, line.find(',')), code.code) << entry.path();
    }
    EXPECT_FALSE(std::getline(file, line)) << entry.path() << ": " << line;
  }
  EXPECT_GE(lists, 10u);
}

TEST(CodeLists, of_the_world_are_whole) {
  EXPECT_EQ(code_list("country").size(), 249u);
  EXPECT_GE(code_list("currency").size(), 178u);
}

TEST(CodeLists, exist_for_every_field_that_names_one) {
  each_field([](const Schema& schema, const Field& field) {
    if (field.type == FieldType::kCode) {
      EXPECT_FALSE(code_list(field.of).empty()) << schema.kind << '.' << field.name;
    }
  });
}

TEST(CodeLists, know_every_class_of_peoples_data) {
  std::set<std::string_view> classes;
  for (const auto& code : code_list("people_class")) classes.insert(code.code);
  each_field([&](const Schema& schema, const Field& field) {
    EXPECT_TRUE(field.people.empty() || classes.contains(field.people)) << schema.kind << '.' << field.name;
  });
}

TEST(Model, names_in_rules_only_fields_that_are_there) {
  each_field([](const Schema& schema, const Field& field) {
    EXPECT_TRUE(field.shares_of.empty() || schema.find(field.shares_of) != nullptr) << schema.kind;
    for (const auto& rule : schema.together) {
      EXPECT_TRUE(rule.field.empty() || schema.find(rule.field) != nullptr) << schema.kind;
      for (const auto names : {rule.all, rule.any})
        for (const auto name : names) EXPECT_TRUE(name.empty() || schema.find(name) != nullptr) << name;
    }
  });
}

// The host computes ids only for the catalogue: what a case refers to is canonical already.
TEST(Model, has_no_ids_to_be_computed_in_cases) {
  std::set<const Schema*> seen;
  for (const auto* schema : case_kinds())
    visit(*schema, seen, [](const Schema& owner, const Field& field) {
      EXPECT_TRUE(field.type != FieldType::kId && field.type != FieldType::kReference &&
                  field.type != FieldType::kSourceId)
          << owner.kind << '.' << field.name;
    });
}

TEST(Model, keeps_cases_out_of_the_catalogue) {
  for (const auto* schema : case_kinds()) EXPECT_EQ(find_kind(schema->kind), nullptr) << schema->kind;
  EXPECT_EQ(find_case_kind("booking")->topic, "bookings");
  EXPECT_EQ(schema_of_command("booking.request.v1"), find_case_kind("booking_request"));
  EXPECT_EQ(schema_of_command("booking.no_show.v1"), find_case_kind("booking_command"));
  EXPECT_EQ(schema_of_command("booking.request"), nullptr);
}

TEST(Model, has_labels_in_both_languages_for_every_field) {
  each_field([](const Schema& schema, const Field& field) {
    EXPECT_FALSE(field.label.it.empty() || field.label.en.empty()) << schema.kind << '.' << field.name;
  });
}

TEST(Model, finds_kinds_and_fields_by_name) {
  ASSERT_NE(find_kind("service"), nullptr);
  EXPECT_EQ(find_kind("service")->find("name")->label.it, "Nome");
  EXPECT_EQ(find_kind("service")->find("nome"), nullptr);
  EXPECT_EQ(find_kind("services"), nullptr);
  EXPECT_TRUE(code_list("no such list").empty());
}

TEST(Model, keeps_a_place_for_the_partners_own_id_right_behind_each_reference) {
  for (const auto* schema : catalogue_kinds())
    for (std::size_t i = 0; i < schema->fields.size(); ++i) {
      const auto& field = schema->fields[i];
      if (field.type != FieldType::kReference) continue;
      ASSERT_LT(i + 1, schema->fields.size());
      EXPECT_EQ(schema->fields[i + 1].name, std::string(field.name) + "_source_id") << schema->kind;
      EXPECT_EQ(schema->fields[i + 1].type, FieldType::kSourceId) << schema->kind;
      EXPECT_EQ(schema->fields[i + 1].of, field.name) << schema->kind;
    }
}

TEST(Model, refers_only_to_kinds_that_exist_and_come_before) {
  std::set<std::string_view> before;
  for (const auto* schema : catalogue_kinds()) {
    before.insert(schema->kind);
    for (const auto& field : schema->fields) {
      if (field.type == FieldType::kReference) {
        EXPECT_TRUE(before.contains(field.of)) << field.of;
      }
    }
  }
}

}  // namespace
}  // namespace raccordo
