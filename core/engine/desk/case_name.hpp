// SPDX-License-Identifier: EUPL-1.2
// What a partner calls a case. Each procedure has names of its own: a booking and an enquiry may have the
// same.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "core/ports/case_store.hpp"

namespace raccordo::cases {

// Bookings were there first: theirs are kept as they are, those of others behind the procedure's name.
[[nodiscard]] inline std::string kept_name(std::string_view machine, std::string_view name) {
  if (name.empty() || machine == "booking") return std::string(name);
  return fmt::format("{}:{}", machine, name);
}

// As the partner knows it; refers to the record.
[[nodiscard]] inline std::string_view own_name(const CaseRecord& record) {
  const std::string_view kept = record.asked_id;
  const auto begin = record.machine.size() + 1;
  const bool behind = record.machine != "booking" && kept.starts_with(record.machine + ":");
  return behind ? kept.substr(begin) : kept;
}

}  // namespace raccordo::cases
