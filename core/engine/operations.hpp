// SPDX-License-Identifier: EUPL-1.2
// What can be asked of a running hub: one JSON request, one JSON answer. Performed by the engine, in the
// command's own process or in the daemon behind its control socket; a command does not see which.
#pragma once

#include <string>
#include <string_view>

#include "raccordo/model/json.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo {

class Operations {
 public:
  virtual ~Operations() = default;

  // {"do":"ledger", ...} -> {"ok":true, ...} or what `failed_answer` makes. Never throws, never empty, no
  // line breaks. [any]
  [[nodiscard]] virtual std::string perform(std::string_view request_json) = 0;
};

// {"ok":false,"error":{"code","it","en","hint_it","hint_en"}}
[[nodiscard]] inline std::string failed_answer(const Error& error) {
  std::string out = R"({"ok":false,"error":{"code":)";
  json::append_string(name_of(error.code), out);
  json::append_string(error.message.it, out += R"(,"it":)");
  json::append_string(error.message.en, out += R"(,"en":)");
  json::append_string(error.hint.it, out += R"(,"hint_it":)");
  json::append_string(error.hint.en, out += R"(,"hint_en":)");
  return out += "}}";
}

}  // namespace raccordo
