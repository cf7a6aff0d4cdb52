// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/wallets/approval.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/engine/wallets/tests/payroll_file.hpp"
#include "core/ports/base64.hpp"

namespace raccordo::wallets {
namespace {

using ::testing::ElementsAre;

class PayrollApproval : public ::testing::Test {
 protected:
  PlainSignatures signatures;
  PayrollReading reading = reading_of(kPayroll);
  Payroll& payroll = reading.payroll;
  std::vector<Approver> known = rossi_and_bianchi();

  Approval rossi() const { return approval_of(payroll, "rossi", "key of rossi"); }
  Approval bianchi() const { return approval_of(payroll, "bianchi", "key of bianchi"); }

  Result<ApprovedPayroll> approved(const std::vector<Approval>& approvals) const {
    return approve(reading, approvals, known, signatures);
  }
  std::string why(const std::vector<Approval>& approvals) const {
    const auto accepted = approved(approvals);
    return accepted.ok() ? "approved" : accepted.error().message.en;
  }
};

TEST_F(PayrollApproval, needs_two_people) {
  EXPECT_THAT(approved({rossi(), bianchi()})->by(), ElementsAre("rossi", "bianchi"));
  EXPECT_EQ(why({}), "paghe.csv: waits for the approval of two people");
  EXPECT_EQ(why({rossi()}), "paghe.csv: approved by rossi, waits for a second person");
  EXPECT_EQ(why({rossi(), rossi()}), "paghe.csv: approved by rossi, waits for a second person");
  EXPECT_EQ(approved({rossi()}).error().code, ErrorCode::kUnavailable);
}

TEST_F(PayrollApproval, does_not_help_a_file_of_which_a_row_cannot_be_read) {
  reading = reading_of(std::string(kPayroll) + "103;?;meccanica-po;1,00;31/12/2026;f\r\n");
  EXPECT_EQ(why({rossi(), bianchi()}), "paghe.csv:5: the codice fiscale is not valid");
}

TEST_F(PayrollApproval, says_what_it_is_that_people_sign) {
  EXPECT_EQ(approval_text(payroll, "rossi"), "raccordo payroll approval 1\nsha256: " + payroll.sha256 +
                                                 "\ntotal: 1600.50 EUR\napprover: rossi\n");
}

TEST_F(PayrollApproval, is_of_one_content_and_one_total) {
  auto changed = payroll;
  changed.sha256[0] = changed.sha256[0] == 'f' ? 'e' : 'f';
  EXPECT_EQ(why({approval_of(changed, "rossi", "key of rossi"), bianchi()}),
            "paghe.csv.rossi: it approves another content of paghe.csv");
  changed = payroll;
  changed.total += 1;
  EXPECT_EQ(why({rossi(), approval_of(changed, "bianchi", "key of bianchi")}),
            "paghe.csv.bianchi: it approves a total of 1600.51 EUR, the rows of paghe.csv make 1600.50 EUR");
}

TEST_F(PayrollApproval, is_signed_with_the_key_of_whom_it_names) {
  EXPECT_EQ(why({rossi(), approval_of(payroll, "bianchi", "key of rossi")}),
            "paghe.csv.bianchi: the signature is not of bianchi");
  EXPECT_EQ(why({rossi(), approval_of(payroll, "verdi", "key of verdi")}),
            "paghe.csv.verdi: \"verdi\" may not approve");
  auto others = bianchi();
  others.bytes.replace(others.bytes.find("approver: bianchi"), 17, "approver: rossi");
  EXPECT_EQ(why({rossi(), others}), "paghe.csv.bianchi: the signature is not of rossi");
}

TEST_F(PayrollApproval, is_five_lines_and_nothing_else) {
  auto windows = rossi();
  for (std::size_t at = 0; (at = windows.bytes.find('\n', at)) != std::string::npos; at += 2)
    windows.bytes.insert(at, "\r");
  EXPECT_EQ(why({windows, bianchi()}), "approved");
  for (const std::string& bytes :
       {std::string(), std::string("raccordo payroll approval 2\n"), rossi().bytes + "more\n",
        "\n" + rossi().bytes, rossi().bytes.substr(0, rossi().bytes.find("signature"))})
    EXPECT_EQ(why({{"a", bytes}, bianchi()}), "a: it is no approval");
  auto torn = rossi();
  torn.bytes.replace(torn.bytes.size() - 6, 5, "?????");
  EXPECT_EQ(why({torn, bianchi()}), "paghe.csv.rossi: the signature is not of rossi");
}

TEST_F(PayrollApproval, takes_no_person_for_two) {
  const auto refused = [&](std::vector<std::pair<std::string, std::string>> names) {
    const auto read = approvers(names, signatures);
    return read.ok() ? "accepted" : read.error().message.en;
  };
  EXPECT_EQ(refused({{"rossi", "key of rossi"}, {"bianchi", "key of rossi"}}),
            "rossi and bianchi have one name or one key: two different people approve");
  EXPECT_EQ(refused({{"rossi", "key of rossi"}, {"rossi", "key of bianchi"}}),
            "rossi and rossi have one name or one key: two different people approve");
  EXPECT_EQ(refused({{"rossi", "key of rossi"}}), "approvers: 1, at least 2 are needed");
  EXPECT_EQ(refused({{"Rossi\n", "key of rossi"}, {"b", "key of b"}}),
            "\"Rossi\n\" is no name of an approver: a-z, 0-9, dot, hyphens");
  EXPECT_EQ(refused({{"rossi", "?"}, {"b", "key of b"}}), "rossi: it is no key");
}

}  // namespace
}  // namespace raccordo::wallets
