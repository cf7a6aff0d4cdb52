// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/wallets/statement.hpp"

#include "core/engine/wallets/tests/wallet_of_luca.hpp"

namespace raccordo::wallets {
namespace {

class StatementOfLuca : public WalletOfLuca {
 protected:
  void SetUp() override {
    WalletOfLuca::SetUp();
    ASSERT_TRUE(reserve(9'600).ok() && capture(7'200, 2, "2026-03-17").ok() && release(3, "2026-04-01").ok());
  }
  std::string statement(const Period& period) {
    return statement_csv(store.wallets("")->front(), *store.movements(wallet), period, Language::kItalian);
  }
};

TEST_F(StatementOfLuca, has_a_row_for_each_movement_between_opening_and_closing_sums) {
  const auto file = id_of("file").text();
  const auto about = id_of("case").text();
  EXPECT_EQ(statement({}),
            "Data;Movimento;Lettera;Importo;Accreditato;Disponibile;Riservato;Speso;Scaduto;Riferimento\r\n"
            ";Saldo iniziale;;;0,00;0,00;0,00;0,00;0,00;\r\n"
            "2026-03-02;Accredito;f_ter;300,00;300,00;300,00;0,00;0,00;0,00;" +
                file +
                "\r\n"
                "2026-03-10;Prenotazione;f_ter;96,00;300,00;204,00;96,00;0,00;0,00;" +
                about +
                "\r\n"
                "2026-03-17;Spesa;f_ter;72,00;300,00;204,00;24,00;72,00;0,00;" +
                about +
                "\r\n"
                "2026-04-01;Svincolo;f_ter;24,00;300,00;228,00;0,00;72,00;0,00;" +
                about +
                "\r\n"
                ";Saldo finale;;;300,00;228,00;0,00;72,00;0,00;\r\n");
}

TEST_F(StatementOfLuca, of_a_period_opens_with_what_was_before_it) {
  EXPECT_EQ(statement({"2026-03-17", "2026-03-31"}),
            "Data;Movimento;Lettera;Importo;Accreditato;Disponibile;Riservato;Speso;Scaduto;Riferimento\r\n"
            "2026-03-17;Saldo iniziale;;;300,00;204,00;96,00;0,00;0,00;\r\n"
            "2026-03-17;Spesa;f_ter;72,00;300,00;204,00;24,00;72,00;0,00;" +
                id_of("case").text() +
                "\r\n"
                "2026-03-31;Saldo finale;;;300,00;204,00;24,00;72,00;0,00;\r\n");
}

TEST_F(StatementOfLuca, for_the_employer_has_sums_by_letter_alone) {
  EXPECT_EQ(totals_csv(totals_by_letter(*store.movements(wallet)), "EUR", Language::kEnglish),
            "Letter;Credited;Available;Reserved;Spent;of which reimbursed;Expired\r\n"
            "f_ter;300,00;;0,00;72,00;0,00;0,00\r\n"
            "Total;300,00;228,00;0,00;72,00;0,00;0,00\r\n");
}

TEST(Statement, of_minutes_counts_minutes) {
  WalletRecord wallet;
  wallet.unit = "minutes";
  const std::vector<WalletMovement> movements{{{}, {}, "credit", 90, {}, "", "2026-03-02", 0}};
  EXPECT_NE(
      statement_csv(wallet, movements, {}, Language::kEnglish).find("2026-03-02;Credit;;90;90;90;0;0;0;"),
      std::string::npos);
}

}  // namespace
}  // namespace raccordo::wallets
