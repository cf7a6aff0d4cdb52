// SPDX-License-Identifier: EUPL-1.2
// Where the steps of all cases are made. Each is one transaction: the message that asks for it, the case and
// its history, places, wallets, and what the backbone is to be told.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/cases/commands.hpp"
#include "core/engine/desk/answerers.hpp"
#include "core/engine/desk/procedure.hpp"
#include "core/ports/case_store.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/seals.hpp"

namespace raccordo::cases {

struct DeskFacts {
  std::string hub;
  std::string topic_prefix;
  std::optional<Answerers> answerers;  // none: nobody is asked for
};

class CaseDesk final : public CaseCommands {
 public:
  // All borrowed but the facts. Without seals nothing may be said about people.
  CaseDesk(DeskFacts facts, std::vector<const Procedure*> procedures, CaseStore& store, const Seals* seals,
           const Clock& clock);

  [[nodiscard]] Result<std::vector<CaseOutcome>> give(std::span<const CaseCommand> commands) override;
  // The same; those that were refused ahead of it, refused[i] of commands[i], are answered so, which is kept.
  [[nodiscard]] Result<std::vector<CaseOutcome>> give(std::span<const CaseCommand> commands,
                                                      std::span<const std::optional<CaseOutcome>> refused);

  // Offers places to those who wait for pools of this kind, as far as there are some now. Errors: the
  // store's. [desk]
  [[nodiscard]] Status offer_places(const std::function<bool(std::string_view pool)>& is_meant,
                                    const CaseStore::Fence& fence = {});

  // Makes the steps that time makes, some at a time. How long until the next, at the most an hour. Errors:
  // the store's. [desk]
  [[nodiscard]] Result<Duration> let_time_pass(const CaseStore::Fence& fence = {});

  // Why some case cannot go on by itself though it should; none: all do. It is tried again after a minute.
  // [desk]
  [[nodiscard]] const std::optional<Error>& stands_still() const { return stands_still_; }

 private:
  struct Asked;

  [[nodiscard]] Status take(CaseTransaction& transaction, const CaseCommand& command,
                            const nlohmann::json& said, const std::optional<CaseOutcome>& refused,
                            CaseOutcome& outcome) const;
  [[nodiscard]] Result<CaseOutcome> decide(CaseTransaction& transaction, const CaseCommand& command,
                                           const nlohmann::json& said) const;
  [[nodiscard]] Result<CaseOutcome> begin(CaseTransaction& transaction, Asked& asked) const;
  [[nodiscard]] Result<CaseOutcome> go_on(CaseTransaction& transaction, Asked& asked,
                                          CaseRecord record) const;
  [[nodiscard]] Status follow(Handling& handling) const;
  [[nodiscard]] Status follow(CaseTransaction& transaction, const Following& next) const;
  [[nodiscard]] Status offer_places(CaseTransaction& transaction, const std::string& pool) const;
  [[nodiscard]] Status time_comes(CaseTransaction& transaction, const Uuid& id) const;

  // Makes the step, or the one that a rule puts in its place.
  [[nodiscard]] Result<CaseOutcome> step(const Procedure& procedure, Handling& handling,
                                         const CaseCommand& command) const;
  // The case that a step makes besides. Nothing: it is there; else why not, and nothing was changed.
  [[nodiscard]] Result<std::optional<CaseOutcome>> bear(Handling& parent, Birth birth,
                                                        const CaseCommand& command) const;
  [[nodiscard]] Status keep(const Procedure& procedure, Handling& handling, const Transition& transition,
                            const CaseCommand& command) const;
  [[nodiscard]] Status tell(const Procedure& procedure, const Handling& handling) const;
  [[nodiscard]] CaseOutcome refusal(const Procedure& procedure, const Handling& handling,
                                    Answer answer) const;
  [[nodiscard]] Status seal_people(Handling& handling, const std::string& people) const;
  // What a later step says, beside what was said before. Nothing: it is kept; else why not.
  [[nodiscard]] Result<std::optional<CaseOutcome>> add_people(const Procedure& procedure, Handling& handling,
                                                              const std::string& people) const;
  [[nodiscard]] Result<std::string> people_of(const Handling& parent) const;

  [[nodiscard]] const Procedure* procedure_of(std::string_view machine) const;

  DeskFacts facts_;
  std::vector<const Procedure*> procedures_;
  CaseStore& store_;
  const Seals* seals_;
  const Clock& clock_;
  std::map<Uuid, std::int64_t>
      left_until_;                     // cases that time could not move, when they are tried again [desk]
  std::optional<Error> stands_still_;  // [desk]
};

}  // namespace raccordo::cases
