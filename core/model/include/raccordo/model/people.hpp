// SPDX-License-Identifier: Apache-2.0
// What says something about a person, apart from the rest: by the fields that declare it (`.person(CLASS)`).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "raccordo/model/result.hpp"
#include "raccordo/model/schema.hpp"

namespace raccordo {

// Both canonical JSON, of the shape of what they were taken from.
struct PeopleApart {
  std::string open;    // says nothing about a person
  std::string people;  // all that does; "{}": nothing
};

// `canonical` was validated against the schema. Items of lists stay at their places in both, empty where
// nothing of them belongs there. kInvalid: not canonical JSON, or a field that the schema does not know:
// whether it says something about a person cannot be told. [any]
[[nodiscard]] Result<PeopleApart> take_people(std::string_view canonical, const Schema& schema);

// With what these classes say: all of them, and it is to the byte what was taken apart. kInvalid: the two
// were never one. [any]
[[nodiscard]] Result<std::string> put_back(std::string_view open, std::string_view people,
                                           const Schema& schema, std::span<const std::string_view> classes);
[[nodiscard]] Result<std::string> put_all_back(std::string_view open, std::string_view people,
                                               const Schema& schema);

}  // namespace raccordo
