// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/payrolls.hpp"

#include <gmock/gmock.h>

#include "core/engine/desk/times.hpp"
#include "core/engine/wallets/tests/payroll_file.hpp"
#include "core/ports/testing/clear_seals.hpp"
#include "core/ports/testing/faulty_case_store.hpp"
#include "core/ports/testing/memory_case_store.hpp"
#include "core/ports/testing/memory_files.hpp"
#include "core/ports/testing/recording_log.hpp"
#include "core/ports/testing/simulated_clock.hpp"

namespace raccordo::cases {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// A folder in which an employer and two who approve put their files.
class PayrollFolderOfMeccanica : public ::testing::Test {
 protected:
  PayrollFolderOfMeccanica() {
    clock.set(WallTime(std::chrono::milliseconds(*unix_ms_of("2026-03-02T08:00:00+01:00"))));
    begin();
  }

  // As after a start: what was seen is forgotten, what is in folders and store is not.
  void begin(const Fences* fences = nullptr) {
    auto sees = std::make_unique<testing::MemorySourceFiles>();
    auto writes = std::make_unique<testing::MemoryOutputFiles>();
    in = sees.get();
    receipts = writes.get();
    std::vector<PayrollFolder> folders;
    folders.push_back({"paghe", {"meccanica-po"}, std::move(sees), std::move(writes)});
    payrolls = std::make_unique<Payrolls>(std::move(folders), wallets::rossi_and_bianchi(),
                                          PayrollParts{store, book, seals, signatures, clock, log, fences},
                                          Language::kEnglish, [this] { ++credited; });
  }
  void put_payroll(const std::string& bytes = wallets::kPayroll) { in->put("in/paghe.csv", bytes); }
  void approve(const std::string& name, const std::string& key, const std::string& of = wallets::kPayroll) {
    auto payroll = wallets::reading_of(of).payroll;
    in->put("in/paghe.csv." + name + ".approval", wallets::approval_of(payroll, name, key).bytes);
  }
  void look() {
    payrolls->look();
    payrolls->look();  // what stood still
  }
  [[nodiscard]] std::string state() const {
    const auto seen = payrolls->seen();
    return seen.empty() ? "" : std::string(name_of(seen.front().state));
  }
  [[nodiscard]] std::string words() const {
    const auto seen = payrolls->seen();
    return seen.empty() ? "" : seen.front().text.en;
  }
  std::int64_t credit() {
    std::int64_t all = 0;
    for (const auto& wallet : *memory.wallets("")) all += wallet.credited;
    return all;
  }

