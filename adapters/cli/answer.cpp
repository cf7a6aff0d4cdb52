// SPDX-License-Identifier: EUPL-1.2
#include "adapters/cli/answer.hpp"

namespace raccordo {
namespace {

Error not_understood() {
  return error(ErrorCode::kBug,
               say("la risposta dell'hub non si comprende", "the hub's answer cannot be understood"),
               say("l'hub e il comando sono della stessa versione?",
                   "are the hub and the command of the same version?"));
}

}  // namespace

ErrorCode code_named(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(ErrorCode::kBug); ++i)
    if (name_of(static_cast<ErrorCode>(i)) == name) return static_cast<ErrorCode>(i);
  return ErrorCode::kBug;
}

Result<Json> read_answer(const std::string& answer) {
  auto parsed = Json::parse(answer, nullptr, false);
  if (!parsed.is_object() || !parsed.contains("ok")) return not_understood();
  if (parsed["ok"] == true) return parsed;
  const auto failed = parsed.value("error", Json::object());
  if (!failed.is_object()) return not_understood();
  return error(code_named(text_of(failed, "code")), both_of(failed),
               {text_of(failed, "hint_it"), text_of(failed, "hint_en")});
}

Result<Json> ask(Operations& hub, const Json& request) { return read_answer(hub.perform(request.dump())); }

std::string text_of(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::int64_t number_of(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

Text both_of(const Json& object) { return {text_of(object, "it"), text_of(object, "en")}; }

std::string one_line(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace raccordo
