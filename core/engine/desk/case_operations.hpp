// SPDX-License-Identifier: EUPL-1.2
// What can be asked about cases (core/engine/operations.hpp): what `raccordo cases` shows. Nothing about a
// person.
//
//   cases_list      state, machine, connector, since (a day), awaiting (a party), after (an id), limit
//                   -> cases, next: where the next page begins, or none
//   cases_show      case -> case, with what its facts say
//   cases_timeline  case -> steps
//   cases_explain   case -> awaits, why: a sentence each, in both languages
//
// `case`: its id, or CONNECTOR/ID as the partner that asked for it calls it.
#pragma once

#include <nlohmann/json.hpp>

#include "core/ports/case_store.hpp"

namespace raccordo::cases {

// Errors besides the store's: kUsage: a request that makes no sense, no such case. [any]
[[nodiscard]] Result<nlohmann::ordered_json> list_cases(const nlohmann::ordered_json& request,
                                                        CaseStore& store);
[[nodiscard]] Result<nlohmann::ordered_json> show_case(const nlohmann::ordered_json& request,
                                                       CaseStore& store);
[[nodiscard]] Result<nlohmann::ordered_json> case_timeline(const nlohmann::ordered_json& request,
                                                           CaseStore& store);
[[nodiscard]] Result<nlohmann::ordered_json> explain_case(const nlohmann::ordered_json& request,
                                                          CaseStore& store);

}  // namespace raccordo::cases
