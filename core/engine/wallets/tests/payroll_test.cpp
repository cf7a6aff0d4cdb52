// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/wallets/payroll.hpp"

#include "core/engine/wallets/tests/payroll_file.hpp"
#include "core/engine/wallets/tests/wallet_of_luca.hpp"
#include "core/ports/testing/clear_seals.hpp"
#include "core/ports/testing/faulty_case_store.hpp"

namespace raccordo::wallets {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<std::string> findings_of(std::string_view bytes) {
  std::vector<std::string> lines;
  for (const auto& finding : reading_of(bytes).findings)
    lines.push_back(fmt::format("{}: {}", finding.line, finding.text.en));
  return lines;
}

std::string with_row(const std::string& row) {
  return "Matricola;CF;Piano;Importo;Scadenza;Lettera\n" + row + "\n";
}

TEST(PayrollFile, is_read_as_payroll_programs_write_it) {
  const auto reading = reading_of(kPayroll);
  ASSERT_THAT(reading.findings, IsEmpty());
  const auto& rows = reading.payroll.rows;
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].fiscal_code, rows[2].fiscal_code);
  EXPECT_EQ(rows[1].cents, 125'050);
  EXPECT_EQ(rows[0].valid_to, "2026-12-31");
  EXPECT_EQ(rows[1].valid_to, "2026-12-31");
  EXPECT_EQ(rows[0].letter + "," + rows[1].letter + "," + rows[2].letter, "f_ter,,c3");
  EXPECT_EQ(reading.payroll.total, 160'050);
}

TEST(PayrollFile, may_have_its_columns_in_another_order_and_encoding) {
  const auto reading = reading_of(
      "Qualit\xE0;importo;PIANO;Lettera;scadenza;matricola;C.F.\nx;1,00;meccanica-po;F;31/12/"
      "2026;7;RSSMRA80A01H501U\n");
  EXPECT_THAT(reading.findings, IsEmpty());
  EXPECT_EQ(reading.payroll.total, 100);
}

TEST(PayrollFile, that_holds_one_bad_row_says_all_that_is_wrong) {
  EXPECT_THAT(findings_of(with_row(";RSSMRA80A01H501X;altro;12.50;31/02/2026;zz")),
              ElementsAre("2: the employee's number (matricola) is missing",
                          "2: the codice fiscale is not valid", "2: plan \"altro\" is not of this employer",
                          "2: amount \"12.50\" does not read as euro: write 1.250,00, for instance",
                          "2: last day \"31/02/2026\" is no date: write 31/12/2026, for instance",
                          "2: \"zz\" is no letter of TUIR art. 51"));
  EXPECT_THAT(
      findings_of(with_row("1;RSSMRA80A01H501U;meccanica-po;0;01/03/2026;")),
      ElementsAre(HasSubstr("amount \"0\" does not read"), "2: last day 2026-03-01 has passed already"));
  EXPECT_THAT(findings_of(with_row("1;RSSMRA80A01H501U;meccanica-po;\"1;31/12/2026;")), Not(IsEmpty()));
}

TEST(PayrollFile, gives_one_matricola_to_one_person) {
  EXPECT_THAT(
      findings_of(with_row(
          "1;RSSMRA80A01H501U;meccanica-po;1;31/12/2026;\n1;VRDLGU75B02F205A;meccanica-po;1;31/12/2026;")),
      ElementsAre("3: the same matricola has another codice fiscale in line 2"));
}

TEST(PayrollFile, without_a_column_or_a_row_is_not_one) {
  EXPECT_THAT(
      findings_of("Matricola;CF;Piano;Importo;Scadenza\n1;RSSMRA80A01H501U;meccanica-po;1;31/12/2026\n"),
      ElementsAre("1: column \"lettera\" is missing"));
  EXPECT_THAT(findings_of("Matricola;CF;Piano;Importo;Scadenza;Lettera\n"), ElementsAre("0: no rows"));
  EXPECT_THAT(findings_of(std::string(kMaxPayrollBytes + 1, 'x')).size(), 1U);
}

TEST(PayrollFile, never_shows_a_codice_fiscale_in_what_is_wrong) {
  for (const auto& line : findings_of(with_row("1;RSSMRA80A01H501X;meccanica-po;1;31/12/2026;")))
    EXPECT_THAT(line, Not(HasSubstr("RSSMRA")));
}

class PayrollCredit : public WalletOfLuca {
 protected:
  void SetUp() override {}
  std::vector<Credit> credits(std::string_view bytes = kPayroll) {
    return credits_of(*approved(reading_of(bytes)), testing::ClearSeals(), "2026-03-02", 7);
  }
  std::int64_t credited() {
    std::int64_t sum = 0;
    for (const auto& record : *store.wallets("meccanica-po")) sum += record.credited;
    return sum;
  }
};

TEST_F(PayrollCredit, makes_a_wallet_for_each_person_letter_and_last_day) {
  ASSERT_TRUE(credit_all(store, book, credits()).ok());
  EXPECT_EQ(store.wallets("meccanica-po")->size(), 3U);
  EXPECT_EQ(credited(), 160'050);
}

TEST_F(PayrollCredit, credits_the_same_file_once) {
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(credit_all(store, book, credits()).ok());
  EXPECT_EQ(credited(), 160'050);
  EXPECT_EQ(told(), 3U);
}

TEST_F(PayrollCredit, credits_two_rows_that_say_the_same_twice) {
  const auto twice = with_row(
      "1;RSSMRA80A01H501U;meccanica-po;10;31/12/2026;\n1;RSSMRA80A01H501U;meccanica-po;10;31/12/2026;");
  ASSERT_TRUE(credit_all(store, book, credits(twice)).ok());
  EXPECT_EQ(credited(), 2'000);
  EXPECT_EQ(store.wallets("")->size(), 1U);
}

TEST_F(PayrollCredit, credits_all_rows_or_none) {
  auto some = credits();
  some.back().amount.unit = "USD";
  EXPECT_FALSE(credit_all(store, book, some).ok());
  EXPECT_EQ(credited(), 0);
  EXPECT_EQ(told(), 0U);
}

TEST_F(PayrollCredit, whose_answer_was_lost_is_made_again_without_harm) {
  testing::FaultyCaseStore faulty(store);
  faulty.faults.fail("transact", 1, error(ErrorCode::kUnavailable, as_is("gone")), testing::When::kAfter);
  EXPECT_FALSE(credit_all(faulty, book, credits()).ok());
  EXPECT_TRUE(credit_all(faulty, book, credits()).ok());
  EXPECT_EQ(credited(), 160'050);
}

TEST_F(PayrollCredit, answers_the_employer_with_the_wallet_of_each_row) {
  const auto some = credits();
  const auto receipt = receipt_csv(*approved(reading_of(kPayroll)), some, book);
  EXPECT_THAT(receipt,
              HasSubstr("102;meccanica-po;1250,50;2026-12-31;;" + book.wallet_of(some[1]).text() + "\r\n"));
  EXPECT_THAT(receipt, Not(HasSubstr("RSSMRA")));
}

}  // namespace
}  // namespace raccordo::wallets
