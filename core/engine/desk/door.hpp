// SPDX-License-Identifier: EUPL-1.2
// What is looked at ahead of the desk: whether a command is one that partners may give, and whether it is as
// the model says, field by field.
#pragma once

#include <optional>

#include "core/engine/cases/commands.hpp"
#include "raccordo/model/validate.hpp"

namespace raccordo::cases {

// One owner, one thread at a time.
class Door {
 public:
  // Nothing: it may go in, and its JSON is canonical from now on. Else what its giver is told:
  // "unknown_command" of what there is not or only the hub makes; "invalid_command" with
  // {"errors":[{"code","en","field","it"}]} as data. No words show a value, which may say something about a
  // person.
  [[nodiscard]] std::optional<CaseOutcome> refusal_of(CaseCommand& command);

 private:
  Validator validator_;
};

// The same shape for one field that something else found to be wrong.
[[nodiscard]] CaseOutcome refused_field(std::string_view code, std::string_view field, const Text& text);

}  // namespace raccordo::cases