  testing::SimulatedClock clock;
  testing::MemoryCaseStore memory{clock};
  testing::FaultyCaseStore store{memory};
  testing::ClearSeals seals;
  wallets::PlainSignatures signatures;
  testing::RecordingLog log;
  wallets::Book book{"valle-demo", "welfare.wallets"};
  testing::MemorySourceFiles* in = nullptr;
  testing::MemoryOutputFiles* receipts = nullptr;
  int credited = 0;
  std::unique_ptr<Payrolls> payrolls;
};

TEST_F(PayrollFolderOfMeccanica, waits_for_two_people_and_says_so) {
  put_payroll();
  look();
  EXPECT_EQ(state(), "waiting");
  EXPECT_EQ(words(),
            "paghe.csv: waits for the approval of two people: each puts their approval beside the file "
            "(docs/wallets.md)");
  approve("rossi", "key of rossi");
  look();
  EXPECT_EQ(state(), "waiting");
  EXPECT_THAT(words(), HasSubstr("approved by rossi, waits for a second person"));
  EXPECT_EQ(credit(), 0);
  EXPECT_THAT(receipts->published(), IsEmpty());
  look();
  EXPECT_EQ(log.lines().size(), 2u) << "each said once";
}

TEST_F(PayrollFolderOfMeccanica, is_credited_whole_once_and_answered_by_a_receipt) {
  put_payroll();
  approve("rossi", "key of rossi");
  approve("bianchi", "key of bianchi");
  look();
  EXPECT_EQ(state(), "credited");
  EXPECT_THAT(words(), HasSubstr("in 3 rows, approved by"));
  EXPECT_EQ(credit(), 160'050);
  EXPECT_EQ(credited, 1);
  ASSERT_EQ(receipts->published().size(), 1u);
  EXPECT_THAT(receipts->published().begin()->first, HasSubstr(".ricevuta.csv"));
  EXPECT_THAT(receipts->published().begin()->second, HasSubstr("101;meccanica-po;300,00;2026-12-31;f_ter;"));
  EXPECT_THAT(receipts->published().begin()->second, Not(HasSubstr("RSSMRA80A01H501U")));
  look();
  EXPECT_EQ(credited, 1);
}

TEST_F(PayrollFolderOfMeccanica, is_credited_once_however_often_the_hub_starts) {
  for (int start = 0; start < 2; ++start) {
    begin();
    put_payroll();
    approve("rossi", "key of rossi");
    approve("bianchi", "key of bianchi");
    look();
    EXPECT_EQ(state(), "credited");
  }
  EXPECT_EQ(words(), "paghe.csv: credited already");
  EXPECT_EQ(credit(), 160'050);
  clock.advance(std::chrono::hours(24 * 365));
  begin();
  put_payroll();
  look();
  EXPECT_EQ(state(), "credited") << "though its last days have passed";
}

TEST_F(PayrollFolderOfMeccanica, is_refused_where_one_signed_twice_or_signed_something_else) {
  put_payroll();
  approve("rossi", "key of rossi");
  in->put(
      "in/paghe.csv.again.approval",
      wallets::approval_of(wallets::reading_of(wallets::kPayroll).payroll, "rossi", "key of rossi").bytes);
  look();
  EXPECT_EQ(state(), "waiting") << "two approvals of one person count as one";
  approve("bianchi", "key of rossi");
  look();
  EXPECT_EQ(state(), "refused");
  EXPECT_THAT(words(), HasSubstr("the signature is not of bianchi"));
  approve("bianchi", "key of bianchi",
          std::string(wallets::kPayroll) + "103;RSSMRA80A01H501U;meccanica-po;1,00;31/12/2026;\r\n");
  look();
  EXPECT_EQ(state(), "refused");
  EXPECT_THAT(words(), HasSubstr("it approves another content of paghe.csv"));
  auto payroll = wallets::reading_of(wallets::kPayroll).payroll;
  payroll.total += 1;
  in->put("in/paghe.csv.bianchi.approval", wallets::approval_of(payroll, "bianchi", "key of bianchi").bytes);
  look();
  EXPECT_THAT(words(), HasSubstr("it approves a total of 1600.51 EUR"));
  EXPECT_EQ(credit(), 0);
  approve("bianchi", "key of bianchi");
  look();
  EXPECT_EQ(state(), "credited") << "once it is put right";
}

TEST_F(PayrollFolderOfMeccanica,
       with_a_row_that_cannot_be_read_credits_nothing_and_says_what_in_a_file_of_its_own) {
  const std::string wrong =
      std::string(wallets::kPayroll) + "104;RSSMRA80A01H501U;altro;zero;31/12/2026;\r\n";
  put_payroll(wrong);
  approve("rossi", "key of rossi", wrong);
  approve("bianchi", "key of bianchi", wrong);
  look();
  EXPECT_EQ(state(), "refused");
  EXPECT_THAT(words(), HasSubstr("nothing is credited, 2 to correct"));
  EXPECT_THAT(log.lines().back().message, Not(HasSubstr("altro"))) << "no content in the log";
  ASSERT_EQ(receipts->published().size(), 1u);
  EXPECT_THAT(receipts->published().begin()->first, HasSubstr(".errori.txt"));
  EXPECT_THAT(receipts->published().begin()->second, HasSubstr("5: plan \"altro\" is not of this employer"));
  EXPECT_EQ(credit(), 0);
}

TEST_F(PayrollFolderOfMeccanica, is_tried_again_where_the_store_was_away) {
  put_payroll();
  approve("rossi", "key of rossi");
  approve("bianchi", "key of bianchi");
  payrolls->look();
  store.faults.fail("transact", 1, testing::away());
  store.faults.fail("transact", 3, testing::away(), testing::When::kAfter);
  payrolls->look();
  EXPECT_EQ(state(), "waiting");
  payrolls->look();
  EXPECT_EQ(state(), "waiting") << "the answer was lost";
  payrolls->look();
  EXPECT_EQ(state(), "credited");
  EXPECT_EQ(credit(), 160'050);
}

class FencesOfBefore final : public Fences {
 public:
  [[nodiscard]] Result<Fence> of(const std::string&) const override { return Fence(lease); }
  Lease lease;
};

TEST_F(PayrollFolderOfMeccanica, is_not_credited_by_a_daemon_that_lost_its_lease) {
  FencesOfBefore fences;
  fences.lease = memory.lease(kLeaseOfCases, "a", 10)->value();
  clock.advance(std::chrono::seconds(1));
  ASSERT_TRUE(memory.lease(kLeaseOfCases, "b", 10'000)->has_value());
  begin(&fences);
  put_payroll();
  approve("rossi", "key of rossi");
  approve("bianchi", "key of bianchi");
  look();
  EXPECT_EQ(credit(), 0);
  EXPECT_THAT(receipts->published(), IsEmpty());
}

TEST_F(PayrollFolderOfMeccanica, forgets_a_file_that_was_taken_away) {
  put_payroll();
  look();
  in->remove("in/paghe.csv");
  look();
  EXPECT_THAT(payrolls->seen(), IsEmpty());
}

}  // namespace
}  // namespace raccordo::cases
