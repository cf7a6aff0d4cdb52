// SPDX-License-Identifier: EUPL-1.2
// What a partial source remembers of the files that it has read, and for how long.
#include "core/engine/flow/known_files.hpp"

#include <gmock/gmock.h>

#include "core/engine/flow/testing/territory.hpp"

namespace raccordo::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class KnownFilesOfASource : public ::testing::Test {
 protected:
  // Of each of which the source remembers something, as the store has it.
  std::vector<std::string> known() {
    std::vector<std::string> paths;
    for (const auto& [path, note] : *t.store_in_memory.file_notes("albo")) paths.push_back(path);
    return paths;
  }
  Counts read() {
    const auto pass = t.pass();
    EXPECT_TRUE(pass.ok());
    return pass.ok() ? pass->counts : Counts{};
  }

  Territory t;
};

TEST_F(KnownFilesOfASource, are_forgotten_once_they_are_gone) {
  t.yields({"A,Airone"}, "one.csv");
  t.yields({"B,Brezza"}, "two.csv");
  read();
  EXPECT_THAT(known(), ElementsAre("one.csv", "two.csv"));
  t.folder.remove("one.csv");
  EXPECT_EQ(read(), Counts{}) << "what is still there is not read again";
  EXPECT_THAT(known(), ElementsAre("two.csv"));
  t.restart();
  EXPECT_EQ(read(), Counts{});
}

TEST_F(KnownFilesOfASource, are_read_anew_when_they_come_back_and_nothing_is_said_twice) {
  t.yields({"A,Airone"}, "one.csv");
  t.yields({"B,Brezza"}, "two.csv");
  read();
  t.folder.remove("one.csv");
  read();
  t.folder.bring_back("one.csv");
  EXPECT_EQ(read(), (Counts{.received = 1, .unchanged = 1}));
  EXPECT_THAT(t.published(), SizeIs(2));
  EXPECT_THAT(known(), ElementsAre("one.csv", "two.csv"));
}

TEST_F(KnownFilesOfASource, that_come_back_are_the_latest_word_as_any_file_is) {
  t.yields({"A,Airone"}, "one.csv");
  t.yields({"A,Airone Nuovo"}, "two.csv");
  read();
  t.folder.remove("one.csv");
  read();
  t.folder.bring_back("one.csv");
  EXPECT_EQ(read(), (Counts{.received = 1, .delivered = 1, .entities = 1}));
  EXPECT_THAT(t.published(), SizeIs(3));
}

TEST_F(KnownFilesOfASource, are_remembered_when_a_look_fails_or_finds_nothing) {
  t.yields({"A,Airone"}, "one.csv");
  t.yields({"B,Brezza"}, "two.csv");
  read();
  t.folder.fail_looks(error(ErrorCode::kNotFound, as_is("no such folder")));
  EXPECT_FALSE(t.pass().ok());
  t.restart();
  EXPECT_THAT(known(), SizeIs(2));
  t.folder.fail_looks(std::nullopt);
  // The folder of a share that is not mounted is there, and empty.
  for (const char* name : {"one.csv", "two.csv"}) t.folder.remove(name);
  read();
  EXPECT_THAT(known(), SizeIs(2));
  for (const char* name : {"one.csv", "two.csv"}) t.folder.bring_back(name);
  EXPECT_EQ(read(), Counts{});
}

TEST_F(KnownFilesOfASource, in_a_folder_of_their_own_are_not_missed_for_what_another_folder_has) {
  t.yields({"A,Airone"}, "in/away/one.csv");
  t.yields({"B,Brezza"}, "in/here/two.csv");
  read();
  t.folder.remove("in/away/one.csv");
  read();
  EXPECT_THAT(known(), SizeIs(2)) << "a folder with nothing in it may be a share that is not mounted";
  t.yields({"C,Cicogna"}, "in/away/three.csv");
  read();
  EXPECT_THAT(known(), ElementsAre("in/away/three.csv", "in/here/two.csv"));
}

TEST_F(KnownFilesOfASource, are_forgotten_with_their_folder_when_the_one_above_has_others) {
  t.folder.make_folder("in");
  t.yields({"A,Airone"}, "in/2026-01/one.csv");
  t.yields({"B,Brezza"}, "in/2026-02/two.csv");
  read();
  t.folder.remove("in/2026-01/one.csv");
  t.folder.remove_folder("in/2026-01");
  read();
  EXPECT_THAT(known(), ElementsAre("in/2026-02/two.csv"));
  t.folder.remove("in/2026-02/two.csv");
  t.folder.remove_folder("in/2026-02");
  read();
  EXPECT_THAT(known(), ElementsAre("in/2026-02/two.csv")) << "nothing is below it: it may not be mounted";
}

TEST_F(KnownFilesOfASource, are_remembered_where_nobody_looks_any_more) {
  t.yields({"A,Airone"}, "old/one.csv");
  t.yields({"B,Brezza"}, "new/two.csv");
  read();
  t.folder.remove("old/one.csv");
  t.folder.remove_folder("old");
  read();
  EXPECT_THAT(known(), SizeIs(2));
}

