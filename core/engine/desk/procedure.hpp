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
#include <vector>

#include "core/engine/cases/rules.hpp"
#include "core/ports/case_store.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo::cases {

// A step that follows from another by itself: the hub makes it, in the same transaction.
struct Following {
  Uuid id;
  std::string event;
  friend bool operator==(const Following&, const Following&) = default;
};

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
  std::vector<std::size_t> parts;  // which of several sessions the step is about; empty: all
  std::vector<std::string> freed;  // pools in which it gave places back
  std::vector<Following> then;     // where it is made
  std::string connector;           // through which it came; empty: time
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
  // Which step of the machine a later command is, where it is about some of several sessions ("attend_part").
  // Empty: all of it is so already. Ahead of everything. Errors: as above. [desk]
  [[nodiscard]] virtual Result<std::string> step_of(Handling& handling) const { return handling.event; }
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
  // The step is not made, and another one in its place is about all of the case. [desk]
  virtual void take_back(Handling&) const {}
  // Until when the case may stand as it will, where it says nothing of that itself. Ahead of the effects.
  // [desk]
  virtual void set_deadlines(Handling&, const Standing&) const {}
  // Who waits for places of this pool and can have one now, in the order in which they came: what follows,
  // once there may be more places than there were. Errors: the store's. [desk]
  [[nodiscard]] virtual Result<std::vector<Following>> next_in_line(CaseTransaction&, const std::string&,
                                                                    std::int64_t) const {
    return std::vector<Following>{};
  }

  // The time that a field of the data says. [any]
  [[nodiscard]] virtual std::optional<std::int64_t> time_of(const nlohmann::json& data,
                                                            std::string_view field) const;
};

}  // namespace raccordo::cases
