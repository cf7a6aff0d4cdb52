// SPDX-License-Identifier: EUPL-1.2
// Brokers that stop, hang and come back under a hub that works.
#include <gmock/gmock.h>
#include <signal.h>

#include "tests/integration/hub_folder.hpp"
#include "tests/kafka/real_broker.hpp"

namespace raccordo::testing {
namespace {

using ::testing::HasSubstr;

constexpr const char* kAlbo = R"(
  - id: albo
    plugin: mapping
    options: {mapping: albo.yaml}
    from: {files: {path: "in/*.csv", poll: 1s}}
)";

class BrokersAway : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto libraries = RealBroker::libraries("4.1.1");
    if (!libraries) GTEST_SKIP() << "no Kafka 4.1.1; scripts/kafka.sh fetch brings it";
    broker = std::make_unique<RealBroker>(*libraries);
    ::setenv("RACCORDO_TEST_KAFKA", broker->address().c_str(), 1);
    hub.configure(std::string(kAlbo) + kPortale);
    hub.write("albo.yaml",
              "mapping: 1\ninput: {format: csv, separator: \";\"}\nentities:\n"
              "  - service:\n      id: {column: id}\n      name: {column: nome}\n");
    hub.write("in/albo.csv", "id;nome\n1;Mensa\n");
  }
  void TearDown() override { ::unsetenv("RACCORDO_TEST_KAFKA"); }

  HubFolder hub;
  std::unique_ptr<RealBroker> broker;
};

TEST_F(BrokersAway, make_a_run_end_with_75_and_the_next_one_do_it_all) {
  broker->stop();
  const auto ran = hub.raccordo({"run", "hub.yaml", "--once"});
  EXPECT_EQ(ran.exit, 75) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr(broker->address()));
  broker->start();
  EXPECT_EQ(told(hub.once(), "albo"), "received 1 delivered 1 entities 1");
}

TEST_F(BrokersAway, keep_no_command_from_answering_that_needs_none) {
  (void)hub.once();
  broker->stop();
  EXPECT_EQ(told(hub.ledger(), "albo"), "received 1 delivered 1 entities 1");
  EXPECT_EQ(hub.raccordo({"parked", "list", "--config", "hub.yaml"}).exit, 0);
  EXPECT_EQ(hub.raccordo({"check", "hub.yaml"}).exit, 0);
}

TEST_F(BrokersAway, are_waited_for_by_a_daemon_that_then_delivers) {
  broker->stop();
  auto daemon = hub.start({"run", "hub.yaml", "--lang", "en"});
  ASSERT_TRUE(daemon.says("at work with 2 connectors")) << daemon.log();
  broker->start();
  ASSERT_TRUE(daemon.says("delivered")) << daemon.log();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0) << daemon.log();
  EXPECT_EQ(hub.lines_in("out").size(), 1u);
}

}  // namespace
}  // namespace raccordo::testing
