// SPDX-License-Identifier: EUPL-1.2
// `wallets` as people write it, right and wrong.
#include <gmock/gmock.h>

#include "core/engine/config/load.hpp"
#include "core/engine/config/testing/fake_environment.hpp"

namespace raccordo {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class WalletsSection : public ::testing::Test {
 protected:
  std::string findings(const std::string& wallets,
                       const std::string& people = "people: {keys: people.key}\n") {
    testing::FakeEnvironment environment;
    environment.files["/hub.yaml"] = "config: 1\nhub: {id: prova}\n" + people + "wallets:\n" + wallets +
                                     "connectors:\n  - {id: portale, plugin: p, from: {files: {path: x}}}\n";
    loading_ = load_configuration("/hub.yaml", environment);
    std::string all;
    for (const auto& finding : loading_.findings) all += finding.what.en + " (" + finding.hint.en + ")\n";
    return all;
  }

  static constexpr const char* kApprovers =
      "  approvers: [{name: rossi, key: keys/rossi.pub}, {name: bianchi, key: keys/bianchi.pub}]\n";
  static constexpr const char* kPayrolls =
      "  payrolls: [{id: paghe, path: in/*.csv, plans: [meccanica-po], receipts: out, poll: 10s}]\n";
  Loading loading_;
};

TEST_F(WalletsSection, is_read_with_all_that_it_says) {
  EXPECT_EQ(
      findings(std::string(kApprovers) + kPayrolls +
               "  tuir: law.yaml\n  plans: [{id: meccanica-po, provider: portale, employer: portale}]\n"),
      "");
  const auto& wallets = loading_.configuration.wallets;
  EXPECT_TRUE(wallets.wanted);
  EXPECT_EQ(wallets.tuir, "/law.yaml");
  EXPECT_EQ(wallets.approvers.at(1), (ApproverConfiguration{"bianchi", "/keys/bianchi.pub"}));
  EXPECT_EQ(wallets.plans.at(0).provider, "portale");
  const auto& payroll = wallets.payrolls.at(0);
  EXPECT_EQ(payroll.receipts, "/out");
  EXPECT_EQ(payroll.poll, std::chrono::seconds(10));
  EXPECT_THAT(payroll.plans, ElementsAre("meccanica-po"));
}

TEST_F(WalletsSection, wants_two_people_who_differ_before_a_payroll_file_is_read) {
  EXPECT_THAT(findings(kPayrolls), HasSubstr("wallets.approvers: 0, and a payroll file wants two people"));
  EXPECT_THAT(findings(std::string("  approvers: [{name: rossi, key: a.pub}, {name: rossi, key: b.pub}]\n") +
                       kPayrolls),
              HasSubstr("\"rossi\" stands twice"));
  EXPECT_THAT(
      findings(std::string("  approvers: [{name: rossi, key: a.pub}, {name: bianchi, key: a.pub}]\n") +
               kPayrolls),
      HasSubstr("\"/a.pub\" stands twice"));
}

TEST_F(WalletsSection, names_partners_that_are_there_and_keys_for_pseudonyms) {
  EXPECT_THAT(findings("  plans: [{id: po, provider: portal}]\n"),
              HasSubstr("wallets.plans: portal of po: no connector has that name"));
  EXPECT_THAT(findings(std::string(kApprovers) + kPayrolls, ""),
              HasSubstr("wallets.payrolls without people.keys"));
}

}  // namespace
}  // namespace raccordo
