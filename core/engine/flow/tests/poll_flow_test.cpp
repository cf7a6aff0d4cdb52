// SPDX-License-Identifier: EUPL-1.2
// A partner that is asked for its pages: what counts, what is deleted, what survives a crash.
#include "core/engine/flow/poll_flow.hpp"

#include <gmock/gmock.h>

#include <set>

#include "core/engine/flow/testing/paged_partner.hpp"
#include "core/engine/ledger/ends.hpp"

namespace raccordo::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class PagedSource : public ::testing::Test {
 protected:
  void expect_adds_up() { EXPECT_TRUE(adds_up(t.ledger(), t.flow->in_flight())); }

  PagedPartner t;
};

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

TEST_F(PagedSource, replays_after_a_rest_what_it_parked) {
  t.list({"say A Airone\nreject"});
  ASSERT_TRUE(t.poll().ok());
  t.flow->rest();
  t.reader.rejects_are_fine = true;
  const auto replayed = t.replay(t.parked().front().id);
  ASSERT_TRUE(replayed.ok()) << replayed.error().message.en;
  EXPECT_EQ(replayed->end, End::kDelivered);
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

TEST_F(PagedSource, that_fails_midway_keeps_its_pages_and_deletes_nothing) {
  t.list({"say A Airone\nsay B Brezza", "say C Cicogna"});
  ASSERT_TRUE(t.poll().ok());
  t.list({"say A Aironi", "say C Cicogna"});
  t.pages["p=2"] = {503, "https://a.example/pages", {}, {}};
  const auto failed = t.poll();
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(failed.error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(failed.error().message.en, HasSubstr("it answered 503"));
  EXPECT_THAT(t.published(), Contains("A changed 2"));
  EXPECT_THAT(t.published(), Not(Contains("B deleted 2")));
  EXPECT_EQ(t.ledger().requests, 4);
  EXPECT_EQ(t.ledger().attempts, 3 + 4) << "tried four times";
  t.list({"say A Aironi", "say C Cicogna"});
  EXPECT_EQ(t.poll()->counts.deleted, 1) << "the next poll begins at the first page";
  expect_adds_up();
}

TEST_F(PagedSource, waits_as_long_as_its_partner_asks_and_no_longer_than_a_minute) {
  t.list({"say A Airone"});
  int times = 0;
  t.partner.answer_with([&](const WebRequest&) -> Result<WebResponse> {
    if (++times == 1) return WebResponse{429, "a", {}, {}, 7s};
    return t.pages.at("p=1");
  });
  const auto begun = t.clock.monotonic();
  EXPECT_EQ(t.poll()->counts,
            (Counts{.received = 1, .delivered = 1, .entities = 1, .requests = 1, .attempts = 2}));
  EXPECT_EQ(t.clock.monotonic() - begun, 7s);

  times = 0;
  t.partner.answer_with([&](const WebRequest&) -> Result<WebResponse> {
    ++times;
    return WebResponse{503, "a", {}, {}, 600s};
  });
  EXPECT_EQ(t.poll().error().code, ErrorCode::kUnavailable);
  Pass pass;
  EXPECT_FALSE(t.flow->pass(false, pass, {}).ok());
  EXPECT_EQ(times, 1) << "it is left alone until then";
  t.clock.advance(601s);
  EXPECT_FALSE(t.flow->pass(false, pass, {}).ok());
  EXPECT_EQ(times, 2);
}

TEST_F(PagedSource, tries_again_what_was_cut_and_counts_it_once) {
  t.list({"say A Airone", "say B Brezza"});
  t.web.faults.fail("ask", 2, away(), When::kAfter, 2);
  EXPECT_EQ(t.poll()->counts,
            (Counts{.received = 2, .delivered = 2, .entities = 2, .requests = 2, .attempts = 4}));
}

TEST_F(PagedSource, that_does_not_let_us_in_is_not_asked_again_in_that_poll) {
  t.pages["p=1"] = {401, "https://a.example/pages", {}, {}};
  const auto refused = t.poll();
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::kDenied);
  EXPECT_EQ(t.partner.asked.size(), 1u);
  EXPECT_THAT(t.reader.contexts, IsEmpty()) << "keys are not the plugin's business";
}

TEST_F(PagedSource, gives_other_statuses_to_the_plugin) {
  t.page("p=1", "say A Airone\nnext p=2\n");  // which is not there: 404
  EXPECT_EQ(t.poll()->counts.filtered, 1);
  EXPECT_THAT(t.reader.contexts, ElementsAre("p=1", "p=2"));
}

TEST_F(PagedSource, that_leads_in_a_circle_ends_with_a_finding) {
  t.list({"say A Airone", "say B Brezza"});
  ASSERT_TRUE(t.poll().ok());
  t.page("p=1", "say A Airone\nnext p=2\n");
  t.page("p=2", "next p=1\n");
  const auto pass = t.poll();
  ASSERT_TRUE(pass.ok());
  EXPECT_EQ(pass->counts.received, 2);
  EXPECT_EQ(pass->counts.deleted, 0);
  EXPECT_EQ(
      t.findings().front(),
      "/pages?p=2 asks for /pages?p=1 again: reading would never end; it ends here, nothing is deleted");
  t.page("p=2", "next p=1 other\nend\n");
  EXPECT_EQ(t.poll()->counts.received, 3) << "the same page in another context is another request";
}

TEST_F(PagedSource, is_held_to_its_bounds) {
  t.settings.most_requests = 2;
  t.restart();
  t.list({"say A Airone", "say B Brezza", "say C Cicogna"});
  EXPECT_EQ(t.poll()->counts.received, 2);
  EXPECT_THAT(t.findings().front(), HasSubstr("more than 2 requests in one reading (max_requests)"));
  t.settings.most_requests = 10;
  t.settings.most_bytes = 5;
  t.restart();
  EXPECT_EQ(t.poll()->counts.received, 1);
  EXPECT_THAT(t.findings().front(), HasSubstr("max_bytes"));
  t.settings.most_bytes = 1'000;
  t.settings.longest = 3s;
  t.settings.asking.pause = 2s;
  t.restart();
  EXPECT_EQ(t.poll()->counts.received, 3) << "begun within the time";
  t.settings.asking.pause = 4s;
  t.restart();
  EXPECT_EQ(t.poll()->counts.received, 2);
}

TEST_F(PagedSource, is_never_asked_faster_than_its_pause) {
  t.settings.asking.pause = 500ms;
  t.restart();
  t.list({"say A Airone", "say B Brezza", "say C Cicogna"});
  const auto begun = t.clock.monotonic();
  ASSERT_TRUE(t.poll().ok());
  EXPECT_EQ(t.clock.monotonic() - begun, 1s);
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

TEST_F(PagedSource, supersedes_what_was_parked_when_a_whole_snapshot_comes_clean) {
  t.list({"say A Airone", "say B Brezza\nreject"});
  ASSERT_TRUE(t.poll().ok());
  t.list({"say A Airone", "say B Brezza"});
  ASSERT_TRUE(t.poll().ok());
  EXPECT_THAT(t.parked(), IsEmpty());
  EXPECT_EQ(t.ledger().parked, 0);
  expect_adds_up();
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

TEST_F(PagedSource, stops_between_two_pages) {
  t.list({"say A Airone", "say B Brezza"});
  std::stop_source stop;
  t.partner.answer_with([&](const WebRequest& request) -> Result<WebResponse> {
    stop.request_stop();
    return t.pages.at(request.query);
  });
  Pass pass;
  EXPECT_TRUE(t.flow->pass(false, pass, stop.get_token()).ok());
  EXPECT_EQ(t.partner.asked.size(), 1u);
  EXPECT_EQ(t.flow->in_flight(), 0);
  expect_adds_up();
}

}  // namespace
}  // namespace raccordo::testing
