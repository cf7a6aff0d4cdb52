// SPDX-License-Identifier: EUPL-1.2
// How a partner is asked for its pages: how fast, how often, how far.
#include "core/engine/flow/tests/paged_source.hpp"

namespace raccordo::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

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

TEST_F(PagedSource, hears_that_a_report_did_not_hold) {
  t.page("p=1", "say A Airone\nREPORT token=old\n");
  t.pages["token=old"] = {403, "https://a.example/pages", {}, {}};
  EXPECT_EQ(t.poll()->counts.filtered, 1);
  EXPECT_THAT(t.reader.contexts, ElementsAre("p=1", "token=old"));
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
