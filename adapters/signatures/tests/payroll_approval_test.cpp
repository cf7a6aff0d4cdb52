// SPDX-License-Identifier: EUPL-1.2
// A payroll file approved as docs/wallets.md says: its own commands, run by a shell.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "adapters/signatures/openssl_signatures.hpp"
#include "core/engine/wallets/approval.hpp"
#include "core/ports/testing/temp_folder.hpp"

namespace raccordo::signatures {
namespace {

std::string text_of(const std::string& path) {
  std::stringstream out;
  out << std::ifstream(path).rdbuf();
  return out.str();
}

// The lines of the n-th block of shell commands, from 0.
std::string commands(const std::string& page, int n) {
  std::size_t at = 0;
  for (; n >= 0; --n) at = page.find("```sh\n", at) + 6;
  return page.substr(at, page.find("```", at) - at);
}

class ApprovalByOpenssl : public ::testing::Test {
 protected:
  void SetUp() override {
    std::ofstream(folder.file("paghe.csv")) << "Matricola;CF;Piano;Importo;Scadenza;Lettera\n101;"
                                               "RSSMRA80A01H501U;meccanica-po;300,00;31/12/2026;f-ter\n";
    for (const std::string name : {"rossi", "bianchi"}) {
      run("NAME=" + name + "\n" + commands(page, 0));
      run("NAME=" + name + " FILE=paghe.csv TOTAL=300.00\n" + commands(page, 1));
    }
  }
  void run(const std::string& script) const {
    std::ofstream(folder.file("script.sh")) << "set -e\ncd " << folder.path().string() << "\n" << script;
    ASSERT_EQ(std::system(("sh " + folder.file("script.sh") + " > " + folder.file("log") + " 2>&1").c_str()),
              0)
        << script << text_of(folder.file("log"));
  }
  wallets::PayrollReading reading() const {
    return wallets::read_payroll("paghe.csv", text_of(folder.file("paghe.csv")), {"meccanica-po"},
                                 "2026-03-02", openssl);
  }
  Result<wallets::ApprovedPayroll> approved() const {
    std::vector<std::pair<std::string, std::string>> pems;
    std::vector<wallets::Approval> approvals;
    for (const std::string name : {"rossi", "bianchi"}) {
      pems.emplace_back(name, text_of(folder.file(name + ".pub")));
      approvals.push_back(
          {"paghe.csv." + name + ".approval", text_of(folder.file("paghe.csv." + name + ".approval"))});
    }
    RACCORDO_TRY(const auto known, wallets::approvers(pems, openssl));
    return wallets::approve(reading(), approvals, known, openssl);
  }

  testing::TempFolder folder;
  OpensslSignatures openssl;
  std::string page = text_of(RACCORDO_SOURCE_DIR "/docs/wallets.md");
};

TEST_F(ApprovalByOpenssl, is_accepted_of_two_people) {
  const auto names = approved();
  ASSERT_TRUE(names.ok()) << names.error().message.en;
  EXPECT_THAT(names->by(), ::testing::ElementsAre("rossi", "bianchi"));
}

TEST_F(ApprovalByOpenssl, does_not_hold_for_a_file_that_changed) {
  std::ofstream(folder.file("paghe.csv"), std::ios::app) << "\n";
  const auto names = approved();
  ASSERT_FALSE(names.ok());
  EXPECT_EQ(names.error().message.en, "paghe.csv.rossi.approval: it approves another content of paghe.csv");
}

TEST_F(ApprovalByOpenssl, does_not_hold_with_a_line_that_somebody_else_wrote) {
  auto approval = text_of(folder.file("paghe.csv.rossi.approval"));
  approval.replace(approval.find("rossi"), 5, "bianchi");
  std::ofstream(folder.file("paghe.csv.rossi.approval")) << approval;
  const auto names = approved();
  ASSERT_FALSE(names.ok());
  EXPECT_EQ(names.error().message.en, "paghe.csv.rossi.approval: the signature is not of bianchi");
}

}  // namespace
}  // namespace raccordo::signatures
