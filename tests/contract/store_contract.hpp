// SPDX-License-Identifier: EUPL-1.2
// What every Store does. An adapter's test names a rig and instantiates:
//   INSTANTIATE_TEST_SUITE_P(Sqlite, StoreContract, testing::Values(StoreMaker{[] { return ...; }}));
#pragma once

#include <thread>

#include "tests/contract/store_parked_contract.hpp"
#include "tests/contract/store_rig.hpp"

namespace raccordo::contract {

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

TEST_P(StoreContract, keeps_the_list_of_a_scan_until_another_takes_its_place) {
  EXPECT_EQ(*store().scan_files("albo"), "");
  auto begins = commit_of({});
  begins.scan_files = std::string("a\0b", 3);
  commit(begins);
  commit(commit_of({}, 1));
  EXPECT_EQ(*store().scan_files("albo"), *begins.scan_files);
  EXPECT_EQ(*store().scan_files("comune"), "");
  begins.scan_files = "";
  commit(begins);
  EXPECT_EQ(*store().scan_files("albo"), "");
}

TEST_P(StoreContract, keeps_notes_of_a_sources_files_one_by_one_until_they_are_forgotten) {
  const std::string odd("in/\xE8\0.csv", 9);
  auto first = commit_of({});
  first.files = {{"in/a.csv", "1"}, {odd, std::string("2\0", 2)}, {"in/c.csv", "3"}};
  commit(first);
  commit(commit_of({}, 1));
  auto second = commit_of({});
  second.files = {{"in/a.csv", "4"}, {"in/c.csv", std::nullopt}, {"in/never.csv", std::nullopt}};
  commit(second);
  EXPECT_THAT(*store().file_notes("albo"),
              ElementsAre(::testing::Pair("in/a.csv", "4"), ::testing::Pair(odd, std::string("2\0", 2))));
  EXPECT_THAT(*store().file_notes("comune"), IsEmpty());
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

TEST_P(StoreContract, keeps_what_waits_behind_a_position) {
  SinkCommit commit;
  commit.connector = "portale";
  commit.state.positions = {{"services", "0:9"}};
  commit.state.waiting = {{"services", "0:40:9,25"}};
  ASSERT_TRUE(store().commit(commit).ok());
  EXPECT_EQ(store().sink("portale")->waiting, commit.state.waiting);
  commit.state.waiting = {};
  ASSERT_TRUE(store().commit(commit).ok());
  EXPECT_THAT(store().sink("portale")->waiting, IsEmpty());
  EXPECT_EQ(store().sink("portale")->positions, commit.state.positions);
}

TEST_P(StoreContract, keeps_accepted_requests_until_their_event_is_done) {
  EXPECT_THAT(*store().accepted("portale"), IsEmpty());
  SinkCommit commit;
  commit.connector = "portale";
  commit.accepted = {{"e1", "0", std::string("200\n\n\0", 6)}, {"e2", "0", ""}, {"e1", "1", ""}};
  ASSERT_TRUE(store().commit(commit).ok());
  EXPECT_EQ(*store().accepted("portale"), commit.accepted);
  EXPECT_THAT(*store().accepted("altro"), IsEmpty());
  SinkCommit done;
  done.connector = "portale";
  done.finished = {"e1", "unknown"};
  ASSERT_TRUE(store().commit(done).ok());
  EXPECT_THAT(*store().accepted("portale"), ElementsAre(AcceptedRequest{"e2", "0", ""}));
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

TEST_P(DurableStoreContract, keeps_everything_over_a_restart_and_its_epoch) {
  auto one = commit_of({record("in.csv:0", 1)}, 4);
  one.state = {2, true, "here", {{"services", "0:4"}}};
  one.deltas = {{"services", "d"}};
  one.findings = {{"albo", "c", "", "", {"it", "en"}, 3}};
  commit(one);
  const auto epoch = *store().epoch();
  EXPECT_NE(epoch, "");
  rig_->reopen();
  EXPECT_EQ(*store().epoch(), epoch);
  EXPECT_EQ(store().source("albo")->cursor, "here");
  EXPECT_THAT(deltas("albo", "services"), ElementsAre("d"));
  EXPECT_THAT(*store().findings("albo", 10), SizeIs(1));
  EXPECT_EQ(ledger().delivered, 4);
  expect_balanced();
}

}  // namespace raccordo::contract
