// SPDX-License-Identifier: EUPL-1.2
// What a partner that is asked for its pages no longer has is deleted, where it can be believed.
#include "core/engine/flow/tests/paged_source.hpp"

namespace raccordo::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST_F(PagedSource, deletes_what_no_page_of_a_whole_snapshot_holds) {
  t.list({"say A Airone\nsay B Brezza", "say C Cicogna"});
  ASSERT_TRUE(t.poll().ok());
  t.list({"say A Airone", "say C Cicogna"});
  EXPECT_EQ(t.poll()->counts.deleted, 1);
  EXPECT_THAT(t.published(), Contains("B deleted 2"));
  EXPECT_THAT(t.published(), Not(Contains("C deleted 2")));
  expect_adds_up();
}

TEST_F(PagedSource, knows_after_a_rest_what_it_said_and_what_is_gone) {
  t.list({"say A Airone\nsay B Brezza", "say C Cicogna"});
  ASSERT_TRUE(t.poll().ok());
  t.flow->rest();
  t.list({"say A Airone", "say C Cicogna"});
  const int before = t.backbone.faults.calls("end");
  const auto pass = t.poll();
  ASSERT_TRUE(pass.ok()) << pass.error().message.en;
  EXPECT_EQ(pass->counts,
            (Counts{.received = 2, .unchanged = 2, .deleted = 1, .requests = 2, .attempts = 2}));
  EXPECT_GT(t.backbone.faults.calls("end"), before) << "what was said was let go of";
  EXPECT_THAT(t.published().back(), "B deleted 2");
  expect_adds_up();
}

TEST_F(PagedSource, deletes_nothing_but_the_kind_that_a_snapshot_is_of) {
  t.list({"say A Airone\nsay B Brezza"});
  ASSERT_TRUE(t.poll().ok());
  t.reader.tick = "begin offer\nnext p=1\n";
  t.page("p=1", "say A Airone\nend offer\n");
  EXPECT_EQ(t.poll()->counts.deleted, 0);
  t.reader.tick = "begin service\nnext p=1\n";
  t.page("p=1", "say A Airone\nend service\n");
  EXPECT_EQ(t.poll()->counts.deleted, 1);
}

TEST_F(PagedSource, deletes_nothing_without_a_bracket) {
  t.reader.tick = "next p=1\n";
  t.page("p=1", "say A Airone\nsay B Brezza\n");
  ASSERT_TRUE(t.poll().ok());
  t.page("p=1", "say A Airone\n");
  EXPECT_EQ(t.poll()->counts.deleted, 0);
  EXPECT_THAT(t.findings(), IsEmpty());
}

// What keeps a snapshot from being believed, each by itself.

TEST_F(PagedSource, deletes_nothing_when_the_snapshot_does_not_deserve_belief) {
  t.list({"say A Airone\nsay B Brezza", "say C Cicogna"});
  ASSERT_TRUE(t.poll().ok());
  const auto deleted_and_said = [&](const std::string& words) {
    const auto pass = t.poll();
    EXPECT_TRUE(pass.ok()) << pass.error().message.en;
    EXPECT_EQ(pass->counts.deleted, 0) << words;
    EXPECT_GE(pass->findings, 1);
    EXPECT_THAT(t.findings().front(), HasSubstr(words));
  };
  t.list({"skip empty", "skip empty"});
  deleted_and_said("no record arrived");
  t.list({"say A Airone\nreject", "say C Cicogna"});
  deleted_and_said("1 record of this snapshot is parked");
  t.page("p=1", "say A Airone\n");
  deleted_and_said("the reading ended before the snapshot did");
  t.page("p=1", "say A Airone\nnext p=2\nend\n");
  t.page("p=2", "say C Cicogna\n");
  deleted_and_said("before all that was asked for was answered");
  t.page("p=1", "say A Airone\nbegin\nend\nend\n");
  deleted_and_said("ends that did not begin");
  t.settings.max_deletions = 0.3;
  t.restart();
  t.list({"say A Airone"});
  deleted_and_said("more than 0 of 3 (max_deletions)");
  expect_adds_up();
}

TEST_F(PagedSource, supersedes_what_was_parked_when_a_whole_snapshot_comes_clean) {
  t.list({"say A Airone", "say B Brezza\nreject"});
  ASSERT_TRUE(t.poll().ok());
  t.list({"say A Airone", "say B Brezza"});
  ASSERT_TRUE(t.poll().ok());
  EXPECT_THAT(t.parked(), IsEmpty());
  EXPECT_EQ(t.ledger().parked, 0);
  expect_adds_up();
}

TEST_F(PagedSource, keeps_the_cursor_behind_a_snapshot_only_with_its_deletions) {
  t.page("p=1", "say A Airone\nsay B Brezza\nsave full\nend\n");
  ASSERT_TRUE(t.poll().ok());
  t.reader.tick = "begin\nnext p=1\nnext saved={}\n";
  t.page("p=1", "skip first\n");
  t.page("saved=full", "say A Airone\nend\nsave later\n");
  t.store.faults.fail("commit", 4, full(), When::kBefore, 3);
  (void)t.poll();
  t.restart();
  ASSERT_TRUE(t.poll().ok());
  EXPECT_THAT(t.asked(), Not(Contains("saved=later"))) << "the deletion was not kept, so it is read again";
  EXPECT_THAT(t.published(), Contains(HasSubstr("B deleted")));
}

TEST_F(PagedSource, keeps_no_cursor_behind_a_snapshot_that_is_not_believed) {
  t.reader.tick = "begin\nnext p=1\nnext p=2{}\n";
  t.page("p=1", "say B Brezza\n");
  t.page("p=2", "say A Airone\nend\nsave -old\n");
  t.page("p=2-old", "say A Airone\nend\nsave -new\n");
  ASSERT_TRUE(t.poll().ok());
  t.page("p=1", "reject\n");
  ASSERT_TRUE(t.poll().ok());
  t.page("p=1", "say B Brezza\n");
  ASSERT_TRUE(t.poll().ok());
  ASSERT_TRUE(t.poll().ok());
  EXPECT_THAT(t.asked(), ElementsAre("p=1", "p=2", "p=1", "p=2-old", "p=1", "p=2-old", "p=1", "p=2-new"));
}

}  // namespace
}  // namespace raccordo::testing
