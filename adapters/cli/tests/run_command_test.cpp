// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include "adapters/cli/tests/command_test.hpp"

namespace raccordo {
namespace {

using ::testing::StartsWith;

TEST_F(CommandTest, run_hands_over_what_was_asked_and_prints_the_ledger_of_this_run) {
  RunRequest seen;
  program_.run = [&](const RunRequest& request, Terminal&) -> Result<RunReport> {
    seen = request;
    return RunReport{
        R"({"ok":true,"connectors":[{"id":"r","received":3,"delivered":2,"parked":1,"entities":2}]})",
        1,
        false,
        {}};
  };
  EXPECT_EQ(type({"run", "hub.yaml", "--once", "--json", "--for", "5m"}), 3);
  EXPECT_EQ(
      out(),
      R"({"connectors":[{"id":"r","received":3,"delivered":2,"unchanged":0,"filtered":0,"parked":1,"in_flight":0,"entities":2,"deleted":0}]})"
      "\n");
  EXPECT_EQ(seen.at_most, std::chrono::minutes(5));
  EXPECT_TRUE(seen.once);
  EXPECT_EQ(seen.configuration.connectors.size(), 1u);
  EXPECT_EQ(type({"run", "hub.yaml", "--once", "--fail-on", "none"}), 0);
  EXPECT_EQ(type({"run", "hub.yaml", "--once", "--fail-on", "parked>1"}), 0);
  EXPECT_EQ(type({"run", "hub.yaml", "--once", "--fail-on", "parked>0"}), 3);
  EXPECT_EQ(type({"run", "hub.yaml", "--once", "--fail-on", "lots"}), 64);
  EXPECT_EQ(type({"run", "hub.yaml", "--for", "5m"}), 64);
}

TEST_F(CommandTest, run_whose_ledger_does_not_add_up_ends_with_70_and_says_what_else_failed) {
  program_.run = [](const RunRequest&, Terminal&) -> Result<RunReport> {
    RunReport report{R"({"ok":true,"connectors":[{"id":"r","received":3,"delivered":2}]})", 0, true, {}};
    report.failure = error(ErrorCode::kFull, say("disco pieno", "disk full"));
    return report;
  };
  EXPECT_EQ(type({"run", "hub.yaml", "--once"}), 70);
  EXPECT_EQ(err(),
            "raccordo: disk full\n"
            "raccordo: the ledger of r does not add up: 3 received, 2 accounted for\n");
}

TEST_F(CommandTest, run_hands_over_how_much_the_log_is_to_say) {
  std::vector<std::optional<LogLevel>> seen;
  program_.run = [&](const RunRequest& request, Terminal&) -> Result<RunReport> {
    seen.push_back(request.log_level);
    return RunReport{};
  };
  EXPECT_EQ(type({"run", "hub.yaml"}), 0);
  EXPECT_EQ(type({"run", "hub.yaml", "--log-level", "debug"}), 0);
  EXPECT_EQ(type({"run", "hub.yaml", "--log-level", "error"}), 0);
  EXPECT_EQ(seen, (std::vector<std::optional<LogLevel>>{std::nullopt, LogLevel::kDebug, LogLevel::kError}));
  EXPECT_EQ(type({"run", "hub.yaml", "--log-level", "loud"}), 64);
  EXPECT_EQ(err(), "raccordo: --log-level: \"loud\" is no level: debug, info, warning or error\n");
}

TEST_F(CommandTest, run_ends_with_75_while_something_is_away) {
  program_.run = [](const RunRequest&, Terminal&) -> Result<RunReport> {
    return RunReport{R"({"ok":true,"connectors":[]})", 2, true, {say("albo: assente", "albo: away")}};
  };
  EXPECT_EQ(type({"run", "hub.yaml", "--once"}), 75);
  EXPECT_EQ(err(), "albo: away\n");
}

TEST_F(CommandTest, run_starts_nothing_with_a_wrong_configuration) {
  environment_.files["/hub.yaml"] = "config: 1\nhub: {id: A}\n";
  program_.run = [](const RunRequest&, Terminal&) -> Result<RunReport> { throw std::logic_error("started"); };
  EXPECT_EQ(type({"run", "hub.yaml"}), 78);
  EXPECT_THAT(err(), StartsWith("hub.yaml:2:11: hub.id:"));
}

TEST_F(CommandTest, run_ends_with_the_code_of_its_error) {
  program_.run = [](const RunRequest&, Terminal&) -> Result<RunReport> {
    return error(ErrorCode::kConflict, say("occupata", "held"));
  };
  EXPECT_EQ(type({"run", "hub.yaml"}), 73);
  EXPECT_EQ(err(), "raccordo: held\n");
}

}  // namespace
}  // namespace raccordo
