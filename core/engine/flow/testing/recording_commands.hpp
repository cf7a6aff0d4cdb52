// SPDX-License-Identifier: EUPL-1.2
// Cases for tests: every step is taken but those of one type, and the same message is answered the same.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/engine/cases/commands.hpp"

namespace raccordo::testing {

class RecordingCommands final : public CaseCommands {
 public:
  [[nodiscard]] Result<std::vector<CaseOutcome>> give(std::span<const CaseCommand> commands) override;

  // Type and JSON of what was taken, each message once.
  [[nodiscard]] std::vector<std::string> taken() const;

  std::vector<CaseCommand> given;  // each time
  std::string refused;             // a type
  int away = 0;                    // for so many calls

 private:
  std::map<std::string, CaseOutcome> known_;  // by message
  std::vector<std::string> taken_;
};

}  // namespace raccordo::testing
