// SPDX-License-Identifier: EUPL-1.2
// Credit from an employer's payroll file: matricola; codice fiscale; piano; importo; scadenza; lettera TUIR.
// Whole or not at all: one row that cannot be read, and nothing of the file is credited. The same file
// credits once, however often it comes: the ids of its movements are computed from its hash and the row.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/wallets/book.hpp"
#include "core/ports/seals.hpp"
#include "core/ports/signatures.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo::wallets {

struct PayrollRow {
  std::size_t number = 0;   // from 1
  std::uint64_t line = 0;   // of the file
  std::string employee;     // matricola: the employer's own
  std::string fiscal_code;  // normal form; goes no further than to a pseudonym
  std::string plan;
  std::int64_t cents = 0;
  std::string valid_to;  // ISO
  std::string letter;    // a code, or empty: for any
};

struct Payroll {
  std::string file;    // its name, for messages
  std::string sha256;  // of its bytes
  std::vector<PayrollRow> rows;
  std::int64_t total = 0;  // cents
};

// Never with the content of a row that says something about a person.
struct PayrollFinding {
  std::uint64_t line = 0;  // 0: of the file as a whole
  Text text;
};

struct PayrollReading {
  Payroll payroll;
  std::vector<PayrollFinding> findings;  // any: nothing of it is to be credited
};

inline constexpr std::size_t kMaxPayrollBytes = 16u << 20;
inline constexpr std::size_t kMaxPayrollRows = 50'000;

// CSV as payroll programs write it: separator and encoding are found. `plans`: those that this employer may
// credit. Everything that is wrong, in one pass.
[[nodiscard]] PayrollReading read_payroll(std::string file, std::string_view bytes,
                                          const std::vector<std::string>& plans, std::string_view today,
                                          const Signatures& signatures);

// A payroll file of which every row was read, and that two people approved. Only approve() makes one, and
// only of such a file anything is credited.
class ApprovedPayroll {
 public:
  [[nodiscard]] const Payroll& payroll() const { return payroll_; }
  [[nodiscard]] const std::vector<std::string>& by() const { return by_; }  // their names

 private:
  friend struct Approving;
  ApprovedPayroll(Payroll payroll, std::vector<std::string> by)
      : payroll_(std::move(payroll)), by_(std::move(by)) {}

  Payroll payroll_;
  std::vector<std::string> by_;
};

// The id of the movement that credits a row; rows are counted from 1.
[[nodiscard]] Uuid credit_id(std::string_view sha256, std::size_t row);

// A credit for each row, in their order. `date` and `time_ms`: when it is credited.
[[nodiscard]] std::vector<Credit> credits_of(const ApprovedPayroll& approved, const Seals& seals,
                                             std::string_view date, std::int64_t time_ms);

// All of them, or none. Errors: those of Book and of the store.
[[nodiscard]] Status credit_all(CaseStore& store, const Book& book, const std::vector<Credit>& credits,
                                const CaseStore::Fence& fence = {});

// What goes back to the employer, who knows workers by matricola: which wallet each row went to. CSV with
// semicolons.
[[nodiscard]] std::string receipt_csv(const ApprovedPayroll& approved, const std::vector<Credit>& credits,
                                      const Book& book);

}  // namespace raccordo::wallets
