// SPDX-License-Identifier: EUPL-1.2
// What a hub remembers of cases: what partners asked and were answered, cases with their history, wallets, places, and
// what is still to be told. Everything that one message changes is one transaction. All adapters pass
// tests/contract/case_store_contract.hpp.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/ports/leases.hpp"
#include "raccordo/model/result.hpp"
#include "raccordo/model/uuid.hpp"

namespace raccordo {

// What a partner sent once, and was answered: the same again is answered the same.
struct InboxEntry {
  std::string source;   // the connector
  std::string id;       // the message's, at that source
  std::string content;  // hash of its body: the same id with another content is refused
  std::string answer;   // sealed; opaque here
  std::int64_t time_ms = 0;
  friend bool operator==(const InboxEntry&, const InboxEntry&) = default;
};

// A case as it stands. `data` says nothing about a person; what does lies sealed in `people`.
struct CaseRecord {
  Uuid id;
  std::string machine;           // "booking"
  std::string state;
  std::int64_t revision = 0;     // 1 with its first step, rising by one with each
  std::string data;              // canonical JSON
  std::string people;            // sealed; opaque here
  std::string asked_by;          // the connector that asked for it
  std::string asked_id;          // what that partner calls it: unique for `asked_by`, unless empty
  std::string answered_by;       // the connector that answers it, or empty
  std::int64_t due_ms = 0;       // when time alone makes a step; 0: never
  std::string due_event;
  std::int64_t changed_ms = 0;
  bool ended = false;            // there is no step behind its state
  friend bool operator==(const CaseRecord&, const CaseRecord&) = default;
};

// One step of a case: what explains its state.
struct CaseStep {
  Uuid id;                   // of the case
  std::int64_t revision = 0; // that it led to
  std::string event;
  std::string from;
  std::string to;
  std::string party;         // who made it: customer, provider, payer, hub
  std::string connector;     // through which it came; empty: time
  std::string message;       // the message's id at that source
  std::string note;          // JSON: proofs, reasons; nothing about a person
  std::int64_t time_ms = 0;
  friend bool operator==(const CaseStep&, const CaseStep&) = default;
};

// Amounts are of the wallet's unit: euro cents, minutes, or points of a named scheme.
// credited = available + reserved + spent + expired, at all times, and none is below 0.
struct WalletRecord {
  Uuid id;
  std::string plan;    // what it belongs to
  std::string holder;  // pseudonym
  std::string unit;    // "EUR", "minutes", "points:SCHEME"
  std::string letter;  // of TUIR art. 51 that all of it is for, or empty: for any
  std::int64_t credited = 0;
  std::int64_t available = 0;
  std::int64_t reserved = 0;
  std::int64_t spent = 0;
  std::int64_t expired = 0;
  std::string valid_to;  // ISO date, or empty
  bool closed = false;
  friend bool operator==(const WalletRecord&, const WalletRecord&) = default;
};

struct WalletMovement {
  Uuid id;                  // the same movement comes once, however often it is told
  Uuid wallet;
  std::string kind;         // credit reserve capture release give_back expire reimburse
  std::int64_t amount = 0;  // above 0
  Uuid about;               // the case, or the credit's file
  std::string letter;       // TUIR art. 51, or empty
  std::string date;         // ISO date that it counts for
  std::int64_t time_ms = 0;
  friend bool operator==(const WalletMovement&, const WalletMovement&) = default;
};

// What a case holds and has used of an entitlement in one period, in the entitlement's unit.
struct Drawn {
  Uuid entitlement;
  std::string period;     // "2026-W10", "2026-03"; empty: in all
  std::int64_t held = 0;  // at least 0, as below
  std::int64_t used = 0;
  friend bool operator==(const Drawn&, const Drawn&) = default;
};

// The same of all cases together: granted = left + held + used, at all times. `left` falls below 0 only where less is
// granted than was before.
struct Allowance {
  std::string period;
  std::int64_t granted = 0;  // as it was said last
  std::int64_t left = 0;
  std::int64_t held = 0;
  std::int64_t used = 0;
  friend bool operator==(const Allowance&, const Allowance&) = default;
};

// Something that the backbone is to be told, in the order of its numbers.
struct OutboxMessage {
  std::int64_t number = 0;  // given by the store
  std::string topic;
  std::string key;          // the case's, or the wallet's
  std::string value;        // the event
  friend bool operator==(const OutboxMessage&, const OutboxMessage&) = default;
};

struct CaseQuery {
  std::string state;       // empty: all, as the other four
  std::string asked_by;
  std::string answered_by;
  std::string machine;
  std::string connector;      // that asked for it, or answers it
  std::int64_t since_ms = 0;  // changed then or later
  std::optional<Uuid> after;
  std::size_t limit = 100;
};

// Within one piece of work. It reads what it wrote, and what it reads stays so until the end of the transaction. [desk]
// Errors of all: kUnavailable, kFull: the transaction changes nothing. Other errors: this call changed nothing.
class CaseTransaction {
 public:
  virtual ~CaseTransaction() = default;

