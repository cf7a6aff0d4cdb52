// SPDX-License-Identifier: EUPL-1.2
// A source that has had nothing to read for long keeps nothing in memory of what it said, and knows it again.
#include <gmock/gmock.h>

#include "core/engine/flow/testing/territory.hpp"

namespace raccordo::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Resting : public ::testing::Test {
 protected:
  void read(const std::vector<std::string>& rows) {
    t.yields(rows);
    ASSERT_TRUE(t.pass(false).ok());
  }

  [[nodiscard]] int readings_of_the_log() { return t.backbone.faults.calls("read"); }

  // Everybody else in the hub.
  void others_say_something() {
    const std::string value = R"({"id":"x"})";
    const Message message{"welfare.services", Uuid{}, value};
    ASSERT_TRUE(t.backbone_in_memory.append(std::span(&message, 1)).ok());
  }

  Territory t;
};

TEST_F(Resting, source_says_nothing_twice) {
  read({"A,Airone", "B,Brezza"});
  t.source().rest();
  read({"A,Airone", "B,Bora"});
  EXPECT_THAT(t.published(),
              ElementsAre("service A changed 1", "service B changed 1", "service B changed 2"));
}

TEST_F(Resting, source_deletes_what_its_snapshot_holds_no_more) {
  SourceSettings settings;
  settings.complete = true;
  settings.max_deletions = 1;
  t.set_source(settings);
  read({"A,Airone", "B,Brezza"});
  t.source().rest();
  read({"A,Airone"});
  EXPECT_EQ(t.ledger().deleted, 1);
}

TEST_F(Resting, source_reads_nothing_of_what_others_said_meanwhile) {
  read({"A,Airone"});
  t.source().rest();
  others_say_something();
  const int before = readings_of_the_log();
  read({"A,Allodola"});
  EXPECT_EQ(readings_of_the_log(), before);
  EXPECT_THAT(t.published().back(), "service A changed 2");
}

TEST_F(Resting, source_finds_out_that_the_log_was_made_anew_meanwhile) {
  read({"A,Airone"});
  t.source().rest();
  t.backbone_in_memory.make_anew();
  t.yields({"B,Brezza"}, "next.csv");
  ASSERT_TRUE(t.pass(false).ok());
  ASSERT_TRUE(t.pass(false).ok());
  EXPECT_THAT(t.published(), Contains(HasSubstr("service A changed")));
}

TEST_F(Resting, source_that_starts_reads_the_log_only_once_there_is_something_to_compare) {
  read({"A,Airone"});
  others_say_something();
  t.restart();
  ASSERT_TRUE(t.pass(false).ok());
  const int before = readings_of_the_log();
  ASSERT_TRUE(t.pass(false).ok());
  EXPECT_EQ(readings_of_the_log(), before);
  EXPECT_EQ(before, 0) << "nothing was read at the start";
  read({"A,Allodola"});
  EXPECT_GT(readings_of_the_log(), before);
  EXPECT_EQ(t.ledger(), (Counts{.received = 2, .delivered = 2, .entities = 2}));
}

TEST_F(Resting, source_in_the_middle_of_a_scan_forgets_nothing_of_it) {
  SourceSettings settings;
  settings.limits.batch_records = 1;
  t.set_source(settings);
  t.store.faults.fail("commit", 3, {ErrorCode::kBug, as_is("killed")});
  t.yields({"A,Airone", "B,Brezza"});
  ASSERT_FALSE(t.pass(false).ok());
  t.source().rest();
  ASSERT_TRUE(t.source().recover({}).ok());
  ASSERT_TRUE(t.pass(false).ok());
  EXPECT_EQ(t.published().size(), 2u);
  EXPECT_EQ(t.ledger(), (Counts{.received = 2, .delivered = 2, .entities = 2}));
}

TEST_F(Resting, source_replays_what_it_parked) {
  read({"A,garbage"});
  t.translator.accept_garbage();
  t.source().rest();
  EXPECT_EQ(t.replay(t.parked().front().id)->end, End::kDelivered);
}

}  // namespace
}  // namespace raccordo::testing
