// SPDX-License-Identifier: EUPL-1.2
// What every Store does with parked records: seen again, superseded, moved, listed. Part of
// store_contract.hpp.
#pragma once

#include "tests/contract/store_rig.hpp"

namespace raccordo::contract {

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

TEST_P(StoreContract, knows_that_an_original_was_cut_until_all_of_it_is_seen) {
  auto cut = record("in.csv:0", 1);
  cut.original_cut = true;
  commit(commit_of({cut, record("in.csv:50", 2)}));
  const auto first = in_state(ParkedState::kParked);
  ASSERT_THAT(first, SizeIs(2));
  EXPECT_TRUE(first[0].original_cut);
  EXPECT_FALSE(first[1].original_cut);
  EXPECT_TRUE(store().parked_one(first[0].id).value()->original_cut);
  auto whole = record("in.csv:0", 1, 2);
  whole.original.bytes += ";all of it";
  commit(commit_of({whole}, 2));
  const auto seen_again = *store().parked_one(first[0].id);
  EXPECT_FALSE(seen_again->original_cut);
  EXPECT_EQ(seen_again->original, whole.original);
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

TEST_P(StoreContract, a_replay_keeps_what_it_found_out) {
  commit(commit_of({record("in.csv:0", 1)}));
  ParkedMove move;
  move.id = in_state(ParkedState::kParked)[0].id;
  move.counts.parked = -1;
  move.counts.delivered = 1;
  move.findings = {{"albo", "left_out", "in.csv:17", "POSTI", {"omesso", "left out"}, 9'000}};
  ASSERT_TRUE(store().move("albo", move).ok());
  const auto findings = *store().findings("albo", 10);
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_EQ(findings[0].code, "left_out");
  EXPECT_EQ(findings[0].place, "in.csv:17");
  EXPECT_EQ(findings[0].text.en, "left out");
}

TEST_P(StoreContract, a_move_happens_once) {
  commit(commit_of({record("in.csv:0", 1)}));
  auto move = discarding(in_state(ParkedState::kParked)[0]);
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
  ASSERT_TRUE(store().move("albo", discarding(in_state(ParkedState::kParked)[0])).ok());
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

}  // namespace raccordo::contract