  [[nodiscard]] virtual Result<std::optional<InboxEntry>> inbox(const std::string& source, const std::string& id) = 0;
  // kConflict: known already.
  [[nodiscard]] virtual Status remember(const InboxEntry& entry) = 0;

  [[nodiscard]] virtual Result<std::optional<CaseRecord>> find(const Uuid& id) = 0;
  [[nodiscard]] virtual Result<std::optional<CaseRecord>> find_asked(const std::string& asked_by,
                                                                     const std::string& asked_id) = 0;
  // The case and the step that led to it. Revision 1 is a new case; else the revision before is the one that is there.
  // kConflict: it is not, or another case has its `asked_by` and `asked_id`. kInvalid: the step leads elsewhere.
  [[nodiscard]] virtual Status put(const CaseRecord& record, const CaseStep& step) = 0;

  // Takes places (above 0, else kInvalid) of a pool for a case, there already or put later in this work, where no more
  // than `total` are taken then: false, and nothing changes, where more would be. What the case has taken of the pool
  // before is replaced, not added to.
  [[nodiscard]] virtual Result<bool> take_places(const std::string& pool, const Uuid& id, std::int64_t places,
                                                 std::int64_t total) = 0;
  // All that a case has taken, of every pool.
  [[nodiscard]] virtual Status give_places_back(const Uuid& id) = 0;
  [[nodiscard]] virtual Status give_places_back(const Uuid& id, const std::string& pool) = 0;
  // Those of which a case has places, in the order of their names.
  [[nodiscard]] virtual Result<std::vector<std::string>> pools_of(const Uuid& id) = 0;
  [[nodiscard]] virtual Result<std::int64_t> taken_places(const std::string& pool) = 0;

  // The waiting list of a pool: who waits stands behind all who wait already, or where they stand.
  [[nodiscard]] virtual Status wait_for(const std::string& pool, const Uuid& id) = 0;
  // Of any pool.
  [[nodiscard]] virtual Status wait_no_more(const Uuid& id) = 0;
  // In the order in which they came; the next page begins behind the last one (who waits there).
  [[nodiscard]] virtual Result<std::vector<Uuid>> waiting(const std::string& pool, const std::optional<Uuid>& after,
                                                          std::size_t limit) = 0;

  // What a case holds and has used of an entitlement in a period, instead of what it had of it before: false, and
  // nothing changes, where that is more than before, and all cases together would have more than `granted`.
  // A case that has nothing of it says nothing of what is granted. kInvalid: an amount is below 0.
  [[nodiscard]] virtual Result<bool> draw(const Uuid& id, const Drawn& drawn, std::int64_t granted) = 0;
  // By entitlement and period; nothing where it is 0.
  [[nodiscard]] virtual Result<std::vector<Drawn>> drawn_by(const Uuid& id) = 0;
  // Of all cases together.
  [[nodiscard]] virtual Result<Drawn> drawn(const Uuid& entitlement, const std::string& period) = 0;

