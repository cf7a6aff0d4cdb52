// SPDX-License-Identifier: EUPL-1.2
// The steps of cases that a source's inputs ask for: a row of a file with answers, a page of an agenda. They
// are given before the place up to which was read is kept; read again after a crash they are the same steps.
#pragma once

#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/catalogue/statements.hpp"
#include "core/engine/flow/flow_parts.hpp"

namespace raccordo {

// An input that asks for steps.
struct AskingInput {
  std::string_view name;  // of its file, of its request
  std::string_view
      original;  // of a record: the same again, in a file of the same name, asks for the same steps
  std::span<const Effect> effects;
};

// [flow]
class SourceSteps {
 public:
  // Borrowed.
  SourceSteps(const FlowFacts& facts, const FlowParts& parts) : facts_(facts), parts_(parts) {}

  // Whether steps can be taken at all, and these effects ask for one.
  [[nodiscard]] bool asked_for(std::span<const Effect> effects) const;

  // Gives all of them, and waits while nobody can take them. The ends are in the order of the inputs.
  // `again`: which trial of a parked record it is; what the cases refused before is then asked for anew.
  // Errors: those of CaseCommands::give once patience ended; what was given may be given again.
  [[nodiscard]] Result<std::vector<StepsEnd>> give(std::span<const AskingInput> inputs,
                                                   const std::stop_token& stop, int again = 0) const;

 private:
  [[nodiscard]] Result<std::vector<CaseOutcome>> give(const std::vector<CaseCommand>& commands,
                                                      const std::stop_token& stop) const;
  [[nodiscard]] Status ask_anew(const std::vector<CaseCommand>& commands, std::vector<CaseOutcome>& outcomes,
                                int again, const std::stop_token& stop) const;

  const FlowFacts& facts_;
  const FlowParts& parts_;
};

}  // namespace raccordo
