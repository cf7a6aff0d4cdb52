// SPDX-License-Identifier: EUPL-1.2
// Files whose rows are steps of cases.
#include <gmock/gmock.h>

#include "core/engine/flow/source_steps.hpp"
#include "core/engine/flow/testing/territory.hpp"

namespace raccordo::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kA = R"(booking.confirm.v1 {"case":"A"})";
constexpr const char* kB = R"(booking.confirm.v1 {"case":"B"})";

class RowsThatAsk : public ::testing::Test {
 protected:
  void read(const std::vector<std::string>& rows, const std::string& file = "answers.csv") {
    t.yields(rows, file);
    passed = t.pass();
  }

  Territory t;
  Result<Pass> passed{Pass{}};
};

TEST_F(RowsThatAsk, are_steps_of_their_cases) {
  read({"A,confirm", "B,confirm"});
  EXPECT_THAT(t.cases.taken(), ElementsAre(kA, kB));
  EXPECT_EQ(t.cases.given.front().connector, "albo");
  EXPECT_EQ(t.ledger(), (Counts{.received = 2, .delivered = 2}));
}

TEST_F(RowsThatAsk, may_state_something_besides) {
  read({"A,confirmed"});
  EXPECT_THAT(t.cases.taken(), ElementsAre(kA));
  EXPECT_THAT(t.published(), ElementsAre("service A changed 1"));
  EXPECT_EQ(t.ledger(), (Counts{.received = 1, .delivered = 1, .entities = 1}));
}

TEST_F(RowsThatAsk, ask_nothing_of_a_case_where_what_they_state_cannot_be) {
  read({"A,unstatable"});
  EXPECT_THAT(t.cases.given, IsEmpty());
  EXPECT_EQ(t.ledger(), (Counts{.received = 1, .parked = 1}));
}

TEST_F(RowsThatAsk, are_the_same_steps_when_the_same_file_comes_again) {
  read({"A,confirm", "B,confirm"});
  read({"new,Airone", "A,confirm", "B,confirm"});
  EXPECT_THAT(t.cases.taken(), SizeIs(2)) << "rows that moved are the rows they were";
  EXPECT_EQ(t.ledger(), (Counts{.received = 5, .delivered = 3, .unchanged = 2, .entities = 1}));
}

TEST_F(RowsThatAsk, are_other_steps_in_a_file_of_another_name) {
  read({"A,confirm"}, "monday.csv");
  read({"A,confirm"}, "tuesday.csv");
  EXPECT_THAT(t.cases.taken(), ElementsAre(kA, kA));
}

TEST_F(RowsThatAsk, are_parked_with_the_words_of_the_case_that_refuses_them) {
  t.cases.refused = "booking.refuse.v1";
  read({"A,refuse", "B,confirm"});
  EXPECT_THAT(t.cases.taken(), ElementsAre(kB)) << "the others go on";
  ASSERT_THAT(t.parked(), SizeIs(1));
  const auto record = t.parked().front();
  EXPECT_EQ(record.stage, "case");
  EXPECT_EQ(record.reason, "late");
  EXPECT_EQ(record.text.en, "it is over");
  EXPECT_EQ(record.line, 2u);
  EXPECT_EQ(t.ledger(), (Counts{.received = 2, .delivered = 1, .parked = 1}));
}

TEST_F(RowsThatAsk, ask_anew_when_a_person_puts_them_through_again) {
  t.cases.refused = "booking.refuse.v1";
  read({"A,refuse"});
  const auto id = t.parked().front().id;
  EXPECT_EQ(t.replay(id)->end, End::kParked);
  EXPECT_THAT(t.cases.taken(), IsEmpty());
  t.cases.refused.clear();
  EXPECT_EQ(t.replay(id)->end, End::kDelivered);
  EXPECT_THAT(t.cases.taken(), ElementsAre(R"(booking.refuse.v1 {"case":"A"})"));
  EXPECT_THAT(t.parked(), IsEmpty());
  EXPECT_EQ(t.ledger(), (Counts{.received = 1, .delivered = 1}));
}

