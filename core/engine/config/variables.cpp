// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/config/variables.hpp"

#include <algorithm>

namespace raccordo {
namespace {

bool is_name(std::string_view name) {
  const auto letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; };
  const auto ok = [&](char c) { return letter(c) || (c >= '0' && c <= '9'); };
  return !name.empty() && letter(name.front()) && std::all_of(name.begin(), name.end(), ok);
}

// What stands between the braces.
Result<std::string> value_of(std::string_view inside, const Environment& environment) {
  const auto dash = inside.find(":-");
  const std::string name(inside.substr(0, dash));
  if (!is_name(name))
    return error(ErrorCode::kInvalid,
                 say("${{{}}} non è una variabile d'ambiente", "${{{}}} is no environment variable", inside),
                 say("scrivere ${{NOME}} o ${{NOME:-valore}}; $$ per un dollaro",
                     "write ${{NAME}} or ${{NAME:-value}}; $$ for a dollar sign"));
  const auto value = environment.variable(name);
  if (dash != std::string_view::npos)
    return value && !value->empty() ? *value : std::string(inside.substr(dash + 2));
  if (!value)
    return error(
        ErrorCode::kNotFound,
        say("la variabile d'ambiente {} non è impostata", "environment variable {} is not set", name),
        say("impostarla o scrivere ${{{}:-valore}}", "set it, or write ${{{}:-value}}", name));
  return *value;
}

}  // namespace

Result<std::string> expand_variables(std::string_view text, const Environment& environment) {
  std::string out;
  while (true) {
    const auto dollar = text.find('$');
    out += text.substr(0, dollar);
    if (dollar == std::string_view::npos) return out;
    text.remove_prefix(dollar);
    if (text.starts_with("$$")) {
      out += '$';
      text.remove_prefix(2);
    } else if (text.starts_with("${")) {
      const auto close = text.find('}');
      if (close == std::string_view::npos)
        return error(ErrorCode::kInvalid,
                     say("manca la graffa che chiude {}", "no closing brace for {}", text),
                     say("$$ per un dollaro", "$$ for a dollar sign"));
      RACCORDO_TRY(const auto value, value_of(text.substr(2, close - 2), environment));
      out += value;
      text.remove_prefix(close + 1);
    } else {
      out += '$';
      text.remove_prefix(1);
    }
  }
}

}  // namespace raccordo
