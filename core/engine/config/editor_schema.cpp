// SPDX-License-Identifier: EUPL-1.2
#include <nlohmann/json.hpp>

#include "core/engine/config/declaration.hpp"
#include "core/engine/config/reference.hpp"

namespace raccordo {
namespace {

using Json = nlohmann::ordered_json;

Json schema_of(const Section& section);

// A text of this form, or one that takes a variable.
Json text_like(const std::string& pattern) {
  return {{"type", "string"}, {"pattern", "^(" + pattern + ")$|\\$\\{"}};
}

Json choices_of(const Option& option) {
  Json names = Json::array();
  for (const auto& choice : option.choices) names.push_back(choice.name);
  return {{"enum", names}};
}

Json secret() {
  return {{"type", "object"},
          {"properties", {{"secret", {{"type", "string"}}}}},
          {"required", {"secret"}},
          {"additionalProperties", false}};
}

// Stands in several places; described once.
Json connector() { return {{"$ref", "#/definitions/connector"}}; }

constexpr const char* kDuration = "([0-9]+(d|h|m|s|ms|us))+";

Json one_value(const Option& option) {
  switch (option.type) {
    case ValueType::kText:
    case ValueType::kPath:
    case ValueType::kPattern:
      return {{"type", "string"}, {"minLength", 1}};
    case ValueType::kName:
      return text_like("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
    case ValueType::kInteger:
      return {
          {"type", "integer"}, {"minimum", option.min.value_or(0)}, {"maximum", option.max.value_or(1e15)}};
    case ValueType::kDuration:
      return text_like(kDuration);
    case ValueType::kSize:
      return {{"anyOf", {text_like("[0-9]+ ?([KMGT]i?B|kB|B)?"), {{"type", "integer"}}}}};
    case ValueType::kPercentage:
      return text_like("[0-9]+([.][0-9]+)? ?%");
    case ValueType::kChoice:
      return choices_of(option);
    case ValueType::kChoiceOrDuration:
      return {{"anyOf", {choices_of(option), text_like(kDuration)}}};
    case ValueType::kAddress:
      return text_like(".+:[0-9]+");
    case ValueType::kUrl:
      return text_like("https?://.+");
    case ValueType::kSecret:
      return secret();
    case ValueType::kSection:
      if (option.section == &connector_section()) return connector();
      return schema_of(*option.section);
    case ValueType::kFreeForm:
      return {{"type", {"object", "null"}},
              {"additionalProperties", {{"anyOf", {{{"type", {"string", "number", "boolean"}}}, secret()}}}}};
  }
  return Json::object();
}

Json schema_of(const Option& option) {
  auto out = one_value(option);
  if (option.list) out = {{"anyOf", {out, {{"type", "array"}, {"items", out}}}}};
  out["description"] = fmt::format("{}\n{}", option.help.it, option.help.en);
  if (!option.initial.empty() && option.type != ValueType::kInteger) out["default"] = option.initial;
  return out;
}

Json schema_of(const Section& section) {
  Json properties = Json::object(), required = Json::array();
  for (const auto& option : section.options) {
    if (option.unavailable) continue;
    properties[std::string(option.name)] = schema_of(option);
    if (option.required) required.push_back(option.name);
  }
  Json out{{"type", required.empty() ? Json{"object", "null"} : Json("object")},
           {"properties", properties},
           {"additionalProperties", false}};
  if (!required.empty()) out["required"] = required;
  return out;
}

}  // namespace

ReferencePage editor_schema() {
  Json out{{"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", "Raccordo"}};
  // A main file, a file with more connectors, or one connector alone.
  out["anyOf"] = {schema_of(configuration_section()), schema_of(included_section()), connector()};
  out["definitions"]["connector"] = schema_of(connector_section());
  return {"raccordo.schema.json", out.dump(2) + "\n"};
}

}  // namespace raccordo
