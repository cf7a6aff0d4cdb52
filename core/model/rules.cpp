// SPDX-License-Identifier: Apache-2.0
#include "rules.hpp"

namespace raccordo {
namespace {

std::span<const Code> codes_of(const Field& field) {
  if (field.type == FieldType::kCode) return code_list(field.of);
  if (field.type == FieldType::kCountry) return code_list("country");
  if (field.type == FieldType::kCurrency) return code_list("currency");
  return {};
}

const Rules* find_in(const std::vector<const Rules*>& kinds, std::string_view kind) {
  for (const auto* rules : kinds)
    if (rules->schema->kind == kind) return rules;
  return nullptr;
}

}  // namespace

RuleBook::RuleBook() {
  for (const auto* schema : catalogue_kinds()) kinds_.push_back(compile(*schema));
  for (const auto* schema : case_kinds()) case_kinds_.push_back(compile(*schema));
}

const Rules* RuleBook::find(std::string_view kind) const { return find_in(kinds_, kind); }
const Rules* RuleBook::find_case(std::string_view kind) const { return find_in(case_kinds_, kind); }

const RuleBook& rule_book() {
  static const RuleBook book;
  return book;
}

const Rules* RuleBook::compile(const Schema& schema) {
  for (const auto& part : parts_)
    if (part->schema == &schema) return part.get();
  auto rules = std::make_unique<Rules>();
  rules->schema = &schema;
  for (const auto& field : schema.fields) {
    const Rules* const object = field.object == nullptr ? nullptr : compile(*field.object);
    const auto kind = field.type == FieldType::kId ? schema.kind : field.of;
    rules->fields.push_back({&field, field.name, first_bytes(field.name), kind, codes_of(field), {}, object});
    for (const auto& code : rules->fields.back().codes)
      rules->fields.back().code_firsts.push_back(first_bytes(code.code));
    if (!field.shares_of.empty()) rules->shares = &field;
  }
  return parts_.emplace_back(std::move(rules)).get();
}

}  // namespace raccordo
