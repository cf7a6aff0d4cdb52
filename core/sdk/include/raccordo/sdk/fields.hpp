// SPDX-License-Identifier: Apache-2.0
// Names and values as one line of text, escaped as a query is (WHATWG URL,
// application/x-www-form-urlencoded): what a request asks, and what its context remembers until the response.
//
//   effects.send({.path = "/services", .query = Fields().add("page", 2).text()}, Fields().add("page",
//   2).text()); const auto page = Fields::of(response.context).number("page");
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace raccordo {
inline namespace sdk {

class Fields {
 public:
  Fields() = default;
  // Whatever the text is: what cannot be read is left as it stands.
  [[nodiscard]] static Fields of(std::string_view text);

  Fields& add(std::string_view name, std::string_view value);
  Fields& add(std::string_view name, std::int64_t value);

  // Of the first with that name; empty when there is none.
  [[nodiscard]] std::string_view operator[](std::string_view name) const&;
  std::string_view operator[](std::string_view name) const&& = delete;  // it would refer to what is gone
  // Nothing when it is no whole number.
  [[nodiscard]] std::optional<std::int64_t> number(std::string_view name) const;

  [[nodiscard]] std::string text() const;

 private:
  std::vector<std::pair<std::string, std::string>> all_;
};

}  // namespace sdk
}  // namespace raccordo
