// SPDX-License-Identifier: EUPL-1.2
// Receipts of the files that a partner gave.
#include <gmock/gmock.h>

#include "core/engine/flow/testing/territory.hpp"

namespace raccordo::testing {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class Receipts : public ::testing::Test {
 protected:
  Receipts() {
    t.cases.refused = "booking.refuse.v1";
    restart();
  }
  void restart() {
    t.receipts = &written;
    t.restart();
  }

  Territory t;
  MemoryDrop written;
};

constexpr const char* kReceipt =
    "line;case;outcome;code;why\n"
    "2;\"A\";taken;;\n"
    "3;\"B\";refused;late;\"it is over\"\n"
    "4;\"\";left out;;\n"
    "5;\"\";refused;garbage;\"garbage\"\n"
    "6;\"'=C\";taken;;\n";

const std::vector<std::string> kRows{"A,confirm", "B,refuse", "x,skip", "y,garbage", "=C,confirm"};

TEST_F(Receipts, say_of_each_row_whether_it_was_taken_and_why_not) {
  t.yields(kRows, "answers.csv");
  ASSERT_TRUE(t.pass().ok());
  ASSERT_THAT(written.finished, SizeIs(1));
  EXPECT_EQ(written.finished.begin()->first, "answers-1.csv");
  EXPECT_EQ(written.finished.begin()->second, kReceipt);
}

TEST_F(Receipts, are_written_for_each_file_and_the_same_for_the_same_file) {
  t.yields(kRows, "answers.csv");
  ASSERT_TRUE(t.pass().ok());
  t.yields(kRows, "answers.csv");
  ASSERT_TRUE(t.pass().ok());
  ASSERT_THAT(written.finished, SizeIs(2));
  EXPECT_EQ(written.finished["answers-2.csv"], kReceipt);
  EXPECT_THAT(t.cases.taken(), SizeIs(2)) << "nothing changed";
}

TEST(ReceiptsAtAnyTime, are_whole_and_one_wherever_the_process_dies) {
  for (int dies_at = 1; dies_at < 7; ++dies_at) {
    Territory t;
    MemoryDrop written;
    t.receipts = &written;
    t.cases.refused = "booking.refuse.v1";
    SourceSettings settings;
    settings.limits.batch_records = 2;
    t.set_source(settings);
    t.yields(kRows, "answers.csv");
    t.store.faults.fail("commit", dies_at, {ErrorCode::kBug, as_is("killed")});
    (void)t.pass();
    t.restart();
    EXPECT_TRUE(t.pass().ok());
    ASSERT_FALSE(written.finished.empty()) << dies_at;
    EXPECT_EQ(written.finished["answers-1.csv"], kReceipt) << dies_at;
    EXPECT_THAT(written.aside, IsEmpty()) << dies_at;
    EXPECT_EQ(t.ledger().received, 5) << dies_at;
    EXPECT_THAT(t.cases.taken(), SizeIs(2)) << dies_at;
  }
}

}  // namespace
}  // namespace raccordo::testing