TEST_F(KnownFilesOfASource, that_are_gone_are_superseded_when_they_come_corrected) {
  t.yields({"A,Airone", "B,garbage"}, "one.csv");
  t.yields({"C,Cicogna"}, "two.csv");
  read();
  t.folder.remove("one.csv");
  read();
  ASSERT_THAT(t.parked(), SizeIs(1));
  EXPECT_THAT(known(), ElementsAre("one.csv", "two.csv")) << "what is parked of it may be corrected yet";
  t.restart();
  t.yields({"A,Airone", "B,Brezza"}, "one.csv");
  EXPECT_EQ(read(), (Counts{.received = 2, .delivered = 1, .unchanged = 1, .entities = 1}));
  EXPECT_THAT(t.parked(), IsEmpty());
  EXPECT_TRUE(adds_up(t.ledger(), 0));
  t.folder.remove("one.csv");
  read();
  EXPECT_THAT(known(), ElementsAre("two.csv"));
}

TEST_F(KnownFilesOfASource, that_come_back_wrong_as_they_were_are_parked_once) {
  t.yields({"A,Airone", "B,garbage"}, "one.csv");
  t.yields({"C,Cicogna"}, "two.csv");
  read();
  t.folder.remove("one.csv");
  read();
  t.folder.bring_back("one.csv");
  read();
  ASSERT_THAT(t.parked(), SizeIs(1));
  EXPECT_EQ(t.parked().front().attempts, 2);
  EXPECT_TRUE(adds_up(t.ledger(), 0));
}

// The list of what is parked is looked at when many files are gone, not at each look.
TEST_F(KnownFilesOfASource, that_are_gone_are_forgotten_when_nothing_of_them_is_parked_any_more) {
  constexpr int kMany = 150;
  const auto name = [](int i) { return "old-" + std::to_string(i) + ".csv"; };
  t.yields({"C,Cicogna"}, "here.csv");
  for (int i = 0; i < kMany; ++i) t.yields({"A,garbage"}, name(i));
  read();
  const auto parked = t.parked();
  ASSERT_THAT(parked, SizeIs(kMany));
  for (const auto& record : parked) {
    if (record.place.starts_with("old-7.csv")) continue;
    ParkedMove move;
    move.id = record.id;
    move.to = ParkedState::kDiscarded;
    ASSERT_TRUE(t.store.move("albo", move).ok());
  }
  for (int i = 0; i < kMany; ++i) t.folder.remove(name(i));
  read();
  EXPECT_THAT(known(), ElementsAre("here.csv", "old-7.csv"));
}

TEST_F(KnownFilesOfASource, cost_a_batch_nothing_however_many_they_are) {
  const auto kept_of_each_batch = [&] { return t.store_in_memory.source("albo")->cursor.size(); };
  t.yields({"A,Airone"}, "a-000.csv");
  read();
  const auto at_first = kept_of_each_batch();
  for (int i = 100; i < 200; ++i) t.yields({"A,Airone"}, "a-" + std::to_string(i) + ".csv");
  read();
  EXPECT_THAT(known(), SizeIs(101));
  EXPECT_LE(kept_of_each_batch(), at_first + 10) << "a count that grew by a digit or two, and no list";
}

// A commit that fails changed nothing; one whose answer was not heard is a process that died behind it.
TEST_F(KnownFilesOfASource, are_forgotten_or_remembered_whole_when_a_crash_comes_between) {
  for (const auto when : {When::kBefore, When::kAfter}) {
    t.yields({"A,Airone"}, "one.csv");
    t.yields({"B,Brezza"}, "two.csv");
    read();
    t.folder.remove("one.csv");
    t.store.faults.fail("commit", 1, {ErrorCode::kBug, as_is("killed")}, when);
    EXPECT_FALSE(t.pass().ok());
    t.restart();
    EXPECT_EQ(read(), Counts{});
    EXPECT_THAT(known(), ElementsAre("two.csv"));
  }
}

TEST_F(KnownFilesOfASource, are_read_to_their_end_when_a_crash_came_before_that_was_noted) {
  t.yields({"A,Airone", "B,Brezza"}, "one.csv");
  // The scan's beginning, its batch, its end.
  t.store.faults.fail("commit", 3, {ErrorCode::kBug, as_is("killed")});
  EXPECT_FALSE(t.pass().ok());
  EXPECT_THAT(known(), IsEmpty());
  t.restart();
  EXPECT_EQ(read(), Counts{}) << "its records were counted";
  EXPECT_THAT(known(), ElementsAre("one.csv"));
  EXPECT_EQ(t.ledger(), (Counts{.received = 2, .delivered = 2, .entities = 2}));
}

TEST(KnownFiles, leaves_out_notes_that_are_none_of_ours) {
  auto known = KnownFiles::from({{"a.csv", R"({"read":[1,2,3]})"},
                                 {"b.csv", "nonsense"},
                                 {"c.csv", R"({"read":[]})"},
                                 {"d.csv", R"({"scans":"x"})"}});
  EXPECT_TRUE(known.has_read({"a.csv", 1, 2, 3}));
  EXPECT_FALSE(known.has_read({"a.csv", 1, 2, 4}));
  EXPECT_FALSE(known.has_read({"c.csv", 0, 0, 0}));
  EXPECT_FALSE(known.has_changes());
}

}  // namespace
}  // namespace raccordo::testing
