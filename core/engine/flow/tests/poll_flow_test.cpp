// SPDX-License-Identifier: EUPL-1.2
// A partner that is asked for its pages: what counts, and what becomes of pages that are not as they should
// be.
#include "core/engine/flow/tests/paged_source.hpp"

namespace raccordo::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(PagedSource, is_asked_page_after_page_and_each_response_is_one_input) {
  t.list({"say A Airone\nsay B Brezza", "say C Cicogna", "skip nothing_here"});
  const auto pass = t.poll();
  ASSERT_TRUE(pass.ok()) << pass.error().message.en;
  EXPECT_EQ(
      pass->counts,
      (Counts{.received = 3, .delivered = 2, .filtered = 1, .entities = 3, .requests = 3, .attempts = 3}));
  EXPECT_THAT(t.asked(), ElementsAre("p=1", "p=2", "p=3"));
  EXPECT_THAT(t.reader.contexts, ElementsAre("p=1", "p=2", "p=3"));
  EXPECT_THAT(t.published(), ElementsAre("A changed 1", "B changed 1", "C changed 1"));
  expect_adds_up();
}

TEST_F(PagedSource, says_nothing_again_that_did_not_change) {
  t.list({"say A Airone", "say B Brezza"});
  ASSERT_TRUE(t.poll().ok());
  EXPECT_EQ(t.poll()->counts, (Counts{.received = 2, .unchanged = 2, .requests = 2, .attempts = 2}));
  EXPECT_EQ(t.published().size(), 2u);
}

TEST_F(PagedSource, replays_after_a_rest_what_it_parked) {
  t.list({"say A Airone\nreject"});
  ASSERT_TRUE(t.poll().ok());
  t.flow->rest();
  t.reader.rejects_are_fine = true;
  const auto replayed = t.replay(t.parked().front().id);
  ASSERT_TRUE(replayed.ok()) << replayed.error().message.en;
  EXPECT_EQ(replayed->end, End::kDelivered);
}

TEST_F(PagedSource, parks_a_page_that_cannot_be_stated_with_its_bytes_and_reads_those_behind_it) {
  t.list({"say A Airone", "say B Brezza\nreject", "say C Cicogna"});
  EXPECT_EQ(
      t.poll()->counts,
      (Counts{.received = 3, .delivered = 2, .parked = 1, .entities = 2, .requests = 3, .attempts = 3}));
  const auto record = t.parked().at(0);
  EXPECT_EQ(record.place, "/pages?p=2");
  EXPECT_EQ(record.line, 0u);
  EXPECT_EQ(record.original.bytes, "say B Brezza\nreject\nnext p=3\n");
  EXPECT_THAT(record.context, HasSubstr(R"("status":200)"));
  expect_adds_up();
}

TEST_F(PagedSource, replays_a_parked_page_without_asking_anybody) {
  t.list({"say A Airone", "say B Brezza\nreject\nsave x"});
  ASSERT_TRUE(t.poll().ok());
  const auto id = t.parked().at(0).id;
  EXPECT_EQ(t.replay(id)->end, End::kParked);
  EXPECT_EQ(t.parked().at(0).attempts, 2);
  t.reader.rejects_are_fine = true;
  EXPECT_EQ(t.replay(id)->end, End::kDelivered);
  EXPECT_THAT(t.published(), Contains("B changed 1"));
  EXPECT_EQ(t.reader.contexts.back(), "p=2");
  EXPECT_EQ(t.partner.asked.size(), 2u);
  EXPECT_THAT(t.parked(), IsEmpty());
  expect_adds_up();
}

TEST_F(PagedSource, never_lets_an_old_page_overwrite_what_was_said_since) {
  t.list({"say A Airone\nreject"});
  ASSERT_TRUE(t.poll().ok());
  const auto id = t.parked().at(0).id;
  t.reader.tick = "next q=1\n";
  t.page("q=1", "say A Aironi\n");
  ASSERT_TRUE(t.poll().ok());
  t.reader.rejects_are_fine = true;
  EXPECT_TRUE(t.replay(id)->refused);
}

TEST_F(PagedSource, parks_the_page_that_ends_its_plugin_and_begins_again_at_the_next_poll) {
  t.list({"say A Airone", "say B Brezza"});
  t.pages["p=1"].body = "say A Airone\nnext p=2\ncrash\n";
  EXPECT_EQ(t.poll()->counts, (Counts{.received = 1, .parked = 1, .requests = 1, .attempts = 1}));
  EXPECT_EQ(t.parked().at(0).reason, "plugin_crashed");
  t.list({"say A Airone", "say B Brezza"});
  EXPECT_EQ(t.poll()->counts.delivered, 2);
}

TEST_F(PagedSource, parks_what_asks_for_more_than_a_source_does) {
  t.page("p=1", "say A Airone\nPUT p=2\n");
  EXPECT_EQ(t.poll()->counts.parked, 1);
  EXPECT_EQ(t.parked().at(0).reason, "unexpected_effect");
  t.page("p=1", "say A Airone\nbegin no_such_kind\n");
  EXPECT_EQ(t.poll()->counts.parked, 1);
}

}  // namespace
}  // namespace raccordo::testing
