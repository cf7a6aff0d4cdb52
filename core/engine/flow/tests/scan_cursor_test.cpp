// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/scan_cursor.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "core/engine/flow/testing/territory.hpp"

namespace raccordo::testing {
namespace {

using ::testing::ElementsAre;

SourceSettings complete() {
  SourceSettings settings;
  settings.complete = true;
  settings.max_deletions = 1;
  return settings;
}

// As stores kept it before they kept the files by themselves.
void keep_as_before(Store& store) {
  SourceState state = *store.source("albo");
  auto cursor = nlohmann::json::parse(state.cursor);
  cursor["files"] = nlohmann::json::parse(*store.scan_files("albo"));
  state.cursor = cursor.dump();
  ASSERT_TRUE(store.commit(SourceCommit{.connector = "albo", .state = state, .scan_files = ""}).ok());
}

// Of a complete source, one record in each of its files.
std::size_t written_for(int files) {
  Territory t;
  t.set_source(complete());
  for (int i = 0; i < files; ++i) t.yields({fmt::format("{},name", i)}, fmt::format("{:06}.csv", i));
  EXPECT_EQ(t.pass()->counts.delivered, files);
  return t.store_in_memory.bytes_of_sources();
}

TEST(ScanCursor, keeps_files_whose_names_are_no_text) {
  ScanCursor cursor;
  cursor.files = {{"in/\xE8.csv", 3, 4, 5}, {"in/è.csv", 6, 7, 8}};
  cursor.file = 1;
  const auto again = ScanCursor::parse(cursor.text(), cursor.files_text());
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->files, cursor.files);
  EXPECT_EQ(again->file, 1u);
}

TEST(ScanCursor, is_none_without_the_list_of_its_files) {
  EXPECT_FALSE(ScanCursor::parse(ScanCursor{}.text(), ""));
  EXPECT_FALSE(ScanCursor::parse(ScanCursor{}.text(), "nonsense"));
}

TEST(Scan, of_many_files_writes_no_more_for_each_than_one_of_few) {
  EXPECT_LT(written_for(1'000) / 1'000, 2 * written_for(10) / 10);
}

TEST(Scan, that_was_interrupted_among_its_files_goes_on_as_the_same_one) {
  Territory t;
  t.set_source(complete());
  t.yields({"A,Airone"}, "1.csv");
  t.yields({"B,Brezza"}, "2.csv");
  t.yields({"C,Cicogna"}, "3.csv");
  t.store.faults.fail("commit", 3, {ErrorCode::kBug, as_is("killed")});
  ASSERT_FALSE(t.pass().ok());
  t.restart();
  ASSERT_TRUE(t.pass().ok());
  EXPECT_THAT(t.published(),
              ElementsAre("service A changed 1", "service B changed 1", "service C changed 1"));
  EXPECT_EQ(t.ledger(), (Counts{.received = 3, .delivered = 3, .entities = 3}));
  EXPECT_EQ(t.store_in_memory.source("albo")->scan, 1);
}

TEST(Scan, that_an_older_store_remembers_is_taken_up_and_kept_over_the_next_restart) {
  Territory t;
  t.set_source(complete());
  t.yields({"A,Airone"}, "1.csv");
  t.yields({"B,Brezza"}, "2.csv");
  t.yields({"C,Cicogna"}, "3.csv");
  t.store.faults.fail("commit", 3, {ErrorCode::kBug, as_is("killed")});
  ASSERT_FALSE(t.pass().ok());
  keep_as_before(t.store_in_memory);
  t.restart();
  t.store.faults.fail("commit", 2, {ErrorCode::kBug, as_is("killed again")});
  ASSERT_FALSE(t.pass().ok());
  t.restart();
  ASSERT_TRUE(t.pass().ok());
  EXPECT_EQ(t.ledger(), (Counts{.received = 3, .delivered = 3, .entities = 3}));
  EXPECT_EQ(t.store_in_memory.source("albo")->scan, 1);
}

TEST(Scan, that_an_older_store_remembers_as_ended_is_not_read_again) {
  Territory t;
  t.set_source(complete());
  t.yields({"A,Airone"});
  ASSERT_TRUE(t.pass().ok());
  keep_as_before(t.store_in_memory);
  t.restart();
  EXPECT_EQ(t.pass(false)->counts, Counts{});
}

}  // namespace
}  // namespace raccordo::testing
