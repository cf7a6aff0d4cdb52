// SPDX-License-Identifier: EUPL-1.2
// A hub's answers, taken apart.
#pragma once

#include <nlohmann/json.hpp>

#include "core/engine/operations.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo {

using Json = nlohmann::ordered_json;

// The answer as an object; one that is not ok becomes the error that it tells.
[[nodiscard]] Result<Json> read_answer(const std::string& answer);
[[nodiscard]] Result<Json> ask(Operations& hub, const Json& request);

// kBug where there is no such code.
[[nodiscard]] ErrorCode code_named(std::string_view name);

// Members, or what stands for a missing one.
[[nodiscard]] std::string text_of(const Json& object, const char* name);
[[nodiscard]] std::int64_t number_of(const Json& object, const char* name);
[[nodiscard]] Text both_of(const Json& object);  // "it" and "en"

// One line, bytes that are not UTF-8 replaced.
[[nodiscard]] std::string one_line(const Json& value);

}  // namespace raccordo
