// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include "core/engine/flow/testing/territory.hpp"

namespace raccordo::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string kAirone = "AIRONE,Airone";
const std::string kBrezza = "BREZZA,Brezza";
const std::string kCicogna = "CICOGNA,Cicogna";

class CompleteSnapshot : public ::testing::Test {
 protected:
  CompleteSnapshot() {
    SourceSettings complete;
    complete.complete = true;
    complete.max_deletions = 1.0;
    t.set_source(complete);
  }

  void expect_adds_up() { EXPECT_TRUE(adds_up(t.ledger(), t.source().in_flight())); }

  Territory t;
};

TEST_F(CompleteSnapshot, publishes_each_row_once) {
  t.yields({kAirone, kBrezza});
  const auto pass = t.pass();
  ASSERT_TRUE(pass.ok());
  EXPECT_EQ(pass->counts, (Counts{.received = 2, .delivered = 2, .entities = 2}));
  EXPECT_THAT(t.published(), ElementsAre("service AIRONE changed 1", "service BREZZA changed 1"));
}

TEST_F(CompleteSnapshot, publishes_nothing_when_nothing_changed) {
  t.yields({kAirone, kBrezza});
  ASSERT_TRUE(t.pass().ok());
  const auto again = t.pass();
  EXPECT_EQ(again->counts, (Counts{.received = 2, .unchanged = 2}));
  EXPECT_EQ(t.published().size(), 2u);
}

TEST_F(CompleteSnapshot, publishes_exactly_the_row_that_was_corrected) {
  t.yields({kAirone, kBrezza});
  ASSERT_TRUE(t.pass().ok());
  t.yields({kAirone, "BREZZA,Brezza Marina"});
  const auto second = t.pass();
  EXPECT_EQ(second->counts, (Counts{.received = 2, .delivered = 1, .unchanged = 1, .entities = 1}));
  EXPECT_EQ(t.published().back(), "service BREZZA changed 2");
}

TEST_F(CompleteSnapshot, deletes_what_is_no_longer_there_and_nothing_else) {
  t.yields({kAirone, kBrezza, kCicogna});
  ASSERT_TRUE(t.pass().ok());
  t.yields({kAirone, kCicogna});
  const auto second = t.pass();
  EXPECT_EQ(second->counts, (Counts{.received = 2, .unchanged = 2, .deleted = 1}));
  EXPECT_THAT(t.published(),
              ElementsAre("service AIRONE changed 1", "service BREZZA changed 1", "service CICOGNA changed 1",
                          "service BREZZA deleted 2", "tombstone"));
  expect_adds_up();
}

TEST_F(CompleteSnapshot, makes_another_event_of_what_was_deleted_and_came_back) {
  t.yields({kAirone, kBrezza});
  ASSERT_TRUE(t.pass().ok());
  t.yields({kAirone});
  ASSERT_TRUE(t.pass().ok());
  t.yields({kAirone, kBrezza});
  EXPECT_EQ(t.pass()->counts.entities, 1);
  EXPECT_EQ(t.published().back(), "service BREZZA changed 3");
}

TEST_F(CompleteSnapshot, deletes_nothing_when_one_record_was_parked) {
  t.yields({kAirone, kBrezza, kCicogna});
  ASSERT_TRUE(t.pass().ok());
  t.yields({kAirone, "X,garbage"});
  ASSERT_TRUE(t.pass().ok());
  EXPECT_THAT(t.published(), Not(Contains("service BREZZA deleted 2")));
  EXPECT_EQ(t.findings().front(),
            "albo: 2 deletions held: 1 record of this snapshot is parked (raccordo parked list albo)");
  expect_adds_up();
}

TEST_F(CompleteSnapshot, deletes_when_the_only_parked_record_was_discarded_by_a_person) {
  t.yields({kAirone, "X,garbage", kBrezza});
  ASSERT_TRUE(t.pass().ok());
  ParkedMove discard{.id = t.parked().front().id, .to = ParkedState::kDiscarded};
  count_move(End::kFiltered, discard.counts);
  ASSERT_TRUE(t.store_in_memory.move("albo", discard).ok());
  t.yields({kAirone, "X,garbage"});
  ASSERT_TRUE(t.pass().ok());
  EXPECT_THAT(t.published(), Contains("service BREZZA deleted 2"));
  expect_adds_up();
}

TEST_F(CompleteSnapshot, deletes_nothing_beyond_max_deletions) {
  SourceSettings careful;
  careful.complete = true;
  careful.max_deletions = 0.4;
  t.set_source(careful);
  t.yields({kAirone, kBrezza, kCicogna});
  ASSERT_TRUE(t.pass().ok());
  t.yields({kAirone});
  EXPECT_EQ(t.pass()->counts.deleted, 0);
  EXPECT_EQ(t.findings().front(),
            "albo: 2 deletions held: more than 1 of 3 (max_deletions); if that is meant, raise max_deletions "
            "for one "
            "reading");
}

