// SPDX-License-Identifier: Apache-2.0
// Ids made of parts. The same parts give the same id for ever, different parts a different one: `:` joins
// them, and
// `:` and `%` inside a part are written %3A and %25.
#pragma once

#include <concepts>
#include <string>
#include <string_view>

namespace raccordo {
inline namespace sdk {

void append_id_part(std::string_view part, std::string& id);

template <typename Part>
void append_id(const Part& part, std::string& id) {
  if constexpr (std::convertible_to<const Part&, std::string_view>)
    append_id_part(part, id);
  else
    append_id_part(std::to_string(part), id);
}

// id_from("cdd-1", row["SERVIZIO"]) == "cdd-1:12". Texts and whole numbers.
template <typename First, typename... More>
[[nodiscard]] std::string id_from(const First& first, const More&... more) {
  std::string id;
  append_id(first, id);
  ((id += ':', append_id(more, id)), ...);
  return id;
}

// The id of an entity of another record, made like id_from makes it. `kind` says for the reader what it
// refers to.
template <typename... Parts>
[[nodiscard]] std::string ref(std::string_view /*kind*/, const Parts&... parts) {
  return id_from(parts...);
}

}  // namespace sdk
}  // namespace raccordo
