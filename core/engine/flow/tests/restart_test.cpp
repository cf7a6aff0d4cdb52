// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include "core/engine/flow/tests/deliveries.hpp"

namespace raccordo::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

TEST(Restart, is_not_needed_to_join_the_deltas_of_an_index_that_changed_often) {
  Territory t;
  for (int day = 0; day < 6; ++day) {
    std::vector<std::string> rows;
    for (int i = 0; i < 4'000; ++i) rows.push_back(fmt::format("{},name {}", i, day));
    t.yields(rows);
    ASSERT_TRUE(t.pass().ok());
  }
  std::size_t bytes = 0;
  ASSERT_TRUE(
      t.store_in_memory
          .deltas("albo", "service", [&](std::string_view delta) { return (bytes += delta.size()) > 0; })
          .ok());
  EXPECT_LT(bytes, 20'000 * SaidIndex::kEncodedSize);
}

TEST(Restart, after_a_crash_behind_the_append_publishes_nothing_twice_and_counts_everything) {
  Territory t;
  SourceSettings settings;
  settings.limits.batch_records = 2;
  t.set_source(settings);
  t.yields({"A,Airone", "B,Brezza", "C,Cicogna", "D,Dado", "E,Elce"});
  // The second batch reached the backbone; the process dies before the store hears of it.
  t.store.faults.fail("commit", 3, {ErrorCode::kBug, as_is("killed")});
  ASSERT_FALSE(t.pass().ok());
  EXPECT_EQ(t.published().size(), 4u);
  t.restart();
  ASSERT_TRUE(t.pass().ok());
  EXPECT_EQ(t.published().size(), 5u);
  EXPECT_EQ(t.ledger(), (Counts{.received = 5, .delivered = 5, .entities = 5}));
}

TEST(Restart, still_knows_after_the_next_one_what_only_the_log_knew) {
  Territory t;
  SourceSettings settings;
  settings.complete = true;
  settings.max_deletions = 1;
  t.set_source(settings);
  t.yields({"A,Airone", "B,Brezza"});
  // Both reached the backbone; the process dies before the store hears of them.
  t.store.faults.fail("commit", 2, {ErrorCode::kBug, as_is("killed")});
  ASSERT_FALSE(t.pass().ok());
  t.restart();
  t.yields({"A,Airone"});
  // The next scan has begun when it dies again.
  t.store.faults.fail("commit", 2, {ErrorCode::kBug, as_is("killed")});
  ASSERT_FALSE(t.pass().ok());
  t.restart();
  ASSERT_TRUE(t.pass().ok());
  EXPECT_THAT(t.published(),
              ElementsAre("service A changed 1", "service B changed 1", "service B deleted 2", "tombstone"));
}

TEST(Restart, in_the_middle_of_a_complete_snapshot_deletes_nothing_that_it_had_seen) {
  Territory t;
  SourceSettings settings;
  settings.complete = true;
  settings.limits.batch_records = 1;
  settings.max_deletions = 1;
  t.set_source(settings);
  t.yields({"A,Airone", "B,Brezza", "C,Cicogna"});
  ASSERT_TRUE(t.pass().ok());
  t.yields({"A,Airone", "B,Brezza"});
  t.store.faults.fail("commit", 3, {ErrorCode::kBug, as_is("killed")});
  ASSERT_FALSE(t.pass().ok());
  t.restart();
  ASSERT_TRUE(t.pass().ok());
  EXPECT_EQ(t.published().back(), "tombstone");
  EXPECT_THAT(t.published(), ::testing::Contains("service C deleted 2"));
  EXPECT_EQ(t.published().size(), 5u);
  EXPECT_TRUE(adds_up(t.ledger(), 0));
  EXPECT_EQ(t.ledger().received, 5);
}

// A stricter mapping, a plugin that times out: what the translation says may differ before and after.
TEST(Restart, in_the_middle_of_a_complete_snapshot_deletes_nothing_that_fails_the_second_time) {
  Territory t;
  SourceSettings settings;
  settings.complete = true;
  settings.limits.batch_records = 1;
  settings.max_deletions = 1;
  t.set_source(settings);
  t.translator.accept_garbage();
  t.yields({"A,garbage", "B,Brezza"});
  t.store.faults.fail("commit", 3, {ErrorCode::kBug, as_is("killed")});
  ASSERT_FALSE(t.pass().ok());
  t.translator.accept_garbage(false);
  t.restart();
  ASSERT_TRUE(t.pass().ok());
  EXPECT_THAT(t.published(), ElementsAre("service A changed 1", "service B changed 1"));
  EXPECT_THAT(
      t.findings(),
      ElementsAre("albo: 1 deletion held: the reading was interrupted, and of the records that it had "
                  "read before 1 could not be translated again; the next reading tries again"));
  EXPECT_TRUE(adds_up(t.ledger(), 0));
  ASSERT_TRUE(t.pass(false).ok());
  EXPECT_THAT(t.parked(), SizeIs(1)) << "read again though the file is the same";
  EXPECT_EQ(t.published().size(), 2u);
}

TEST(Restart, rebuilds_the_index_from_the_backbone_when_its_deltas_are_damaged) {
  Territory t;
  t.yields({"A,Airone", "B,Brezza"});
  ASSERT_TRUE(t.pass().ok());
  const std::vector<std::string> damaged{"nonsense"};
  ASSERT_TRUE(t.store_in_memory.replace_deltas("albo", "service", damaged).ok());
  t.restart();
  t.yields({"A,Airone", "B,Brezza", "C,Cicogna"});
  EXPECT_EQ(t.pass()->counts, (Counts{.received = 3, .delivered = 1, .unchanged = 2, .entities = 1}));
}

TEST(Restart, joins_the_deltas_of_an_index_that_changed_often) {
  Territory t;
  for (int day = 0; day < 5; ++day) {
    std::vector<std::string> rows;
    for (int i = 0; i < 4'000; ++i) rows.push_back(fmt::format("{},name {}", i, day));
    t.yields(rows);
    ASSERT_TRUE(t.pass().ok());
  }
  t.restart();
  std::size_t deltas = 0;
  ASSERT_TRUE(
      t.store_in_memory.deltas("albo", "service", [&](std::string_view) { return ++deltas > 0; }).ok());
  EXPECT_EQ(deltas, 1u);
  EXPECT_EQ(t.pass()->counts.received, 0);
}

TEST(Restart, publishes_everything_again_when_the_log_was_made_anew) {
  Territory t;
  t.yields({"A,Airone", "B,Brezza"}, "monday.csv");
  ASSERT_TRUE(t.pass().ok());
  SourceState state = *t.store_in_memory.source("albo");
  state.backbone_at["welfare.services"] = "0:1000";  // further than this log ever came
  ASSERT_TRUE(t.store_in_memory.commit(SourceCommit{.connector = "albo", .state = state}).ok());
  t.restart();
  t.yields({"A,Airone", "C,Cicogna"}, "tuesday.csv");
  // What this log holds is known from it alone, and what it may lack is read again.
  EXPECT_EQ(t.pass()->counts, (Counts{.received = 4, .delivered = 1, .unchanged = 3, .entities = 1}));
}

TEST(Restart, tells_a_log_made_anew_from_the_one_that_it_knew_however_far_it_has_grown) {
  Territory t;
  t.yields({"A,Airone", "B,Brezza"});
  ASSERT_TRUE(t.pass().ok());
  ASSERT_TRUE(t.deliver().ok());
  t.backbone_in_memory.make_anew();
  const std::vector<Message> others(
      5, Message{"welfare.services", uuid_v5(kNamespaceUrl, "other"), std::nullopt});
  ASSERT_TRUE(t.backbone_in_memory.append(others).ok());
  t.restart();
  EXPECT_THAT(t.findings(), ElementsAre("albo: the message log was made anew or restored: everything is read "
                                        "again from its start"));
  t.yields({"C,Cicogna"}, "more.csv");
  // A partial source, too, says again what only the other log held.
  EXPECT_EQ(t.pass()->counts, (Counts{.received = 3, .delivered = 3, .entities = 3}));
  EXPECT_EQ(t.deliver()->counts, (Counts{.received = 3, .delivered = 1, .unchanged = 2}));
  EXPECT_THAT(t.delivered(), ElementsAre("service A", "service B", "service C"));
  t.restart();
  EXPECT_THAT(t.findings(), SizeIs(1)) << "told once";
  EXPECT_EQ(t.pass()->counts, Counts{});
  EXPECT_EQ(t.deliver()->counts, Counts{});
}

TEST(Restart, tells_of_what_a_log_made_anew_no_longer_holds) {
  Territory t;
  SourceSettings complete;
  complete.complete = true;
  t.set_source(complete);
  t.yields({"A,Airone", "B,Brezza"});
  ASSERT_TRUE(t.pass().ok());
  ASSERT_TRUE(t.deliver().ok());
  t.backbone_in_memory.make_anew();
  t.restart();
  t.yields({"B,Brezza"});
  ASSERT_TRUE(t.pass().ok());
  ASSERT_TRUE(t.deliver().ok());
  EXPECT_THAT(t.delivered(), ElementsAre("service A", "service B", "gone service "));
}

TEST(Restart, believes_the_log_rather_than_an_older_copy_of_the_store) {
  Territory t;
  t.yields({"A,Airone"});
  ASSERT_TRUE(t.pass().ok());
  // Deleted after the copy was made, and so long ago that the log has forgotten even that.
  t.backbone_in_memory.make_anew();
  SourceState state = *t.store_in_memory.source("albo");
  state.backbone_at.clear();
  ASSERT_TRUE(t.store_in_memory.commit(SourceCommit{.connector = "albo", .state = state}).ok());
  t.store_in_memory.change_epoch("restored");
  t.restart();
  t.yields({"A,Airone"}, "again.csv");
  EXPECT_EQ(t.pass()->counts, (Counts{.received = 1, .delivered = 1, .entities = 1}));
  EXPECT_THAT(t.findings(),
              ElementsAre("albo: an older copy of the hub's state was put back: it is compared with "
                          "the message log"));
}

// Partitions that were added to a topic split the words of a key between two of them.
TEST(Restart, rebuilds_the_index_from_the_newest_words_even_where_older_ones_are_read_later) {
  Territory t;
  t.yields({"A,Airone"});
  ASSERT_TRUE(t.pass().ok());
  t.yields({"A,Brezza"}, "next.csv");
  ASSERT_TRUE(t.pass().ok());
  const auto batch = t.backbone_in_memory.read("welfare.services", {}, 1, Duration::zero());
  ASSERT_TRUE(batch.ok());
  const auto& older = (*batch)->messages.at(0);
  const std::vector<Message> again{{"welfare.services", *older.key, older.value}};
  ASSERT_TRUE(t.backbone_in_memory.append(again).ok());
  const std::vector<std::string> damaged{"nonsense"};
  ASSERT_TRUE(t.store_in_memory.replace_deltas("albo", "service", damaged).ok());
  t.restart();
  t.yields({"A,Airone"}, "last.csv");
  EXPECT_EQ(t.pass()->counts, (Counts{.received = 1, .delivered = 1, .entities = 1}));
}

TEST(Restart, notices_a_log_that_was_made_anew_while_the_hub_ran_though_we_wrote_into_it_since) {
  Territory t;
  t.yields({"A,Airone"});
  ASSERT_TRUE(t.pass().ok());
  t.backbone_in_memory.make_anew();
  t.yields({"B,Brezza"}, "next.csv");
  ASSERT_TRUE(t.pass().ok());
  t.restart();
  ASSERT_TRUE(t.pass().ok());
  EXPECT_THAT(t.published(), ::testing::Contains("service A changed 3"));
}

class AnOlderCopyOfTheState : public Deliveries {
 protected:
  // The copy is of the day when both had been delivered. What was said and delivered later it does not know.
  void SetUp() override {
    state({"A,Airone", "B,Brezza"});
    ASSERT_TRUE(t.deliver().ok());
  }
  void put_back() {
    t.store_in_memory.change_epoch("restored");
    t.restart();
  }
};

TEST_F(AnOlderCopyOfTheState, makes_a_delivery_bring_again_what_was_said_since_though_it_is_what_it_was) {
  state({"A,Airone"});
  state({"A,Airone", "B,Brezza"});
  ASSERT_TRUE(t.backbone_in_memory.compact(Duration::zero()).ok());
  put_back();
  // The partner may have been told of the deletion last, which the log has forgotten.
  EXPECT_EQ(t.deliver()->counts, (Counts{.received = 2, .delivered = 1, .unchanged = 1}));
  EXPECT_THAT(t.delivered(), ElementsAre("service A", "service B", "service B"));
  t.restart();
  EXPECT_EQ(t.deliver()->counts, Counts{}) << "once";
}

TEST_F(AnOlderCopyOfTheState, makes_a_delivery_tell_what_was_deleted_since_though_the_log_has_forgotten_it) {
  state({"A,Airone"});
  state({"A,Aquila"});
  t.clock.advance(std::chrono::hours(2));
  ASSERT_TRUE(t.backbone_in_memory.compact(std::chrono::hours(1)).ok());
  put_back();
  ASSERT_TRUE(t.deliver().ok());
  EXPECT_THAT(t.delivered(), ElementsAre("service A", "service B", "service A", "gone service "));
  EXPECT_THAT(t.findings(), SizeIs(1));
}

TEST_F(AnOlderCopyOfTheState, is_read_against_all_of_the_log_again_when_that_broke_off) {
  state({"A,Airone"});
  state({"A,Airone", "B,Brezza"});
  ASSERT_TRUE(t.backbone_in_memory.compact(Duration::zero()).ok());
  put_back();
  t.store.faults.fail("commit", 1, {ErrorCode::kBug, as_is("killed")});
  ASSERT_FALSE(t.deliver().ok());
  t.restart();
  EXPECT_EQ(t.deliver()->counts.delivered, 1);
}

TEST(Outage, of_the_backbone_is_waited_for_and_loses_nothing) {
  Territory t;
  t.yields({"A,Airone"});
  t.backbone.faults.fail("append", 1, away(), When::kBefore, 2);
  EXPECT_EQ(t.pass()->counts.delivered, 1);
  EXPECT_EQ(t.published().size(), 1u);
}

TEST(Outage, that_outlasts_patience_is_an_error_and_the_next_pass_goes_on) {
  Territory t;
  t.yields({"A,Airone"});
  t.backbone.faults.fail("append", 1, away(), When::kBefore, 3);
  const auto pass = t.pass();
  ASSERT_FALSE(pass.ok());
  EXPECT_EQ(pass.error().code, ErrorCode::kUnavailable);
  ASSERT_TRUE(t.source().recover({}).ok());
  EXPECT_EQ(t.pass()->counts.delivered, 1);
  EXPECT_EQ(t.ledger(), (Counts{.received = 1, .delivered = 1, .entities = 1}));
}

TEST(Restart, does_not_read_a_long_log_to_its_end_when_the_hub_stops) {
  Territory t;
  t.yields({"A,Airone"});
  ASSERT_TRUE(t.pass().ok());
  ASSERT_TRUE(t.store.set_fact("index.epoch.albo", "of another copy").ok());
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(t.source().recover(stop.get_token()).error().code, ErrorCode::kUnavailable);
  EXPECT_TRUE(t.source().recover({}).ok());
}

TEST(Outage, of_the_plugin_leaves_its_records_for_the_next_pass) {
  Territory t;
  t.yields({"A,Airone", "B,Brezza"});
  t.translator.fail_next_collect();
  ASSERT_FALSE(t.pass().ok());
  EXPECT_EQ(t.source().in_flight(), 0);
  ASSERT_TRUE(t.source().recover({}).ok());
  EXPECT_EQ(t.pass()->counts.delivered, 2);
}

}  // namespace
}  // namespace raccordo::testing
