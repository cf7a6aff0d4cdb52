// SPDX-License-Identifier: EUPL-1.2
// What every Store does. An adapter's test names a rig and instantiates:
//   INSTANTIATE_TEST_SUITE_P(Sqlite, StoreContract, testing::Values(StoreMaker{[] { return ...; }}));
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "core/ports/store.hpp"

namespace raccordo::contract {

class StoreRig {
 public:
  virtual ~StoreRig() = default;
  virtual Store& store() = 0;
  // Closes it and opens it again with what it kept; false where it keeps nothing.
  virtual bool reopen() = 0;
};

using StoreMaker = std::function<std::unique_ptr<StoreRig>()>;

class StoreContract : public ::testing::TestWithParam<StoreMaker> {
 protected:
  Store& store() { return rig_->store(); }

  static ParkedRecord record(const std::string& place, std::uint64_t content, std::int64_t scan = 1) {
    ParkedRecord r;
    r.place = place;
    r.content = content;
    r.line = 17;
    r.stage = "translation";
    r.reason = "invalid_field";
    r.field = "POSTI";
    r.text = {"non è un numero", "not a number"};
    r.scan = scan;
    r.first_ms = 1'000;
    r.last_ms = 1'000;
    r.context = R"({"format":"csv"})";
    r.original = {"none", "", std::string("a;b\0c\xff", 6)};
    return r;
  }

  // A commit in which `parked` were received, and `delivered` besides.
  static SourceCommit commit_of(std::vector<ParkedRecord> parked, std::int64_t delivered = 0) {
    SourceCommit commit;
    commit.connector = "albo";
    commit.counts.parked = static_cast<std::int64_t>(parked.size());
    commit.counts.delivered = delivered;
    commit.counts.received = commit.counts.parked + delivered;
    commit.parked = std::move(parked);
    return commit;
  }

  Committed commit(const SourceCommit& commit) {
    const auto committed = store().commit(commit);
    EXPECT_TRUE(committed.ok()) << committed.error().in(Language::kEnglish);
    return committed.ok() ? *committed : Committed{};
  }

  std::vector<ParkedRecord> in_state(std::optional<ParkedState> state,
                                     const std::string& connector = "albo") {
    ParkedQuery query;
    query.connector = connector;
    query.state = state;
    return store().parked(query).value();
  }

  Counts ledger(const std::string& connector = "albo") { return store().ledger().value()[connector]; }

  // The rule that everything follows from: every input has one end, and what is parked is what the list
  // shows.
  void expect_balanced(const std::string& connector = "albo") {
    const auto c = ledger(connector);
    EXPECT_EQ(c.received, c.delivered + c.unchanged + c.filtered + c.parked);
    EXPECT_EQ(c.parked, static_cast<std::int64_t>(in_state(ParkedState::kParked, connector).size()));
  }

  std::vector<std::string> deltas(const std::string& connector, const std::string& kind) {
    std::vector<std::string> out;
    EXPECT_TRUE(store()
                    .deltas(connector, kind,
                            [&](std::string_view bytes) {
                              out.emplace_back(bytes);
                              return true;
                            })
                    .ok());
    return out;
  }