  [[nodiscard]] virtual Result<std::optional<WalletRecord>> wallet(const Uuid& id) = 0;
  [[nodiscard]] virtual Result<std::vector<WalletRecord>> wallets_of(const std::string& holder) = 0;  // by id
  [[nodiscard]] virtual Result<std::optional<WalletMovement>> movement(const Uuid& id) = 0;
  [[nodiscard]] virtual Result<std::vector<WalletMovement>> movements(const Uuid& wallet) = 0;  // as they came
  // The movement, and the wallet as it is behind it. kConflict: the movement is known already. kInvalid: the sums do
  // not add up, or the movement is another wallet's or of no amount.
  [[nodiscard]] virtual Status put(const WalletRecord& wallet, const WalletMovement& movement) = 0;
  // Without a movement: a wallet that begins, empty, or ends.
  [[nodiscard]] virtual Status put(const WalletRecord& wallet) = 0;

  // Whatever number it has; the store gives its own, rising in the order of telling.
  [[nodiscard]] virtual Status tell(const OutboxMessage& message) = 0;
};

// What works will read, as far as it is known before they run: a store may read all of it at once.
struct Foreseen {
  std::vector<std::pair<std::string, std::string>> messages;  // source and id
  std::vector<std::pair<std::string, std::string>> asked;     // asked_by and asked_id
  std::vector<Uuid> cases;
};

class CaseStore : public Leases {
 public:
  using Work = std::function<Status(CaseTransaction&)>;
  using Fence = raccordo::Fence;

  // Pieces of work in one transaction, durable when it returns. One that fails changes nothing, and the others count:
  // outcomes[i] is what works[i] returned. A work may be run again, when somebody else changed what it read: it has
  // no effect beyond the transaction and what it returns. It may run on the thread of another caller who shares the
  // commit, before transact returns; it neither throws nor calls the store. [any]
  // Errors: kUnavailable, kFull: nothing of any was changed; kConflict: the fence is no longer ours.
  [[nodiscard]] virtual Result<std::vector<Status>> transact(std::span<const Work> works, const Fence& fence = {},
                                                             const Foreseen& foreseen = {}) = 0;

  // A piece of work that only reads, all of it as of one moment, and holds nobody up. What it writes is refused or
  // forgotten. Its own errors, or kUnavailable. [any]
  [[nodiscard]] virtual Status look(const Work& work) = 0;

  // What was read when it returns. [any]
  [[nodiscard]] virtual Result<std::optional<CaseRecord>> find(const Uuid& id) = 0;
  // In the order in which they began; the next page begins after the last one's id. [any]
  [[nodiscard]] virtual Result<std::vector<CaseRecord>> cases(const CaseQuery& query) = 0;
  [[nodiscard]] virtual Result<std::vector<CaseStep>> history(const Uuid& id) = 0;          // by revision
  // Cases whose time has come, the longest overdue first. [any]
  [[nodiscard]] virtual Result<std::vector<Uuid>> due(std::int64_t now_ms, std::size_t limit) = 0;
  // When the next one comes; none: nothing waits for time. [any]
  [[nodiscard]] virtual Result<std::optional<std::int64_t>> next_due() = 0;

  [[nodiscard]] virtual Result<std::vector<WalletRecord>> wallets(const std::string& plan) = 0;  // by id; empty: all
  [[nodiscard]] virtual Result<std::vector<WalletMovement>> movements(const Uuid& wallet) = 0;    // as they came

  // Pools that somebody waits for, in the order of their names; the next page begins behind the last one. [any]
  [[nodiscard]] virtual Result<std::vector<std::string>> pools_waited_for(const std::string& after,
                                                                          std::size_t limit) = 0;
  [[nodiscard]] virtual Result<std::vector<Allowance>> allowances(const Uuid& entitlement) = 0;  // by period

  // What is to be told, by number, and that it was: then it is forgotten. Errors of `told`: those of transact. [relay]
  [[nodiscard]] virtual Result<std::vector<OutboxMessage>> to_tell(std::size_t limit) = 0;
  [[nodiscard]] virtual Status told(std::span<const std::int64_t> numbers, const Fence& fence = {}) = 0;

  // Forgets answers that are older, and the history of cases that ended before; the cases stay as they stand. [any]
  [[nodiscard]] virtual Status forget_answers_before(std::int64_t time_ms) = 0;
};

}  // namespace raccordo
