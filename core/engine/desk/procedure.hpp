// SPDX-License-Identifier: EUPL-1.2
// What a procedure adds to its machine: how a case begins, what its rules ask, what its effects do. The desk
// knows none of them by name.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/engine/cases/rules.hpp"
#include "core/ports/case_store.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo::cases {

// One step of one case, within its transaction.
struct Handling {
  CaseTransaction& transaction;
  CaseRecord record;    // its revision is the one that the step leads to
  nlohmann::json data;  // of the record; what the procedure changes of it is kept
  nlohmann::json
      command;        // what was asked for, without what is said about people; null where time makes the step
  std::string event;  // as the machine calls it
  Party party = Party::kHub;
  std::int64_t now_ms = 0;
  bool begins = false;
  nlohmann::json note;  // of the history: proofs, reasons; nothing about a person
  // What the command says about the people of a case that this step makes besides; open, for this moment
  // only.
  std::string people_of_request;
};

// A case that a step of another makes besides, in the same transaction, for the same asker.
struct Birth {
  std::string machine;  // "booking"
  std::string event;    // that it begins with
  nlohmann::json json;  // what is asked for, with the asker's own `id`
  std::string link;     // the field of the other's data that names it
};

// What a rule says.
struct Said {
  Held held = Held::kHolds;
  std::string code;  // why not: "no_places_left"
  Text why;
};

class Procedure {
 public:
  virtual ~Procedure() = default;

  [[nodiscard]] virtual const Machine& machine() const = 0;

  // What a case begins as: `data`, and in `record` who answers it. Errors: kInvalid, kNotFound: what was
  // asked for cannot be; told to whoever asked. [desk]
  [[nodiscard]] virtual Status begin(Handling& handling) const = 0;
  // What a later command says besides its step: another time. Ahead of the rules. Errors: as above. [desk]
  [[nodiscard]] virtual Status amend(Handling& handling) const = 0;

  // Errors of both: the store's; kInvalid where the machine names what the procedure does not know. [desk]
  [[nodiscard]] virtual Result<Said> ask(std::string_view rule, const Handling& handling) const = 0;
  [[nodiscard]] virtual Status make(std::string_view effect, Handling& handling) const = 0;

  // What a later step says about people: these members, all of them and no others. [any]
  [[nodiscard]] virtual std::span<const std::string_view> says_about_people(std::string_view) const {
    return {};
  }
  // The case that the step makes besides; it is not made where that one would be refused. [desk] Errors: as
  // those of `begin`.
  [[nodiscard]] virtual Result<std::optional<Birth>> bears(const Handling&) const {
    return std::optional<Birth>();
  }

  // The time that a field of the data says. [any]
  [[nodiscard]] virtual std::optional<std::int64_t> time_of(const nlohmann::json& data,
                                                            std::string_view field) const;
};

}  // namespace raccordo::cases