  std::unique_ptr<StoreRig> rig_ = GetParam()();
};

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(StoreContract);

TEST_P(StoreContract, knows_nothing_of_a_connector_it_never_heard_of) {
  EXPECT_EQ(store().source("albo")->scan, 0);
  EXPECT_FALSE(store().source("albo")->scanning);
  EXPECT_THAT(store().sink("albo")->positions, IsEmpty());
  EXPECT_THAT(*store().ledger(), IsEmpty());
  EXPECT_THAT(*store().findings("albo", 10), IsEmpty());
  EXPECT_THAT(*store().delta_kinds("albo"), IsEmpty());
  EXPECT_EQ(*store().fact("hub.id"), std::nullopt);
  EXPECT_EQ(*store().parked_one(1), std::nullopt);
}

TEST_P(StoreContract, keeps_facts_and_replaces_them) {
  ASSERT_TRUE(store().set_fact("hub.id", "valle").ok());
  ASSERT_TRUE(store().set_fact("hub.id", "valle-demo").ok());
  EXPECT_EQ(*store().fact("hub.id"), "valle-demo");
}

TEST_P(StoreContract, keeps_how_far_a_source_was_read) {
  auto commit = commit_of({}, 3);
  commit.state = {4, true, std::string("cursor\0bytes", 12), {{"services", "0:17"}, {"offers", "0:3"}}};
  this->commit(commit);
  auto state = *store().source("albo");
  EXPECT_EQ(state.scan, 4);
  EXPECT_TRUE(state.scanning);
  EXPECT_EQ(state.cursor, std::string("cursor\0bytes", 12));
  EXPECT_EQ(state.backbone_at, commit.state.backbone_at);

  commit.state = {4, false, "", {{"services", "0:20"}}};
  this->commit(commit);
  state = *store().source("albo");
  EXPECT_FALSE(state.scanning);
  EXPECT_EQ(state.backbone_at, commit.state.backbone_at);
}

TEST_P(StoreContract, keeps_how_far_a_sink_has_come_with_its_pending_files) {
  SinkCommit commit;
  commit.connector = "export";
  commit.state = {
      {{"services", "0:9"}}, {{".raccordo-1.part", "b.csv"}, {".raccordo-2.part", "a.csv"}}, 7, 1'234};
  commit.counts.received = commit.counts.delivered = 9;
  ASSERT_TRUE(store().commit(commit).ok());
  auto state = *store().sink("export");
  EXPECT_EQ(state.positions, commit.state.positions);
  ASSERT_THAT(state.pending, SizeIs(2));
  EXPECT_EQ(state.pending[0].temporary, ".raccordo-1.part");
  EXPECT_EQ(state.pending[1].final_name, "a.csv");
  EXPECT_EQ(state.sequence, 7);
  EXPECT_EQ(state.last_read_ms, 1'234);

  commit.state = {{{"offers", "0:1"}}, {}, 8, 1'300};
  ASSERT_TRUE(store().commit(commit).ok());
  state = *store().sink("export");
  EXPECT_EQ(state.positions, commit.state.positions);
  EXPECT_THAT(state.pending, IsEmpty());
  EXPECT_EQ(ledger("export").delivered, 18);
}

TEST_P(StoreContract, a_connector_may_be_source_and_sink_at_once) {
  auto source = commit_of({record("in.csv:0", 1)});
  source.state.backbone_at = {{"services", "0:1"}};
  commit(source);
  SinkCommit sink;
  sink.connector = "albo";
  sink.state.positions = {{"offers", "0:2"}};
  sink.counts.received = sink.counts.parked = 1;
  sink.parked = {record("services:0:5", 2, 0)};
  ASSERT_TRUE(store().commit(sink).ok());
  EXPECT_EQ(store().source("albo")->backbone_at, source.state.backbone_at);
  EXPECT_EQ(store().sink("albo")->positions, sink.state.positions);

  auto clean = commit_of({}, 1);
  clean.supersede_before = 2;
  EXPECT_EQ(commit(clean).superseded, 1)
      << "what could not be delivered stays parked when a source was read again";
  EXPECT_THAT(in_state(ParkedState::kParked),
              ElementsAre(::testing::Field(&ParkedRecord::place, "services:0:5")));
  expect_balanced();
}

TEST_P(StoreContract, adds_up_counts_over_commits_and_keeps_connectors_apart) {
  Counts counts{5, 1, 1, 3, 0, 7, 2, 4, 6};
  SourceCommit one;
  one.connector = "albo";
  one.counts = counts;
  const auto committed = commit(one);
  EXPECT_EQ(committed.counts, counts);
  commit(one);
  EXPECT_EQ(ledger("albo"), (Counts{10, 2, 2, 6, 0, 14, 4, 8, 12}));
  EXPECT_EQ(store().ledger()->size(), 1u);
}

TEST_P(StoreContract, keeps_a_parked_record_whole) {
  commit(commit_of({record("in.csv:120", 0xfedcba9876543210u, 3)}));
  const auto list = in_state(ParkedState::kParked);
  ASSERT_THAT(list, SizeIs(1));
  const auto r = *store().parked_one(list[0].id);
  ASSERT_TRUE(r.has_value());
  EXPECT_EQ(r->connector, "albo");
  EXPECT_EQ(r->place, "in.csv:120");
  EXPECT_EQ(r->content, 0xfedcba9876543210u);
  EXPECT_EQ(r->line, 17u);
  EXPECT_EQ(r->stage, "translation");
  EXPECT_EQ(r->reason, "invalid_field");
  EXPECT_EQ(r->field, "POSTI");
  EXPECT_EQ(r->text, (Text{"non è un numero", "not a number"}));
  EXPECT_EQ(r->scan, 3);
  EXPECT_EQ(r->attempts, 1);
  EXPECT_EQ(r->first_ms, 1'000);
  EXPECT_EQ(r->state, ParkedState::kParked);
  EXPECT_EQ(r->context, R"({"format":"csv"})");
  EXPECT_EQ(r->original, (Sealable{"none", "", std::string("a;b\0c\xff", 6)}));
}

TEST_P(StoreContract, a_record_seen_again_is_parked_once_and_its_earlier_sighting_counts_as_filtered) {
  EXPECT_EQ(commit(commit_of({record("in.csv:0", 1, 1)}, 2)).newly_parked, 1);
  auto again = record("in.csv:0", 1, 2);
  again.reason = "missing_field";
  again.first_ms = again.last_ms = 5'000;
  const auto committed = commit(commit_of({again}, 2));
  EXPECT_EQ(committed.newly_parked, 0);
  EXPECT_EQ(committed.counts.parked, 0);
  EXPECT_EQ(committed.counts.filtered, 1);
  const auto list = in_state(ParkedState::kParked);
  ASSERT_THAT(list, SizeIs(1));
  EXPECT_EQ(list[0].attempts, 2);
  EXPECT_EQ(list[0].first_ms, 1'000);
  EXPECT_EQ(list[0].last_ms, 5'000);
  EXPECT_EQ(list[0].scan, 2);
  EXPECT_EQ(list[0].reason, "missing_field") << "the newest words tell what to do";
  expect_balanced();
}

TEST_P(StoreContract, other_content_at_the_same_place_is_another_record) {
  commit(commit_of({record("in.csv:0", 1)}));
  EXPECT_EQ(commit(commit_of({record("in.csv:0", 2)})).newly_parked, 1);
  EXPECT_THAT(in_state(ParkedState::kParked), SizeIs(2));
  expect_balanced();
}

TEST_P(StoreContract, the_same_record_of_another_connector_is_another_record) {
  commit(commit_of({record("in.csv:0", 1)}));
  auto other = commit_of({record("in.csv:0", 1)});
  other.connector = "comune";
  EXPECT_EQ(commit(other).newly_parked, 1);
  expect_balanced("albo");
  expect_balanced("comune");
}

TEST_P(StoreContract, a_clean_snapshot_supersedes_what_earlier_scans_parked) {
  commit(commit_of({record("in.csv:0", 1, 1), record("in.csv:50", 2, 1)}));
  auto clean = commit_of({record("in.csv:50", 2, 2)}, 9);
  clean.supersede_before = 2;
  const auto committed = commit(clean);
  EXPECT_EQ(committed.superseded, 1);
  EXPECT_EQ(committed.newly_parked, 0);
  EXPECT_EQ(ledger().parked, 1);
  EXPECT_EQ(ledger().filtered, 2);
  EXPECT_THAT(in_state(ParkedState::kSuperseded), SizeIs(1));
  expect_balanced();
}

TEST_P(StoreContract, a_superseded_record_that_comes_back_is_parked_again) {
  commit(commit_of({record("in.csv:0", 1, 1)}));
  auto clean = commit_of({}, 1);
  clean.supersede_before = 2;
  commit(clean);
  EXPECT_EQ(commit(commit_of({record("in.csv:0", 1, 3)})).newly_parked, 1);
  const auto list = in_state(ParkedState::kParked);
  ASSERT_THAT(list, SizeIs(1));
  EXPECT_EQ(list[0].attempts, 2);
  expect_balanced();
}

TEST_P(StoreContract, a_replayed_record_moves_to_its_new_end_with_its_deltas) {
  commit(commit_of({record("in.csv:0", 1)}, 3));
  ParkedMove move;
  move.id = in_state(ParkedState::kParked)[0].id;
  move.to = ParkedState::kReplayed;
  move.counts.parked = -1;
  move.counts.delivered = 1;
  move.counts.entities = 2;
  move.deltas = {{"services", "d"}};
  ASSERT_TRUE(store().move("albo", move).ok());
  EXPECT_EQ(ledger().delivered, 4);
  EXPECT_EQ(ledger().entities, 2);
  EXPECT_THAT(deltas("albo", "services"), ElementsAre("d"));
  EXPECT_THAT(in_state(ParkedState::kReplayed), SizeIs(1));
  expect_balanced();
}

TEST_P(StoreContract, a_move_happens_once) {
  commit(commit_of({record("in.csv:0", 1)}));
  ParkedMove move;
  move.id = in_state(ParkedState::kParked)[0].id;
  move.to = ParkedState::kDiscarded;
  move.counts.parked = -1;
  move.counts.filtered = 1;
  ASSERT_TRUE(store().move("albo", move).ok());
  const auto twice = store().move("albo", move);
  ASSERT_FALSE(twice.ok());
  EXPECT_EQ(twice.error().code, ErrorCode::kConflict);
  EXPECT_EQ(store().move("comune", move).error().code, ErrorCode::kNotFound);
  move.id = 999;
  EXPECT_EQ(store().move("albo", move).error().code, ErrorCode::kNotFound);
  expect_balanced();
}

TEST_P(StoreContract, a_replay_in_vain_leaves_it_parked_with_the_new_words) {
  commit(commit_of({record("in.csv:0", 1)}));
  ParkedMove move;
  move.id = in_state(ParkedState::kParked)[0].id;
  move.to = ParkedState::kParked;
  move.time_ms = 9'000;
  move.stage = "validation";
  move.reason = "too_long";
  move.field = "NOME";
  move.text = {"troppo lungo", "too long"};
  ASSERT_TRUE(store().move("albo", move).ok());
  const auto r = *store().parked_one(move.id);
  EXPECT_EQ(r->attempts, 2);
  EXPECT_EQ(r->last_ms, 9'000);
  EXPECT_EQ(r->stage, "validation");
  EXPECT_EQ(r->text.it, "troppo lungo");
  expect_balanced();
}

TEST_P(StoreContract, what_a_person_discarded_stays_discarded_when_it_is_seen_again) {
  commit(commit_of({record("in.csv:0", 1)}));
  ParkedMove move;
  move.id = in_state(ParkedState::kParked)[0].id;
  move.to = ParkedState::kDiscarded;
  move.counts.parked = -1;
  move.counts.filtered = 1;
  ASSERT_TRUE(store().move("albo", move).ok());
  const auto committed = commit(commit_of({record("in.csv:0", 1, 2)}, 1));
  EXPECT_EQ(committed.newly_parked, 0);
  EXPECT_EQ(committed.discarded, 1);
  EXPECT_EQ(committed.counts.filtered, 1);
  EXPECT_THAT(in_state(ParkedState::kDiscarded), SizeIs(1));
  expect_balanced();
}

TEST_P(StoreContract, lists_parked_records_page_by_page_and_by_connector) {
  std::vector<ParkedRecord> records;
  for (int i = 0; i < 5; ++i) records.push_back(record("in.csv:" + std::to_string(i), 1));
  commit(commit_of(records));
  auto other = commit_of({record("x.csv:0", 1)});
  other.connector = "comune";
  commit(other);
  ParkedQuery query;
  query.limit = 2;
  const auto first = *store().parked(query);
  ASSERT_THAT(first, SizeIs(2));
  EXPECT_LT(first[0].id, first[1].id);
  query.after_id = first[1].id;
  query.limit = 100;
  EXPECT_THAT(*store().parked(query), SizeIs(4));
  query.connector = "comune";
  query.state = std::nullopt;
  EXPECT_THAT(*store().parked(query), SizeIs(1));
  query.state = ParkedState::kReplayed;
  EXPECT_THAT(*store().parked(query), IsEmpty());
}

TEST_P(StoreContract, leaves_originals_out_of_lists_that_do_not_want_them) {
  commit(commit_of({record("in.csv:0", 1)}));
  ParkedQuery query;
  query.with_originals = false;
  const auto list = *store().parked(query);
  ASSERT_THAT(list, SizeIs(1));
  EXPECT_EQ(list[0].original.bytes, "");
  EXPECT_EQ(list[0].original.alg, "none");
}

TEST_P(StoreContract, keeps_deltas_in_order_by_kind_and_replaces_them_whole) {
  auto first = commit_of({});
  first.deltas = {{"services", "1"}, {"offers", "a"}, {"services", std::string("2\0", 2)}};
  commit(first);
  auto second = commit_of({});
  second.deltas = {{"services", "3"}};
  commit(second);
  EXPECT_THAT(deltas("albo", "services"), ElementsAre("1", std::string("2\0", 2), "3"));
  EXPECT_THAT(*store().delta_kinds("albo"), ElementsAre("offers", "services"));
  EXPECT_THAT(deltas("comune", "services"), IsEmpty());

  ASSERT_TRUE(store().replace_deltas("albo", "services", std::vector<std::string>{"123"}).ok());
  EXPECT_THAT(deltas("albo", "services"), ElementsAre("123"));
  EXPECT_THAT(deltas("albo", "offers"), ElementsAre("a"));
  ASSERT_TRUE(store().replace_deltas("albo", "offers", {}).ok());
  EXPECT_THAT(*store().delta_kinds("albo"), ElementsAre("services"));
}

TEST_P(StoreContract, stops_giving_deltas_when_asked_to) {
  auto first = commit_of({});
  first.deltas = {{"services", "1"}, {"services", "2"}};
  commit(first);
  int seen = 0;
  ASSERT_TRUE(store().deltas("albo", "services", [&](std::string_view) { return ++seen, false; }).ok());
  EXPECT_EQ(seen, 1);
}

TEST_P(StoreContract, gives_findings_newest_first) {
  auto one = commit_of({});
  one.findings = {{"albo", "invalid_field", "in.csv:3", "EMAIL", {"primo", "first"}, 1},
                  {"albo", "held", "", "", {"secondo", "second"}, 2}};
  commit(one);
  const auto findings = *store().findings("albo", 10);
  ASSERT_THAT(findings, SizeIs(2));
  EXPECT_EQ(findings[0].text.it, "secondo");
  EXPECT_EQ(findings[1].connector, "albo");
  EXPECT_EQ(findings[1].code, "invalid_field");
  EXPECT_EQ(findings[1].place, "in.csv:3");
  EXPECT_EQ(findings[1].field, "EMAIL");
  EXPECT_EQ(findings[1].time_ms, 1);
  EXPECT_THAT(*store().findings("albo", 1), SizeIs(1));
}

TEST_P(StoreContract, keeps_the_last_ten_thousand_findings_of_each_connector) {
  auto one = commit_of({});
  for (int i = 0; i < 6'000; ++i) one.findings.push_back({"albo", "c", std::to_string(i), "", {}, i});
  commit(one);
  for (auto& finding : one.findings) finding.time_ms += 6'000;
  commit(one);
  const auto findings = *store().findings("albo", 100'000);
  ASSERT_THAT(findings, SizeIs(10'000));
  EXPECT_EQ(findings.front().time_ms, 11'999);
  EXPECT_EQ(findings.back().time_ms, 2'000);
}

TEST_P(StoreContract, flows_that_commit_at_once_lose_nothing) {
  {
    std::vector<std::jthread> flows;
    for (int flow = 0; flow < 4; ++flow) {
      flows.emplace_back([this, flow] {
        for (int i = 0; i < 25; ++i) {
          auto one = commit_of({record(std::to_string(flow) + ":" + std::to_string(i), 1)}, 1);
          one.deltas = {{"services", std::to_string(i)}};
          commit(one);
        }
      });
    }
  }
  EXPECT_EQ(ledger().received, 200);
  EXPECT_THAT(deltas("albo", "services"), SizeIs(100));
  expect_balanced();
}

TEST_P(StoreContract, keeps_everything_over_a_restart_and_its_epoch) {
  auto one = commit_of({record("in.csv:0", 1)}, 4);
  one.state = {2, true, "here", {{"services", "0:4"}}};
  one.deltas = {{"services", "d"}};
  one.findings = {{"albo", "c", "", "", {"it", "en"}, 3}};
  commit(one);
  const auto epoch = *store().epoch();
  EXPECT_NE(epoch, "");
  if (!rig_->reopen()) GTEST_SKIP() << "keeps nothing over a restart";
  EXPECT_EQ(*store().epoch(), epoch);
  EXPECT_EQ(store().source("albo")->cursor, "here");
  EXPECT_THAT(deltas("albo", "services"), ElementsAre("d"));
  EXPECT_THAT(*store().findings("albo", 10), SizeIs(1));
  EXPECT_EQ(ledger().delivered, 4);
  expect_balanced();
}

}  // namespace raccordo::contract
