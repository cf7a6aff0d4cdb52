// SPDX-License-Identifier: EUPL-1.2
// A partner corrects a row in the file that it had sent.
#include <gtest/gtest.h>

#include "tests/integration/hub_folder.hpp"

namespace raccordo::testing {
namespace {

class Corrected : public ::testing::TestWithParam<const char*> {
 protected:
  Corrected() {
    hub.configure(std::string("  - id: albo\n    plugin: mapping\n    options: {mapping: albo.yaml}\n"
                              "    from: {files: {path: in/*.csv, snapshot: ") +
                  GetParam() + "}}\n");
    hub.write("albo.yaml",
              "mapping: 1\ninput: {format: csv, separator: \";\"}\nentities:\n  - capacity:\n"
              "      id: {column: id}\n      service: {column: id}\n"
              "      total: {column: posti, number: plain, required: true}\n");
    hub.write("in/a.csv", "id;posti\n1;10\n2;tanti\n3;30\n");
  }
  HubFolder hub;
};

TEST_P(Corrected, rows_leave_the_list_and_the_account_of_the_run_holds_its_own_records_only) {
  EXPECT_EQ(told(hub.once(3), "albo"), "received 3 delivered 2 parked 1 entities 2");
  hub.write("in/a.csv", "id;posti\n1;10\n2;20\n3;30\n");
  EXPECT_EQ(told(hub.once(), "albo"), "received 3 delivered 1 unchanged 2 entities 1");
  EXPECT_EQ(told(hub.ledger(), "albo"), "received 6 delivered 3 unchanged 2 filtered 1 entities 3");
  EXPECT_TRUE(hub.parked().empty());
}

TEST_P(Corrected, mappings_are_taken_up_by_a_replay_that_no_daemon_performs) {
  EXPECT_EQ(told(hub.once(3), "albo"), "received 3 delivered 2 parked 1 entities 2");
  auto mapping = hub.read("albo.yaml");
  mapping.replace(mapping.find("total: "), std::string::npos, "total: {constant: 20}\n");
  hub.write("albo.yaml", mapping);
  const auto ran = hub.raccordo({"parked", "replay", "--all", "--config", "hub.yaml"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(told(hub.ledger(), "albo"), "received 3 delivered 3 entities 3");
  EXPECT_TRUE(hub.parked().empty());
}

INSTANTIATE_TEST_SUITE_P(Snapshots, Corrected, ::testing::Values("partial", "complete"),
                         [](const auto& snapshot) { return std::string(snapshot.param); });

}  // namespace
}  // namespace raccordo::testing
