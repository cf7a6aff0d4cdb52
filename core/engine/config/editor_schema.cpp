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

Json size() { return {{"anyOf", {text_like("[0-9]+ ?([KMGT]i?B|kB|B)?"), {{"type", "integer"}}}}}; }

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
      return size();
    case ValueType::kPercentage:
      return text_like("[0-9]+([.][0-9]+)? ?%");
    case ValueType::kRate:
      return text_like("[0-9]+/([0-9]+)?(d|h|m|s|ms)");
    case ValueType::kChoice:
      return choices_of(option);
    case ValueType::kChoiceOrDuration:
      return {
          {"anyOf", {choices_of(option), text_like(kDuration), text_like("([01]?[0-9]|2[0-3]):[0-5][0-9]")}}};
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

// As the contract counts: durations in milliseconds are written as text, so their bounds are not said here.
Json one_value(const PluginOption& option) {
  switch (option.type) {
    case OptionType::kInteger:
    case OptionType::kNumber: {
      Json out{{"type", {option.type == OptionType::kInteger ? "integer" : "number", "string"}},
               {"pattern", "\\$\\{"}};
      if (option.min) out["minimum"] = *option.min;
      if (option.max) out["maximum"] = *option.max;
      return out;
    }
    case OptionType::kBoolean:
      return {{"type", {"boolean", "string"}}, {"pattern", "^(true|false)$|\\$\\{"}};
    case OptionType::kDuration:
      return text_like(kDuration);
    case OptionType::kSize:
      return size();
    case OptionType::kChoice:
      return {{"anyOf", {{{"enum", option.choices}}, {{"type", "string"}, {"pattern", "\\$\\{"}}}}};
    case OptionType::kFile:
      return {{"type", "string"}, {"minLength", 1}};
    case OptionType::kText:
      return {{"type", {"string", "number", "boolean"}}};
  }
  return Json::object();
}

Json schema_of(const PluginOption& option) {
  auto out = option.secret ? secret() : Json{{"anyOf", {one_value(option), secret()}}};
  out["description"] = fmt::format("{}\n{}", option.help.it, option.help.en);
  if (!option.default_value.empty() && !option.secret) out["default"] = option.default_value;
  return out;
}

// If the connector's plugin is this one, its options are these.
Json options_of(const PluginDescription& plugin) {
  Json properties = Json::object(), required = Json::array();
  for (const auto& option : plugin.options) {
    properties[option.name] = schema_of(option);
    if (option.required) required.push_back(option.name);
  }
  Json options{{"type", required.empty() ? Json{"object", "null"} : Json("object")},
               {"properties", properties},
               {"additionalProperties", false}};
  if (!required.empty()) options["required"] = required;
  Json then{{"properties", {{"options", options}}}};
  if (!required.empty()) then["required"] = {"options"};
  return {{"if", {{"properties", {{"plugin", {{"const", plugin.name}}}}}, {"required", {"plugin"}}}},
          {"then", then}};
}

Json schema_of_connector(std::span<const PluginDescription> plugins) {
  auto out = schema_of(connector_section());
  for (const auto& plugin : plugins) out["allOf"].push_back(options_of(plugin));
  return out;
}

}  // namespace

ReferencePage editor_schema(std::span<const PluginDescription> plugins) {
  Json out{{"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", "Raccordo"}};
  // A main file, a file with more connectors, or one connector alone.
  out["anyOf"] = {schema_of(configuration_section()), schema_of(included_section()), connector()};
  out["definitions"]["connector"] = schema_of_connector(plugins);
  return {"raccordo.schema.json", out.dump(2) + "\n"};
}

}  // namespace raccordo
