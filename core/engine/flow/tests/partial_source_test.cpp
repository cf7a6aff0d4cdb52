// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include "core/engine/flow/testing/territory.hpp"

namespace raccordo::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(PartialSource, goes_on_with_the_other_files_after_a_restart_within_one) {
  Territory t;
  SourceSettings settings;
  settings.limits.batch_records = 1;
  t.set_source(settings);
  t.yields({"A,Airone", "B,Brezza"}, "one.csv");
  t.yields({"C,Cicogna"}, "two.csv");
  t.store.faults.fail("commit", 3, {ErrorCode::kBug, as_is("killed")});
  ASSERT_FALSE(t.pass().ok());
  t.restart();
  ASSERT_TRUE(t.pass().ok());
  EXPECT_EQ(t.ledger(), (Counts{.received = 3, .delivered = 3, .entities = 3}));
}

TEST(PartialSource, reads_the_other_files_where_one_cannot_be_opened) {
  Territory t;
  t.yields({"A,Airone"}, "a.csv");
  t.yields({"B,Brezza"}, "b.csv");
  t.yields({"C,Cicogna"}, "c.csv");
  t.folder.refuse("b.csv");
  const auto pass = t.pass();
  EXPECT_EQ(pass->counts.received, 2);
  EXPECT_EQ(pass->findings, 1);
  EXPECT_EQ(t.pass()->counts.received, 0);
  EXPECT_THAT(t.findings(), ElementsAre("albo: b.csv: not permitted")) << "once, not at each look";
  EXPECT_EQ(t.source().not_opened()->code, ErrorCode::kDenied);
  t.folder.allow("b.csv");
  EXPECT_EQ(t.pass()->counts.received, 1);
  EXPECT_FALSE(t.source().not_opened());
  EXPECT_EQ(t.published().size(), 3u);
}

TEST(PartialSource, goes_on_to_the_other_files_where_the_one_under_way_can_no_longer_be_opened) {
  Territory t;
  SourceSettings settings;
  settings.limits.batch_records = 1;
  t.set_source(settings);
  t.yields({"A,Airone", "B,Brezza"}, "a.csv");
  t.yields({"C,Cicogna"}, "c.csv");
  t.store.faults.fail("commit", 3, {ErrorCode::kBug, as_is("killed")});
  ASSERT_FALSE(t.pass().ok());
  t.restart();
  t.folder.refuse("a.csv");
  ASSERT_TRUE(t.pass().ok());
  EXPECT_EQ(t.published().back().substr(0, 9), "service C");
}

TEST(PartialSource, reads_each_file_once_and_a_changed_one_again) {
  Territory t;
  t.yields({"A,Airone"}, "one.csv");
  t.yields({"B,Brezza"}, "two.csv");
  EXPECT_EQ(t.pass()->counts.received, 2);
  EXPECT_EQ(t.pass()->counts.received, 0);
  t.yields({"B,Brezza", "C,Cicogna"}, "two.csv");
  EXPECT_EQ(t.pass()->counts, (Counts{.received = 2, .delivered = 1, .unchanged = 1, .entities = 1}));
}

TEST(PartialSource, deletes_only_what_a_record_says_is_gone) {
  Territory t;
  t.yields({"A,Airone", "B,Brezza"}, "one.csv");
  ASSERT_TRUE(t.pass().ok());
  t.yields({"A,gone"}, "two.csv");
  EXPECT_EQ(t.pass()->counts, (Counts{.received = 1, .delivered = 1, .deleted = 1}));
  EXPECT_THAT(t.published(),
              ElementsAre("service A changed 1", "service B changed 1", "service A deleted 2", "tombstone"));
}

TEST(PartialSource, supersedes_what_was_parked_of_a_file_once_it_comes_corrected) {
  Territory t;
  t.yields({"X,garbage"}, "other.csv");
  t.yields({"A,Airone", "B,garbage", "C,Cicogna"});
  ASSERT_TRUE(t.pass().ok());
  t.restart();
  t.yields({"A,Airone", "B,Brezza Marina", "C,Cicogna"});
  EXPECT_EQ(t.pass()->counts, (Counts{.received = 3, .delivered = 1, .unchanged = 2, .entities = 1}))
      << "a run's account holds its own records only";
  ASSERT_THAT(t.parked(), SizeIs(1));
  EXPECT_THAT(t.parked().front().place, HasSubstr("other.csv"));
  EXPECT_EQ(t.ledger().filtered, 1);
  EXPECT_TRUE(adds_up(t.ledger(), 0));
}

