// SPDX-License-Identifier: EUPL-1.2
// What others are told of a case: its facts on the backbone, and the answer to who asked.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/ports/case_store.hpp"

namespace raccordo::cases {

// The event it.raccordo.MACHINE.STATE.v1 of the revision at which the case stands; its id is the same at
// every telling. What is said about people stays sealed in it.
[[nodiscard]] std::string case_fact(std::string_view hub, std::string_view machine, const CaseRecord& record);

// What the store keeps as the case's data. Errors: kCorrupt: it is no longer that.
[[nodiscard]] Result<nlohmann::json> data_kept(const CaseRecord& record);

// The case without what is said about people: JSON.
[[nodiscard]] std::string data_of(const CaseRecord& record);

}  // namespace raccordo::cases