TEST_F(RowsThatAsk, put_through_again_once_more_after_a_crash_are_one_step) {
  t.cases.refused = "booking.refuse.v1";
  read({"A,refuse"});
  t.cases.refused.clear();
  t.store.faults.fail("move", 1, {ErrorCode::kBug, as_is("killed")});
  const auto id = t.parked().front().id;
  EXPECT_FALSE(t.replay(id).ok());
  t.restart();
  EXPECT_EQ(t.replay(id)->end, End::kUnchanged);
  EXPECT_THAT(t.cases.taken(), SizeIs(1));
}

TEST_F(RowsThatAsk, wait_while_the_cases_are_away) {
  t.cases.away = 2;
  read({"A,confirm"});
  EXPECT_TRUE(passed.ok());
  EXPECT_THAT(t.cases.taken(), ElementsAre(kA));
}

TEST_F(RowsThatAsk, are_read_again_when_the_cases_stay_away) {
  t.cases.away = 3;
  read({"A,confirm"});
  EXPECT_FALSE(passed.ok());
  EXPECT_EQ(t.ledger().received, 0) << "what has no end was not received";
  t.restart();
  EXPECT_TRUE(t.pass().ok());
  EXPECT_THAT(t.cases.taken(), ElementsAre(kA));
  EXPECT_EQ(t.ledger(), (Counts{.received = 1, .delivered = 1}));
}

// The process dies between the cases' commit and the source's, at each commit of a file.
TEST(RowsThatAskAtAnyTime, are_one_step_each_wherever_the_process_dies) {
  const std::vector<std::string> rows{"A,confirm", "B,confirm", "C,Cicogna", "D,refuse", "E,confirm"};
  for (int dies_at = 1; dies_at < 6; ++dies_at) {
    Territory t;
    SourceSettings settings;
    settings.limits.batch_records = 2;
    t.set_source(settings);
    t.cases.refused = "booking.refuse.v1";
    t.yields(rows);
    t.store.faults.fail("commit", dies_at, {ErrorCode::kBug, as_is("killed")});
    (void)t.pass();
    t.restart();
    EXPECT_TRUE(t.pass().ok());
    EXPECT_THAT(t.cases.taken(), SizeIs(3)) << dies_at;
    EXPECT_THAT(t.parked(), SizeIs(1)) << dies_at;
    const auto counts = t.ledger();
    EXPECT_TRUE(adds_up(counts, 0));
    EXPECT_EQ(counts.received, 5) << dies_at;
    EXPECT_EQ(counts.delivered + counts.unchanged, 4) << dies_at;
  }
}

TEST_F(RowsThatAsk, of_a_hub_without_cases_are_parked) {
  t.keeps_cases = false;
  t.restart();
  read({"A,confirm"});
  ASSERT_THAT(t.parked(), SizeIs(1));
  EXPECT_EQ(t.parked().front().reason, "unexpected_effect");
}

class OurFence final : public Fences {
 public:
  [[nodiscard]] Result<Fence> of(const std::string& name) const override {
    if (lost) return error(ErrorCode::kConflict, say("è di un altro", "it is another's"));
    return Fence(Lease{name, "north", 7, 0});
  }
  bool lost = false;
};

TEST(StepsOfRows, show_the_lease_of_their_connector_and_are_not_given_without_it) {
  Territory t;
  OurFence fences;
  RecordingCommands commands;
  const FlowParts parts{t.backbone, t.store, t.clock, t.log, t.metrics, &commands, nullptr, &fences};
  FlowFacts facts;
  facts.connector = facts.identity = facts.partner = "albo";
  const SourceSteps steps(facts, parts);
  const std::string_view fields[] = {"booking.confirm.v1", "{}", ""};
  const Effect confirm{EffectKind::kCommand, 0, fields};
  const AskingInput row{"answers.csv", "A,confirm", {&confirm, 1}};
  ASSERT_TRUE(steps.give({&row, 1}, {}).ok());
  ASSERT_THAT(commands.given, SizeIs(1));
  EXPECT_EQ(commands.given.front().fence->name, "connector:albo");
  EXPECT_EQ(commands.given.front().fence->epoch, 7);
  fences.lost = true;
  EXPECT_FALSE(steps.give({&row, 1}, {}).ok());
  EXPECT_THAT(commands.given, SizeIs(1));
}

}  // namespace
}  // namespace raccordo::testing