TEST(PartialSource, keeps_parked_what_is_still_wrong_in_a_file_that_comes_again) {
  Territory t;
  t.yields({"A,Airone", "B,garbage", "C,garbage", "D,Dado"});
  ASSERT_TRUE(t.pass().ok());
  t.yields({"A,Airone", "B,Brezza!", "C,garbage", "D,Dado"});
  ASSERT_TRUE(t.pass().ok());
  EXPECT_THAT(t.parked(), SizeIs(1));
  t.yields({"A,Airone", "B,Brezza!", "C,Cicogna", "D,Dado"});
  ASSERT_TRUE(t.pass().ok());
  EXPECT_THAT(t.parked(), IsEmpty());
  EXPECT_TRUE(adds_up(t.ledger(), 0));
}

TEST(PartialSource, keeps_what_was_parked_of_a_file_that_was_written_over_or_cut) {
  for (const auto& rows : {std::vector<std::string>{"E,Elce", "F,Faggio", "G,Gelso"}, {"A,Airone"}, {}}) {
    Territory t;
    t.yields({"A,Airone", "B,garbage", "C,Cicogna"});
    ASSERT_TRUE(t.pass().ok());
    t.yields(rows);
    ASSERT_TRUE(t.pass().ok());
    EXPECT_THAT(t.parked(), SizeIs(1)) << rows.size();
  }
}

TEST(PartialSource, supersedes_though_the_scan_that_parked_was_cut_short_by_a_crash) {
  Territory t;
  SourceSettings settings;
  settings.limits.batch_records = 1;
  t.set_source(settings);
  t.yields({"A,Airone", "B,garbage", "C,Cicogna"});
  t.store.faults.fail("commit", 4, {ErrorCode::kBug, as_is("killed")});
  ASSERT_FALSE(t.pass().ok());
  ASSERT_THAT(t.parked(), SizeIs(1));
  t.restart();
  t.yields({"A,Airone", "B,Brezza", "C,Cicogna"});
  ASSERT_TRUE(t.pass().ok());
  EXPECT_THAT(t.parked(), IsEmpty());
  EXPECT_TRUE(adds_up(t.ledger(), 0));
}

// A person changes the configuration while one of several files is being read.
TEST(PartialSource, that_became_complete_within_a_file_does_not_take_that_file_for_all_there_is) {
  Territory t;
  SourceSettings settings;
  settings.max_deletions = 1.0;
  settings.limits.batch_records = 1;
  t.set_source(settings);
  t.yields({"AIRONE,Airone"}, "a.csv");
  ASSERT_TRUE(t.pass().ok());
  t.yields({"BREZZA,Brezza", "CICOGNA,Cicogna", "DELFINO,Delfino"}, "b.csv");
  t.store.faults.fail("commit", 3, {ErrorCode::kBug, as_is("killed")});
  EXPECT_FALSE(t.pass().ok());
  settings.complete = true;
  t.set_source(settings);
  ASSERT_TRUE(t.pass().ok());
  ASSERT_TRUE(t.pass().ok());
  EXPECT_THAT(t.published(), ::testing::Not(::testing::Contains(::testing::HasSubstr("deleted"))));
  EXPECT_EQ(t.published().size(), 4u);
}

TEST(CompleteSource, that_was_interrupted_begins_again_where_another_file_came_meanwhile) {
  Territory t;
  SourceSettings settings;
  settings.complete = true;
  settings.max_deletions = 1.0;
  settings.limits.batch_records = 1;
  t.set_source(settings);
  t.yields({"AIRONE,Airone", "BREZZA,Brezza"}, "a.csv");
  ASSERT_TRUE(t.pass().ok());
  t.yields({"AIRONE,Airone Bianco"}, "a.csv");
  t.store.faults.fail("commit", 2, {ErrorCode::kBug, as_is("killed")});
  EXPECT_FALSE(t.pass().ok());
  t.yields({"BREZZA,Brezza"}, "b.csv");  // moved there
  t.restart();
  ASSERT_TRUE(t.pass().ok());
  ASSERT_TRUE(t.pass().ok());
  EXPECT_THAT(t.published(), ::testing::Not(::testing::Contains(::testing::HasSubstr("deleted"))));
}

}  // namespace
}  // namespace raccordo::testing
