// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/held_steps.hpp"

#include <nlohmann/json.hpp>

namespace raccordo {

std::string text_of(const std::vector<HeldStep>& steps) {
  if (steps.empty()) return {};
  auto all = nlohmann::json::array();
  for (const auto& [command, context, place] : steps)
    all.push_back({{"connector", command.connector},
                   {"message", command.message},
                   {"content", command.content},
                   {"type", command.type},
                   {"json", command.json},
                   {"context", context},
                   {"place", place}});
  return all.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<HeldStep> held_steps_in(std::string_view text) try {
  std::vector<HeldStep> steps;
  if (text.empty()) return steps;
  for (const auto& each : nlohmann::json::parse(text)) {
    const auto at = [&](const char* name) { return each.at(name).get<std::string>(); };
    steps.push_back({{at("connector"), at("message"), at("content"), at("type"), at("json")},
                     at("context"),
                     at("place")});
  }
  return steps;
} catch (const nlohmann::json::exception&) {
  return {};
}

bool says_something_about_people(std::string_view command_json) {
  const auto json = nlohmann::json::parse(command_json, nullptr, false);
  return json.is_object() && json.contains("people");
}

}  // namespace raccordo
