// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/delivery/tests/requests.hpp"

namespace raccordo::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

TEST_F(Requests, bring_each_change_once) {
  a.state({"A,Airone", "B,Brezza"});
  EXPECT_EQ(a.deliver().counts, (Counts{.received = 2, .delivered = 2, .requests = 2, .attempts = 2}));
  EXPECT_FALSE(a.failure);
  EXPECT_THAT(a.partner.lines(), UnorderedElementsAre("PUT /services/A", "PUT /services/B"));
  EXPECT_EQ(a.deliver().counts, Counts{});
  a.restart();
  EXPECT_EQ(a.deliver().counts, Counts{});
  EXPECT_EQ(a.partner.got.size(), 2u);
  EXPECT_TRUE(adds_up(a.ledger(), a.flow().in_flight()));
}

TEST_F(Requests, carry_a_key_of_their_own_and_what_the_plugin_wrote) {
  a.state({"A,two"});
  a.deliver();
  ASSERT_THAT(a.partner.got, SizeIs(2));
  EXPECT_EQ(a.partner.got[0].request.path, "/services/A");
  EXPECT_THAT(a.partner.got[0].request.body, HasSubstr("\"two\""));
  EXPECT_EQ(a.partner.got[0].request.headers.front(), (WebHeader{"Content-Type", "application/json"}));
  EXPECT_EQ(a.partner.got[1].request.path, "/services/A/places");
  EXPECT_EQ(a.partner.got[0].key.size(), 36u);
  EXPECT_NE(a.partner.got[0].key, a.partner.got[1].key);
}

TEST_F(Requests, bring_deletions) {
  a.state({"A,Airone", "B,Brezza"});
  a.deliver();
  a.state({"B,Brezza"});
  EXPECT_EQ(a.deliver().counts.delivered, 1);
  EXPECT_EQ(a.partner.lines().back(), "DELETE /services/A");
  a.state({"A,Airone", "B,Brezza"});
  a.deliver();
  EXPECT_EQ(a.partner.lines().back(), "PUT /services/A");
  EXPECT_EQ(a.keys(), 4u) << "made, deleted and made again are three events of A";
}

TEST_F(Requests, count_what_the_plugin_leaves_out_as_filtered_and_keep_what_it_found) {
  a.state({"A,left out", "B,lossy"});
  const auto pass = a.deliver();
  EXPECT_EQ(pass.counts.filtered, 1);
  EXPECT_EQ(pass.counts.delivered, 1);
  EXPECT_EQ(pass.findings, 1);
  const auto findings = *a.t.store_in_memory.findings("portale", 10);
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_EQ(findings[0].code, "field_lost");
}

TEST_F(Requests, park_what_the_partner_refuses_with_its_words_and_go_on_with_the_rest) {
  answers("/services/A", 422, "no phone");
  a.state({"A,Airone", "B,Brezza"});
  const auto pass = a.deliver();
  EXPECT_FALSE(a.failure);
  EXPECT_EQ(pass.counts.parked, 1);
  EXPECT_EQ(pass.newly_parked, 1);
  EXPECT_EQ(pass.counts.delivered, 1);
  const auto parked = a.parked();
  ASSERT_THAT(parked, SizeIs(1));
  EXPECT_EQ(parked[0].reason, "partner_refused");
  EXPECT_EQ(parked[0].stage, "delivery");
  EXPECT_EQ(parked[0].place, "welfare.services:0:0");
  EXPECT_EQ(parked[0].text.en, "PUT /services/A: the partner answered 422: no phone");
  EXPECT_THAT(parked[0].original.bytes, HasSubstr("Airone"));
  EXPECT_TRUE(adds_up(a.ledger(), 0));
}

TEST_F(Requests, say_no_word_of_the_partners_in_the_log) {
  answers("/services/A", 422, "phone 0123456 of Rossi");
  a.state({"A,Airone"});
  a.deliver();
  a.restart_for_one_run(6);
  answers("/services/B", 401, "no key for Rossi");
  a.state({"A,Airone", "B,Brezza"});
  a.deliver();
  ASSERT_TRUE(a.failure);
  EXPECT_THAT(a.failure->message.en, Not(HasSubstr("Rossi")));
  EXPECT_THAT(a.t.log.lines(),
              Contains(::testing::Field(&RecordingLog::Line::message, HasSubstr("answered 401"))));
  for (const auto& line : a.t.log.lines()) {
    EXPECT_THAT(line.message, Not(HasSubstr("Rossi")));
    EXPECT_THAT(line.message, Not(HasSubstr("/services/"))) << "a path is made of what a record says";
  }
}

TEST_F(Requests, park_what_the_plugin_rejects_or_what_no_delivery_by_requests_does) {
  a.state({"A,unwanted", "B,file"});
  EXPECT_EQ(a.deliver().counts.parked, 2);
  EXPECT_THAT(a.partner.got, IsEmpty());
  EXPECT_EQ(a.parked()[0].reason, "no");
  EXPECT_EQ(a.parked()[1].reason, "unexpected_effect");
}

TEST_F(Requests, of_one_entity_stay_in_order_while_those_of_others_go_on) {
  a.settings.sender.parallel = 8;
  a.restart();
  answers("/services/A", 503);
  a.state({"A,first"});
  a.state({"A,second", "B,Brezza", "C,Cicogna"});
  a.follow(5s);
  EXPECT_THAT(a.partner.lines(), Contains("PUT /services/B"));
  EXPECT_THAT(a.partner.lines(), Contains("PUT /services/C"));
  for (const auto& got : a.partner.got) EXPECT_THAT(got.request.body, Not(HasSubstr("second")));
  EXPECT_EQ(a.ledger().delivered, 2);
  EXPECT_EQ(a.flow().in_flight(), 2);
  works_again("/services/A");
  a.follow(1min);
  EXPECT_THAT(a.partner.got.back().request.body, HasSubstr("second"));
  EXPECT_EQ(a.ledger().delivered, 4);
  EXPECT_EQ(a.flow().in_flight(), 0);
}

TEST_F(Requests, of_one_entity_bring_every_state_in_order) {
  answers("/services/A", 503);
  a.state({"A,first"});
  a.state({"A,second"});
  a.state({"A,first"});
  a.follow(2s);
  works_again("/services/A");
  a.follow(1min);
  EXPECT_EQ(a.ledger().delivered, 3);
  EXPECT_THAT(a.partner.got.back().request.body, HasSubstr("first"));
  EXPECT_EQ(a.keys(), 3u);
}

TEST_F(Requests, are_measured_by_how_they_came_out) {
  answers("/services/A", 422);
  a.state({"A,Airone", "B,Brezza"});
  a.deliver();
  EXPECT_EQ(a.metrics.sum("asked", "portale", "4xx"), 1);
  EXPECT_EQ(a.metrics.sum("asked", "portale", "2xx"), 1);
  EXPECT_EQ(a.metrics.depths("portale", "partner").back(), 0);
}

TEST_F(Requests, are_reached_by_a_plugin_that_comes_back) {
  a.state({"A,Airone"});
  a.caller.fails = 1;
  a.deliver();
  EXPECT_TRUE(a.failure);
  a.restart();
  EXPECT_EQ(a.deliver().counts.delivered, 1);
}

}  // namespace
}  // namespace raccordo::testing
