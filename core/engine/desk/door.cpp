// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/door.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace raccordo::cases {
namespace {

constexpr std::size_t kLongestPath = 128;

// A name that the giver made up may be that of a person.
bool may_be_told(std::string_view path) {
  return path.size() <= kLongestPath && std::ranges::all_of(path, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '[' ||
                  c == ']';
         });
}

nlohmann::json error_of(std::string_view code, std::string_view field, const Text& text) {
  if (code == "unknown_field" && !may_be_told(field))
    return {{"code", code},
            {"en", "there is a field that no such command has"},
            {"field", ""},
            {"it", "c'è un campo che questo comando non ha"}};
  return {{"code", code}, {"en", text.en}, {"field", field}, {"it", text.it}};
}

// In words what the first is, and how many more there are.
CaseOutcome wrong_fields(const nlohmann::json& errors) {
  CaseOutcome outcome;
  outcome.code = kInvalidCommand;
  const auto& first = errors.front();
  const auto field = first["field"].get<std::string>();
  const auto begin = field.empty() ? std::string() : field + ": ";
  const auto more = errors.size() - 1;
  outcome.reason = {begin + first["it"].get<std::string>(), begin + first["en"].get<std::string>()};
  if (more > 0) {
    outcome.reason.it += fmt::format(" (e altri {})", more);
    outcome.reason.en += fmt::format(" (and {} more)", more);
  }
  outcome.data =
      nlohmann::json{{"errors", errors}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return outcome;
}

}  // namespace

CaseOutcome refused_field(std::string_view code, std::string_view field, const Text& text) {
  return wrong_fields(nlohmann::json::array({error_of(code, field, text)}));
}

std::optional<CaseOutcome> Door::refusal_of(CaseCommand& command) {
  const auto* schema = schema_of_command(command.type);
  if (schema == nullptr) {
    CaseOutcome outcome;
    outcome.code = "unknown_command";
    outcome.reason = say("«{}» non è un comando che un partner possa dare",
                         "\"{}\" is no command that a partner may give", command.type);
    return outcome;
  }
  std::string out;
  std::vector<DroppedField> dropped;
  if (!validator_.validate_case(schema->kind, command.json, out, dropped)) {
    const auto& refusal = validator_.refusal();
    return refused_field(refusal.code, refusal.path, refusal.text);
  }
  if (dropped.empty()) {
    command.json = std::move(out);
    return std::nullopt;
  }
  auto errors = nlohmann::json::array();
  for (const auto& field : dropped) errors.push_back(error_of(field.code, field.path, field.text));
  return wrong_fields(errors);
}

}  // namespace raccordo::cases
