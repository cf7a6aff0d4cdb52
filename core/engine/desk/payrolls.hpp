// SPDX-License-Identifier: EUPL-1.2
// Employers' payroll files at work: looked for in their folders, with the approvals beside them, credited in
// one transaction each, and answered by a receipt. A file that waits for somebody, or of which nothing is
// credited, says so in the log and to whoever asks. The same file again credits nothing.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/engine/wallets/approval.hpp"
#include "core/ports/case_store.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/log.hpp"
#include "core/ports/output_files.hpp"
#include "core/ports/source_files.hpp"

namespace raccordo::cases {

// One employer's. `files` sees payroll files and, beside each, FILE.NAME.approval.
struct PayrollFolder {
  std::string id;
  std::vector<std::string> plans;  // that it may credit
  std::unique_ptr<SourceFiles> files;
  std::unique_ptr<OutputFiles> receipts;
  Duration poll = std::chrono::seconds(30);
};

enum class PayrollState { kWaiting, kCredited, kRefused };
[[nodiscard]] std::string_view name_of(PayrollState state);  // "waiting"

// What became of a file. No content of it.
struct PayrollSeen {
  std::string folder;  // its id
  std::string file;    // without its folder
  PayrollState state = PayrollState::kWaiting;
  Text text;
  std::int64_t cents = 0;  // credited, or to be
  std::int64_t time_ms = 0;
};

// All borrowed.
struct PayrollParts {
  CaseStore& store;
  const wallets::Book& book;
  const Seals& seals;
  const Signatures& signatures;
  Clock& clock;
  Log& log;
  const Fences* fences = nullptr;  // of several daemons one looks: the one that has the time of cases
};

class Payrolls {
 public:
  // `credited`: something is to be told. [payrolls]
  Payrolls(std::vector<PayrollFolder> folders, std::vector<wallets::Approver> approvers, PayrollParts parts,
           Language language, std::function<void()> credited);
  // Ends the work under way.
  ~Payrolls();
  Payrolls(const Payrolls&) = delete;
  Payrolls& operator=(const Payrolls&) = delete;

  // Works from now on in a thread of its own. [control]
  void start();
  // Looks into all folders once. [payrolls]
  void look();
  // The files that are there, by folder and name. [any]
  [[nodiscard]] std::vector<PayrollSeen> seen() const;

 private:
  using Bunch = std::vector<SeenFile>;  // a payroll file, and its approvals behind it

  void work(const std::stop_token& stop);
  void look_at(PayrollFolder& folder);
  void look_into(PayrollFolder& folder);
  [[nodiscard]] PayrollSeen take_up(PayrollFolder& folder, const Bunch& bunch);
  [[nodiscard]] Status decide(PayrollFolder& folder, const Bunch& bunch, PayrollSeen& seen);
  [[nodiscard]] Status credit(PayrollFolder& folder, const wallets::ApprovedPayroll& approved, bool before,
                              PayrollSeen& seen);
  // Of several daemons one credits.
  [[nodiscard]] Result<Fence> duty() const;
  [[nodiscard]] Result<bool> credited_before(const std::string& sha256);
  void note(const std::string& folder, const std::string& what, const Text& text, LogLevel level);

  std::vector<PayrollFolder> folders_;
  std::vector<wallets::Approver> approvers_;
  PayrollParts parts_;
  Language language_;
  std::function<void()> credited_;
  std::map<std::string, Bunch> taken_up_;        // by path: not to be taken up again until one changes
  std::map<std::string, std::string> failures_;  // by folder: told last
  mutable std::mutex mutex_;                     // guards all below
  std::map<std::string, PayrollSeen> seen_;      // by path
  std::jthread thread_;
};

}  // namespace raccordo::cases
