// SPDX-License-Identifier: EUPL-1.2
// Where a source that asks for pages goes on: its cursor, after a rest, a crash, and with another log.
#include "core/engine/flow/tests/paged_source.hpp"

#include <set>

namespace raccordo::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST_F(PagedSource, after_a_rest_takes_up_another_log_before_it_asks) {
  t.reader.tick = "next from={}\n";
  t.page("from=", "say A Airone\nsave 1");
  t.page("from=1", "skip nothing_new\nsave 1");
  ASSERT_TRUE(t.poll().ok());
  t.flow->rest();
  t.backbone_in_memory.make_anew();
  ASSERT_TRUE(t.poll().ok());
  EXPECT_THAT(t.asked(), ElementsAre("from=", "from="));
  EXPECT_THAT(t.published(), ElementsAre("A changed 2"));
}

TEST_F(PagedSource, goes_on_where_its_plugin_saved_the_cursor) {
  t.reader.tick = "next after={}\n";
  t.page("after=", "say A Airone\nsave a\nnext after=a\n");
  t.page("after=a", "skip nothing_new\n");
  ASSERT_TRUE(t.poll().ok());
  t.page("after=a", "say B Brezza\nsave b\n");
  t.restart();
  ASSERT_TRUE(t.poll().ok());
  EXPECT_THAT(t.asked(), ElementsAre("after=", "after=a", "after=a"));
  t.restart();
  ASSERT_TRUE(t.poll().ok());
  EXPECT_EQ(t.asked().back(), "after=b");
}

TEST_F(PagedSource, does_not_save_the_cursor_of_a_page_that_is_parked) {
  t.reader.tick = "next after={}\n";
  t.page("after=", "reject\nsave a\n");
  ASSERT_TRUE(t.poll().ok());
  ASSERT_TRUE(t.poll().ok());
  EXPECT_THAT(t.asked(), ElementsAre("after=", "after="));
  EXPECT_EQ(t.ledger().parked, 1) << "the same page, parked once";
  expect_adds_up();
}

TEST(PagedSourceAfterACrash, asks_again_for_a_page_that_came_and_was_not_kept_and_counts_it_once) {
  for (const auto when : {When::kBefore, When::kAfter}) {
    SCOPED_TRACE(when == When::kBefore ? "nothing was appended" : "it was appended, and nobody knows");
    PagedPartner u;
    u.list({"say A Airone", "say B Brezza"});
    u.backbone.faults.fail("append", 2, away(), when, 3);
    EXPECT_FALSE(u.poll().ok());
    u.restart();
    EXPECT_TRUE(u.poll().ok());
    const auto counts = u.ledger();
    EXPECT_EQ(counts.received, 3) << "the first page was kept, and came twice";
    EXPECT_EQ(counts.delivered, 2);
    EXPECT_EQ(counts.unchanged, 1);
    EXPECT_EQ(counts.entities, 2);
    const auto published = u.published();
    EXPECT_EQ(std::set(published.begin(), published.end()).size(), 2u) << "no other event";
    EXPECT_TRUE(adds_up(counts, 0));
  }
}

TEST(PagedSourceAfterACrash, is_whole_wherever_the_disk_was_full) {
  for (int nth = 1; nth <= 5; ++nth) {
    SCOPED_TRACE(nth);
    PagedPartner u;
    u.list({"say A Airone\nsay B Brezza", "say C Cicogna"});
    ASSERT_TRUE(u.poll().ok());
    u.list({"say A Aironi", "say C Cicogna"});
    u.store.faults.fail("commit", nth, full(), When::kBefore, 3);
    (void)u.poll();
    u.restart();
    ASSERT_TRUE(u.poll().ok());
    ASSERT_TRUE(u.poll().ok());
    EXPECT_TRUE(adds_up(u.ledger(), 0));
    const auto published = u.published();
    EXPECT_EQ(published.size(), 5u);
    EXPECT_THAT(published, Contains(HasSubstr("B deleted")));
    EXPECT_EQ(u.ledger().entities, 4);
  }
}

TEST_F(PagedSource, reads_all_of_it_again_when_the_log_was_made_anew) {
  t.reader.tick = "next after={}\n";
  t.page("after=", "say A Airone\nsave a\n");
  t.page("after=a", "skip nothing_new\n");
  ASSERT_TRUE(t.poll().ok());
  t.backbone_in_memory.make_anew();
  t.restart();
  ASSERT_TRUE(t.poll().ok());
  EXPECT_EQ(t.asked().back(), "after=");
  EXPECT_EQ(t.published().size(), 1u);
}

TEST_F(PagedSource, fails_when_its_plugin_cannot_begin) {
  t.reader.tick = "reject\n";
  EXPECT_EQ(t.poll().error().code, ErrorCode::kInvalid);
  t.reader.tick = "crash\n";
  EXPECT_TRUE(t.poll().error().retryable());
  t.reader.tick = "say A Airone\n";
  EXPECT_EQ(t.poll().error().code, ErrorCode::kInvalid) << "a tick brings nothing from the partner";
  t.reader.tick = "";
  EXPECT_EQ(t.poll()->counts, Counts{}) << "it is not time yet";
  EXPECT_EQ(t.ledger(), Counts{});
}

}  // namespace
}  // namespace raccordo::testing
