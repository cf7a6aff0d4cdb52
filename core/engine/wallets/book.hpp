// SPDX-License-Identifier: EUPL-1.2
// The book of wallets: movements within the transaction of the step that makes them, and the event that tells
// the wallet's sums. A movement that came before changes nothing and tells nothing, so a step may be made
// again.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/engine/wallets/amount.hpp"
#include "core/engine/wallets/totals.hpp"
#include "core/engine/wallets/tuir.hpp"
#include "core/engine/wallets/wallet.hpp"
#include "core/ports/case_store.hpp"

namespace raccordo::wallets {

// Which step of which case moves something, and when.
struct Step {
  Uuid about;                 // the case; of a reimbursement what proves the expense
  std::int64_t revision = 0;  // that it leads to
  std::string part;           // tells apart movements of one kind in one step, or is empty
  std::string date;           // ISO, of the hub's own calendar
  std::int64_t time_ms = 0;
};

// What is to be paid from a wallet.
struct Spending {
  Uuid wallet;
  Amount amount;
  std::string letter;  // the offer's
  std::string holder;  // pseudonym of who asks: the wallet must be theirs
};

// Money that came for somebody. The wallet of that plan, holder, unit, letter and last day gets it; a new one
// where there is none.
struct Credit {
  Uuid id;  // of the movement
  std::string plan;
  std::string holder;  // pseudonym
  Amount amount;
  std::string letter;    // empty: for any
  std::string valid_to;  // ISO, or empty
  Uuid about;            // the file that it came in
  std::string date;
  std::int64_t time_ms = 0;
};

// What a book knows besides movements.
struct BookTerms {
  // The partner to whom the wallets of a plan belong, and who is told of them; empty: nobody is. [any]
  std::function<std::string(const std::string& plan)> owner_of = {};
  const Tuir* tuir = nullptr;  // borrowed; null: nothing is known of ceilings
};

// Of all: in a CaseTransaction's work; what fails leaves the work to fail. Errors besides the store's and
// those of moved(): kNotFound: no such wallet. [desk]
class Book {
 public:
  // `topic`: the full name of the topic of wallets.
  Book(std::string hub, std::string topic, BookTerms terms = {})
      : hub_(std::move(hub)), topic_(std::move(topic)), terms_(std::move(terms)) {}

  // The law that it knows, or null.
  [[nodiscard]] const Tuir* tuir() const { return terms_.tuir; }

  [[nodiscard]] Uuid wallet_of(const Credit& credit) const;
  [[nodiscard]] Status credit(CaseTransaction& transaction, const Credit& credit) const;

  // Whether reserve() would be accepted; changes nothing.
  [[nodiscard]] Status covers(CaseTransaction& transaction, const Spending& spending, const Uuid& about,
                              std::string_view date) const;
  [[nodiscard]] Status reserve(CaseTransaction& transaction, const Spending& spending,
                               const Step& step) const;
  // All or some of what is reserved for the case.
  [[nodiscard]] Status capture(CaseTransaction& transaction, const Uuid& wallet, const Amount& amount,
                               const Step& step) const;
  // All or some of what is reserved for the case. Of a wallet that ended meanwhile it expires at once, as
  // what give_back() brings.
  [[nodiscard]] Status release(CaseTransaction& transaction, const Uuid& wallet, const Amount& amount,
                               const Step& step) const;
  // What is still reserved for the case, if anything is. Where nothing was, nothing is noted: no step is made
  // again behind a later one.
  [[nodiscard]] Status release_rest(CaseTransaction& transaction, const Uuid& wallet, const Step& step) const;
  // All or some of what was captured for the case, after a cancellation.
  [[nodiscard]] Status give_back(CaseTransaction& transaction, const Uuid& wallet, const Amount& amount,
                                 const Step& step) const;
  // One of these four, by its kind: what a procedure says that a step moves. Holder and letter are the
  // reservation's, and known of what follows it.
  [[nodiscard]] Status move(CaseTransaction& transaction, Kind kind, const Spending& spending,
                            const Step& step) const;
  // To the worker, who paid for somebody.
  [[nodiscard]] Status reimburse(CaseTransaction& transaction, const Spending& spending,
                                 const Beneficiary& who, const Tuir& tuir, const Step& step) const;

  // What is available in a wallet whose last day has passed, or that is closed.
  [[nodiscard]] Status expire(CaseTransaction& transaction, const Uuid& wallet, std::string_view date,
                              std::int64_t time_ms) const;
  // Ends a wallet: what is available expires, what is reserved may still be captured or released. Once.
  [[nodiscard]] Status close(CaseTransaction& transaction, const Uuid& wallet, std::string_view date,
                             std::int64_t time_ms) const;

  // Tells an employer the sums of a plan.
  [[nodiscard]] Status tell_totals(CaseTransaction& transaction, const PlanTotals& of,
                                   std::span<const LetterTotals> totals, std::int64_t time_ms) const;

  // What is held for a case.
  [[nodiscard]] Result<Held> held(CaseTransaction& transaction, const Uuid& wallet, const Uuid& about) const;
  // Of all wallets of a holder in euro, in the year of `date`: what counts for a ceiling.
  [[nodiscard]] Result<std::int64_t> used_in_year(CaseTransaction& transaction, const std::string& holder,
                                                  std::string_view letter, std::string_view date) const;

 private:
  struct Open;

  [[nodiscard]] Result<Open> open(CaseTransaction& transaction, const Uuid& wallet) const;
  [[nodiscard]] Status enter(CaseTransaction& transaction, Open& open, const WalletMovement& movement) const;
  [[nodiscard]] Status move_for(CaseTransaction& transaction, const Uuid& wallet, Kind kind,
                                const Amount& amount, const Step& step) const;
  [[nodiscard]] Status pay(CaseTransaction& transaction, const Spending& spending, Kind kind,
                           const Step& step) const;
  [[nodiscard]] Status sweep(CaseTransaction& transaction, Open& open, std::string_view date,
                             std::int64_t time_ms) const;
  [[nodiscard]] Status warn(CaseTransaction& transaction, const Spending& spending, const Step& step,
                            Open& open) const;
  [[nodiscard]] Status tell(CaseTransaction& transaction, const Open& open, std::int64_t time_ms) const;
  [[nodiscard]] std::string event_of(std::string_view kind, const Uuid& id, const Uuid& subject,
                                     std::size_t revision, std::int64_t time_ms,
                                     const std::string& data) const;

  std::string hub_;
  std::string topic_;
  BookTerms terms_;
};

// Expires what is available in all wallets that ended before `date`, some at a time. [desk] Errors: the
// store's.
[[nodiscard]] Status expire_ended(CaseStore& store, const Book& book, std::string_view date,
                                  std::int64_t time_ms, const CaseStore::Fence& fence = {});

}  // namespace raccordo::wallets