TEST_F(CompleteSnapshot, deletes_nothing_when_the_file_is_empty_missing_or_changes_under_our_eyes) {
  t.yields({kAirone, kBrezza});
  ASSERT_TRUE(t.pass().ok());
  t.folder.put("albo.csv", "");
  EXPECT_EQ(t.pass()->counts.deleted, 0);
  t.yields({});
  EXPECT_EQ(t.pass()->counts.deleted, 0);
  EXPECT_THAT(t.findings().front(), ::testing::HasSubstr("no record arrived"));
  t.folder.remove("albo.csv");
  EXPECT_EQ(t.pass()->counts.deleted, 0);
  EXPECT_EQ(t.findings().front(), "albo: no file matches: nothing was deleted");
  t.yields({kAirone});
  t.folder.touch_while_read("albo.csv");
  EXPECT_EQ(t.pass()->counts.deleted, 0);
  EXPECT_THAT(t.findings().front(), ::testing::HasSubstr("a file changed while it was read"));
}

TEST_F(CompleteSnapshot, deletes_nothing_when_a_file_changes_while_a_later_one_is_read) {
  t.yields({kAirone, kBrezza}, "a.csv");
  t.yields({kCicogna}, "b.csv");
  ASSERT_TRUE(t.pass().ok());
  t.yields({kAirone}, "a.csv");
  t.yields({"CICOGNA,later"}, "b.csv");
  t.translator.when_it_asks_again = [&] { t.yields({kAirone, kBrezza}, "a.csv"); };
  EXPECT_EQ(t.pass()->counts.deleted, 0);
  EXPECT_THAT(t.findings(), Contains("albo: the file changed while it was read: it will be read again"));
  EXPECT_EQ(t.pass(false)->counts.deleted, 0);
  EXPECT_THAT(t.published(), Not(Contains("tombstone")));
}

TEST_F(CompleteSnapshot, parks_the_same_id_with_other_content) {
  t.yields({kAirone, "AIRONE,Another", kAirone});
  EXPECT_EQ(t.pass()->counts,
            (Counts{.received = 3, .delivered = 1, .unchanged = 1, .parked = 1, .entities = 1}));
  EXPECT_EQ(t.parked().front().reason, "repeated_id");
}

TEST_F(CompleteSnapshot, supersedes_what_was_parked_when_the_source_comes_clean) {
  t.yields({kAirone, "X,garbage"});
  ASSERT_TRUE(t.pass().ok());
  ASSERT_EQ(t.parked().size(), 1u);
  t.yields({kAirone, "X,Xilofono"});
  ASSERT_TRUE(t.pass().ok());
  EXPECT_THAT(t.parked(), IsEmpty());
  EXPECT_EQ(t.ledger().parked, 0);
  expect_adds_up();
}

TEST_F(CompleteSnapshot, emptied_or_cut_keeps_what_was_parked) {
  SourceSettings careful;
  careful.complete = true;
  careful.max_deletions = 0.4;
  t.set_source(careful);
  t.yields({kAirone, kBrezza, kCicogna, "X,garbage"});
  ASSERT_TRUE(t.pass().ok());
  for (const auto& untrustworthy : {std::vector<std::string>{}, {kAirone}}) {
    t.yields(untrustworthy);
    const auto pass = t.pass();
    ASSERT_TRUE(pass.ok());
    EXPECT_GE(pass->findings, 1) << "whoever runs it once is told that there is something to read";
    EXPECT_THAT(t.findings().front(), ::testing::HasSubstr("deletions held"));
    EXPECT_EQ(t.parked().size(), 1u);
    EXPECT_EQ(t.ledger().parked, 1);
  }
  expect_adds_up();
}

TEST_F(CompleteSnapshot, emptied_keeps_what_was_parked_although_nothing_else_was_ever_said) {
  t.yields({"X,garbage"});
  ASSERT_TRUE(t.pass().ok());
  t.yields({});
  ASSERT_TRUE(t.pass().ok());
  EXPECT_EQ(t.parked().size(), 1u);
}

TEST_F(CompleteSnapshot, that_stays_away_is_said_once_until_it_came_back) {
  t.yields({"A,Airone"});
  ASSERT_TRUE(t.pass().ok());
  const auto looks_for_nothing = [&] {
    t.folder.remove("albo.csv");
    for (int look = 0; look < 3; ++look) ASSERT_TRUE(t.pass(false).ok());
  };
  looks_for_nothing();
  EXPECT_THAT(t.findings(), ElementsAre("albo: no file matches: nothing was deleted"));
  t.yields({"A,Airone"});
  ASSERT_TRUE(t.pass(false).ok());
  looks_for_nothing();
  EXPECT_EQ(t.findings().size(), 2u);
}

TEST_F(CompleteSnapshot, is_read_again_in_the_daemon_only_when_a_file_changed) {
  t.yields({kAirone});
  ASSERT_TRUE(t.pass(false)->read_something);
  EXPECT_FALSE(t.pass(false)->read_something);
  t.yields({kAirone, kBrezza});
  EXPECT_TRUE(t.pass(false)->read_something);
}

}  // namespace
}  // namespace raccordo::testing
